"""A conversation as the page shows it, read from Rasa's events, the only record of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel.asked import asked
from bot.channel.refusals import PHONE
from bot.channel.shield import unshield

Message = dict[str, Any]
CPR_NOTE = (
    "Du skrev et CPR-nummer. Vi har skjult det, før beskeden blev gemt. "
    "Skriv ikke CPR-numre her. Det er der ikke brug for."
)
SILENCE = f"Der skete en fejl hos os, og vi kan ikke svare lige nu. Prøv igen, eller ring til Jura på {PHONE}."


@dataclass
class Turn:
    """What the citizen wrote (None for the greeting) and what was answered."""

    id: str
    said: str | None
    at: str
    answers: list[Message] = field(default_factory=list)


def turns(tracker: DialogueStateTracker | None) -> list[Turn]:
    """The turns of a conversation, oldest first."""
    found: list[Turn] = []
    for event in tracker.events if tracker else ():
        if isinstance(event, UserUttered):
            about = event.metadata or {}
            said = about.get("title") or unshield(event.text or "")
            turn = Turn(event.message_id or "", said, _time(event.timestamp))
            found.append(turn)
            if about.get("cpr_masked"):
                turn.answers.append(_message(turn, CPR_NOTE, "utter_cpr_masked"))
        elif isinstance(event, BotUttered):
            if not found:
                found.append(Turn("greeting", None, _time(event.timestamp)))
            found[-1].answers.append(_answer(found[-1], event))
    for turn in found:
        if not any(answer["name"] != "utter_cpr_masked" for answer in turn.answers):
            # A citizen is never left without an answer, whatever broke behind it.
            turn.answers.append(_message(turn, SILENCE, "utter_technical_error"))
    return found


def offered(conversation: list[Turn]) -> dict[str, str]:
    """The payloads that the assistant last offered, each with its button's title."""
    answers = conversation[-1].answers if conversation else []
    buttons = {button["payload"]: button["title"] for answer in answers for button in answer["buttons"]}
    # The rows of a review are buttons too: each value can be changed.
    rows = [row for answer in answers for row in (answer["card"] or {}).get("rows", ()) if "payload" in row]
    return buttons | {row["payload"]: f"Ret {row['label'].lower()}" for row in rows}


def asking(tracker: DialogueStateTracker | None) -> str | None:
    """What the form is asking for, or None."""
    return asked(tracker.current_slot_values()) if tracker and tracker.active_loop_name else None


def unsent(tracker: DialogueStateTracker | None) -> bool:
    """Whether a request has been begun and is not sent."""
    return bool(tracker and tracker.get_slot("request_draft"))


def history(conversation: list[Turn]) -> list[Message]:
    """Both sides' messages, oldest first, each with `from` and `at`."""
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
    message["buttons"] = [{"title": b["title"], "payload": b["payload"]} for b in buttons]
    message["card"] = (event.data.get("custom") or {}).get("card")
    return message


def _time(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
