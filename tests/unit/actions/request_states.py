"""Messages to a request, and the states in which they arrive."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from deciding import Button, decide

from actions.turn.result import Kind, Result
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values import find_values
from common.request import State

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)  # a Tuesday
RECORDING: dict[str, Any] = {
    "request_type": "recording",
    "meeting_department": "jobcenter",
    "meeting_department_text": "jobcentret",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "recording_medium": "audio",
    "recording_grounds": ["memory"],
    "recording_explanation": "jeg glemmer alt",
    "support_person_possible": "no",
    "recording_purpose": "private",
    "terms_accepted": True,
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
    "applicant_phone": "+4520304050",
}
NOTES: dict[str, Any] = {"request_type": "notes", "meeting_department": "jobcenter", "meeting_kind": "in_person"}
QUESTION: dict[str, Any] = {"request_type": "question"}


def message(text: str, intent: str, confidence: float = 0.9) -> Message:
    """A message with the given intent and the values that are really found in its text."""
    found = tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in find_values(text, NOW))
    return Message(text, intent, confidence, found)


def button(intent: str, **entities: str) -> Button:
    return Button(intent, entities)


def until(asked: str, whole: dict[str, Any] = RECORDING, **more: Any) -> dict[str, Any]:
    """The slots of `whole` that come before `asked`, and `more`."""
    known = {}
    for slot, value in whole.items():
        if slot == asked:
            break
        known[slot] = value
    return {**known, **more}


def state(asked: str | None, known: dict[str, Any] | None = None, **more: Any) -> State:
    """The state in which `asked` is asked for; `known` defaults to all slots before it."""
    known = until(asked or "request_type") if known is None else known
    settled = frozenset(more.pop("settled", ()))
    return State(known.get("request_type"), asked, known, settled, NOW.date(), **more)


def says(decision: Result) -> list[str]:
    """The names of a result's responses."""
    return [say.response for say in decision.says]


def wish(text: str, intent: str, at: State) -> State:
    """The state after a message that wishes for another type: it is asked which request is wanted."""
    asks = decide(message(text, intent), at)
    assert asks.kind is Kind.ASK_BACK and not asks.values and not asks.reopened, "nothing is changed yet"
    assert asks.pending and asks.pending["kind"] == "which_request"
    return replace(at, pending=asks.pending, prompted=False)
