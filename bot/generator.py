"""Rasa's generator of messages from responses, which can be replaced while turns are answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.acts.request.message import cues
from bot.responses import Responses
from common import patterns
from common.danish import format_amount
from common.settings import settings
from common.topics import topic_of

_RING = patterns.compile(r"\b(?P<verb>[Rr]inge?) til Jura(?: om dem)? på \*{0,2}3821 4236\*{0,2}")
_of_turn: ContextVar[Responses | None] = ContextVar("responses of the turn", default=None)


class Generator(TemplatedNaturalLanguageGenerator):
    """Says the responses that it was given last; within a turn, those with which the turn began."""

    def __init__(self) -> None:
        super().__init__({})

    @property
    def responses(self) -> Responses:
        """The responses to say now."""
        held = _of_turn.get()
        return self._latest if held is None else held

    @responses.setter
    def responses(self, responses: Responses) -> None:
        self._latest = responses

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The message of a response, which may say how long data is kept.

        In a request it does not offer that request; who cannot telephone is not told to ring.
        """
        message = await super().generate(utter_action, tracker, output_channel, **{**_kept(), **kwargs})
        if not message:
            return None
        if tracker.active_loop_name and topic_of(utter_action):
            under_way = f"/request_{tracker.get_slot('request_type')}"
            message["buttons"] = [one for one in message.get("buttons") or () if one["payload"] != under_way]
        text = message.get("text") or ""
        if _RING.search(text) and _cannot_telephone(tracker):
            message["text"] = _RING.sub(_writes, text)
        return message

    @contextmanager
    def turn(self) -> Iterator[None]:
        """What is said in this block is from the responses that are the latest at its beginning."""
        token = _of_turn.set(self._latest)
        try:
            yield
        finally:
            _of_turn.reset(token)


def _cannot_telephone(tracker: DialogueStateTracker) -> bool:
    """Whether the citizen has said so in the turns that the tracker holds (conversation.md, 7)."""
    said = (event.text or "" for event in tracker.events if isinstance(event, UserUttered))
    return any(cues()["cannot_telephone"].search(text.lower()) for text in said)


def _writes(ring: patterns.Match) -> str:
    """The words that offer to write here, in the form of those that offer to ring."""
    verb = ring.group("verb")
    return f"{'S' if verb[0] == 'R' else 's'}end{verb[4:]} et spørgsmål til Jura her"


def _kept() -> dict[str, str]:
    config = settings()
    return {
        "conversation_kept": format_amount(config.conversation_days, "dag", "dage"),
        "unfinished_kept": format_amount(config.unfinished_hours, "time", "timer"),
        "session_kept": format_amount(config.chat_session_hours, "time", "timer"),
    }
