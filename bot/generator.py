"""Rasa's generator of messages from responses, which can be replaced while turns are answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

from bot.responses import Responses
from bot.said_already import said_in_this_turn, without_said_already
from bot.telephone import cannot_telephone, without_ringing
from common.danish import format_amount
from common.settings import settings
from common.topics import topic_of

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

        In a request, and where it was just sent, it does not offer that request; who cannot telephone is not told to
        ring; of several answers in a turn, none says again what stands above it.
        """
        message = await super().generate(utter_action, tracker, output_channel, **{**_kept(), **kwargs})
        if not message:
            return None
        if topic_of(utter_action):
            kind = tracker.get_slot("request_type" if tracker.active_loop_name else "sent_type")
            message["buttons"] = [one for one in message.get("buttons") or () if one["payload"] != f"/request_{kind}"]
        if topic_of(utter_action) and (said := said_in_this_turn(tracker)):
            message["text"] = without_said_already(message.get("text") or "", said)
        written = without_ringing(message.get("text") or "")
        if written != (message.get("text") or "") and cannot_telephone(tracker):
            message["text"] = written
        return message

    @contextmanager
    def turn(self) -> Iterator[None]:
        """What is said in this block is from the responses that are the latest at its beginning."""
        token = _of_turn.set(self._latest)
        try:
            yield
        finally:
            _of_turn.reset(token)


def _kept() -> dict[str, str]:
    config = settings()
    return {
        "conversation_kept": format_amount(config.conversation_days, "dag", "dage"),
        "unfinished_kept": format_amount(config.unfinished_hours, "time", "timer"),
        "session_kept": format_amount(config.chat_session_hours, "time", "timer"),
    }
