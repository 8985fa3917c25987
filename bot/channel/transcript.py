"""Builds the messages that the page shows from the events in Rasa's tracker."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel.escaping import unescape
from bot.channel.refusals import PHONE
from common.request import KEEP_PAYLOAD

Message = dict[str, Any]
CPR_NOTE = (
    "Du skrev et CPR-nummer. Vi har skjult det, før beskeden blev gemt. "
    "Skriv ikke CPR-numre her. Det er der ikke brug for."
)
NO_ANSWER = f"Der skete en fejl hos os, og vi kan ikke svare lige nu. Prøv igen, eller ring til Jura på {PHONE}."


@dataclass
class Turn:
    """The citizen's text (`said`; None for the greeting) and the assistant's answers. `at`: ISO 8601, UTC."""

    id: str
    said: str | None
    at: str
    answers: list[Message] = field(default_factory=list)


def turns(events: Iterable[Event]) -> list[Turn]:
    """The turns in the events of a conversation, oldest first."""
    conversation: list[Turn] = []
    for event in events:
        if isinstance(event, UserUttered):
            metadata = event.metadata or {}
            said = metadata.get("title") or unescape(event.text or "")
            turn = Turn(event.message_id or "", said, _time(event.timestamp))
            conversation.append(turn)
            if metadata.get("cpr_masked"):
                turn.answers.append(_message(turn, CPR_NOTE, "utter_cpr_masked"))
        elif isinstance(event, BotUttered):
            if not conversation:
                conversation.append(Turn("greeting", None, _time(event.timestamp)))
            conversation[-1].answers.append(_answer(conversation[-1], event))
    for turn in conversation:
        if not any(answer["name"] != "utter_cpr_masked" for answer in turn.answers):
            # Every turn has an answer, also when an error left it without one.
            turn.answers.append(_message(turn, NO_ANSWER, "utter_technical_error"))
    return conversation


def citizen_texts(conversation: list[Turn]) -> list[str]:
    """The citizen's texts, oldest first."""
    return [turn.said for turn in conversation if turn.said is not None]


def offered(conversation: list[Turn]) -> dict[str, str]:
    """The buttons of the last turn: payload to title. Only these payloads are accepted from the page."""
    answers = conversation[-1].answers if conversation else []
    buttons = {button["payload"]: button["title"] for answer in answers for button in answer["buttons"]}
    # Each row of a review has a button to change its value.
    rows = [row for answer in answers for row in (answer["card"] or {}).get("rows", ()) if "payload" in row]
    return buttons | {row["payload"]: f"Ret {row['label'].lower()}" for row in rows}


def unsent(tracker: DialogueStateTracker) -> bool:
    """Whether a request has been begun and is not sent."""
    return bool(tracker.get_slot("request_draft"))


def history(conversation: list[Turn]) -> list[Message]:
    """The citizen's and the assistant's messages, oldest first, each with `from` and `at`."""
    messages: list[Message] = []
    for turn in conversation:
        if turn.said is not None:
            said = _message(turn, turn.said, None) | {"id": turn.id}
            messages.append(said | {"from": "citizen", "at": turn.at})
        messages += [answer | {"from": "assistant", "at": turn.at} for answer in turn.answers]
    return messages


def _message(turn: Turn, text: str, name: str | None) -> Message:
    return {"id": f"{turn.id}.{len(turn.answers)}", "text": text, "name": name, "buttons": [], "card": None}


def _answer(turn: Turn, event: BotUttered) -> Message:
    message = _message(turn, event.text or "", (event.metadata or {}).get("utter_action"))
    buttons = event.data.get("buttons") or []
    # Rasa puts an action's buttons behind those of the response; keeping what stands comes first (chat-api.md).
    buttons = sorted(buttons, key=lambda button: button["payload"] != KEEP_PAYLOAD)
    message["buttons"] = [{"title": b["title"], "payload": b["payload"]} for b in buttons]
    message["card"] = (event.data.get("custom") or {}).get("card")
    return message


def _time(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
