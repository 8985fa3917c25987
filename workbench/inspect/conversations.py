"""The conversations of the page by number: Rasa's id, turns, and labels marked as right."""

from dataclasses import replace
from datetime import datetime

from rasa.shared.core.trackers import DialogueStateTracker

from common.clock import COPENHAGEN, now
from workbench.inspect.assistant import InspectedAssistant
from workbench.inspect.turns import Turn, take_apart


class Conversations:
    """Maps the number of a chat to its conversation; `marks` has the right label of turns, by message id."""

    def __init__(self, assistant: InspectedAssistant) -> None:
        self._assistant = assistant
        self._ids: dict[int, str] = {}
        self.marks: dict[str, str] = {}

    @property
    def numbers(self) -> list[int]:
        """The numbers in use, ascending; [1] when there is none yet."""
        return sorted(self._ids) or [1]

    def opened(self, number: int, token: str) -> None:
        """Notes that the chat of a number opened a session, with that token."""
        self._ids[number] = self._assistant.conversation(token)

    def tracker(self, number: int) -> DialogueStateTracker | None:
        """Rasa's tracker; None when the chat was never opened."""
        conversation = self._ids.get(number)
        return self._assistant.tracker(conversation) if conversation else None

    def turns(self, number: int) -> list[Turn]:
        """Its turns, oldest first, with times by the assistant's clock (Rasa's events have the machine's)."""
        tracker = self.tracker(number)
        moved = now() - datetime.now(COPENHAGEN)
        return [replace(turn, at=turn.at + moved) for turn in take_apart(tracker)] if tracker else []
