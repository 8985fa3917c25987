"""Questions in between (conversation.md, Acts): what each asks, and whether it stays open after a message."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from actions.request.wording import date_buttons
from actions.say import Say
from actions.turn import meetings, same_as_before, second_request
from actions.turn.result import Kind, Result
from actions.turn.slot_types import Meeting, Pending, pending_of
from common.request import State
from common.slots import MEETING, ORDER

# What a yes or no answers, by the kind of the open question; any other kind: the slot that is asked for.
_ANSWERED_BY_YES = {
    "stop": "confirm_stop",
    "restart": "confirm_restart",
    "which_request": "which_request",
    "same_time": "same_time",
    "same_meeting": "same_meeting",
    "which_meeting": "which_meeting",
}


def asked_now(state: State) -> str:
    """What a yes or no answers: a question in between by its name, or the slot that is asked for."""
    return _ANSWERED_BY_YES.get((state.pending or {}).get("kind", ""), state.asked or "request_type")


def question(pending: Pending, kind: str | None, of: Sequence[Meeting]) -> Say:
    """The text of an open question. `kind`: the request's; `of`: its meetings."""
    if pending["kind"] == meetings.WHICH:
        return meetings.question(pending, of)
    if pending["kind"] == "which_request":
        return second_request.question(pending["wish"], kind)
    if pending["kind"] == same_as_before.SAME_HOUR:
        return same_as_before.hour_question(pending)
    if pending["kind"] == same_as_before.SAME_MEETING:
        return same_as_before.meeting_question(pending)
    return Say("utter_which_date", buttons=date_buttons(pending["readings"]))


def left_open(result: Result, state: State, known: Mapping[str, Any]) -> Pending | None:
    """The question that is open after a message; under its key `open` the older ones that are, newest first."""
    still_open = [result.pending] if result.pending else []
    older = pending_of(state)
    while older:
        if _is_open(older, result, known, state) and older["kind"] not in {pending["kind"] for pending in still_open}:
            still_open.append(older)
        older = older.get("open")
    chain: Pending | None = None
    for pending in reversed(still_open):
        alone = {key: value for key, value in pending.items() if key != "open"}
        chain = cast(Pending, {**alone, "open": chain} if chain else alone)
    return chain


def _is_open(pending: Pending, result: Result, known: Mapping[str, Any], state: State) -> bool:
    """Which day, which request, which meeting and whose hour stay open until answered, whatever comes in between."""
    told = {slot for place, values in (*result.moves, *result.fills) if place == state.about for slot in values}
    told |= {*MEETING} if state.about in result.removes else set()
    if result.restores and known.get("meeting_date") != state.known.get("meeting_date"):
        told.add("meeting_date")
    if pending["kind"] == "date":
        told |= {*result.values, *result.settled, *result.reopened}
        answered = "meeting_date" in told or result.closes == "date"
        return not answered and "meeting_date" in ORDER.get(str(known.get("request_type")), ("meeting_date",))
    answered = result.closes == pending["kind"] or result.kind is Kind.TYPE_CHANGE
    if pending["kind"] == same_as_before.SAME_HOUR:
        answered = answered or not told.isdisjoint(("meeting_date", "meeting_time"))
        return not answered and known.get("meeting_date") is not None and known.get("meeting_time") == pending["time"]
    if pending["kind"] == same_as_before.SAME_MEETING:
        return not answered and not any(slot in result.values for slot in MEETING)
    return pending["kind"] in ("which_request", meetings.WHICH) and not answered
