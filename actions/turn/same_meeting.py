"""Asks whether a second request is about the meeting of the first, of which nothing is taken over without a yes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from actions.turn.result import Kind, Result, Say
from actions.wording import noted
from common.acts import Act
from common.request import State

KIND = "same_meeting"
MEETING = ("meeting_department", "meeting_department_text", "meeting_kind", "meeting_date", "meeting_time")


def of(known: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a meeting."""
    return {slot: known[slot] for slot in MEETING if known.get(slot) is not None}


def ask_with(result: Result, before: Mapping[str, Any] | None, today: date) -> None:
    """Adds the question to what a request begins with, where one about a meeting was sent before."""
    told = {slot for slot in MEETING if slot in result.values}
    if not before or told or result.pending or result.values.get("request_type") not in ("recording", "notes"):
        return
    # A recording is of a meeting to come.
    been = result.values["request_type"] == "recording" and str(before.get("meeting_date") or "9") < today.isoformat()
    if not been:
        result.pending = {"kind": KIND, "meeting": dict(before)}


def question(meeting: Mapping[str, Any]) -> Say:
    """The question itself."""
    return Say("utter_same_meeting", {"noted": noted(dict(meeting))})


def same(_: Act, __: Sequence[Act], state: State) -> Result:
    """It is: all that is known of it is taken over."""
    assert state.pending is not None
    return Result(Kind.VALUE, values=dict(state.pending["meeting"]), closes=KIND)


def another(*_: object) -> Result:
    """It is another one."""
    return Result(Kind.VALUE, closes=KIND)
