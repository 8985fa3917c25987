"""The conversations of the page, each with a chat of its own, by number."""

from dataclasses import replace
from datetime import datetime

from rasa.shared.core.trackers import DialogueStateTracker

from common.clock import COPENHAGEN, now
from workbench.inspect.assistant import InspectedAssistant
from workbench.inspect.turns import Turn, take_apart


class Conversations:
    """Which of Rasa's conversations the chat of each number leads to, and what was marked as wrong in them."""

    def __init__(self, assistant: InspectedAssistant) -> None:
        self._assistant = assistant
        self._ids: dict[int, str] = {}
        # The right label of a turn, by its message's id.
        self.marks: dict[str, str] = {}

    @property
    def numbers(self) -> list[int]:
        """The numbers in use, oldest first."""
        return sorted(self._ids) or [1]

    def opened(self, number: int, token: str) -> None:
        """The chat of a number has opened a session."""
        self._ids[number] = self._assistant.conversation(token)

    def tracker(self, number: int) -> DialogueStateTracker | None:
        """What Rasa knows of it; None where the chat was not opened, or was erased."""
        conversation = self._ids.get(number)
        return self._assistant.tracker(conversation) if conversation else None

    def turns(self, number: int) -> list[Turn]:
        """Its turns, oldest first, by the clock that the assistant follows: Rasa's events have the machine's own."""
        tracker = self.tracker(number)
        moved = now() - datetime.now(COPENHAGEN)
        return [replace(turn, at=turn.at + moved) for turn in take_apart(tracker)] if tracker else []
