"""Questions in between, which stay open until they are answered: which day, which request, whose hour."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.request.wording import date_buttons
from actions.say import Say
from actions.turn import meetings, same_meeting, same_time, which_request
from actions.turn.result import Kind, Result
from common.request import State
from common.slots import MEETING, ORDER

# The questions that a yes or a no is to, by the kind of what is pending; to others it is to the slot asked for.
_OF_YES = {
    "stop": "confirm_stop",
    "restart": "confirm_restart",
    "which_request": "which_request",
    "same_time": "same_time",
    "same_meeting": "same_meeting",
    "which_meeting": "which_meeting",
}


def asked_now(state: State) -> str:
    """The question that a yes or no is the answer to: one in between, or the slot that is asked for."""
    return _OF_YES.get((state.pending or {}).get("kind", ""), state.asked or "request_type")


def question(pending: Mapping[str, Any], kind: str | None, of: Sequence[meetings.Meeting]) -> Say:
    """A question in between that stays open until it is answered, as it is asked; `of`: the meetings of the request."""
    if pending["kind"] == meetings.WHICH:
        return meetings.question(pending, of)
    if pending["kind"] == "which_request":
        return which_request.question(pending["wish"], kind)
    if pending["kind"] == "same_time":
        return same_time.question(pending["time"])
    if pending["kind"] == same_meeting.KIND:
        return same_meeting.question(pending)
    return Say("utter_which_date", buttons=date_buttons(pending["readings"]))


def left_open(result: Result, state: State, known: Mapping[str, Any]) -> dict[str, Any] | None:
    """The question in between that is open after a message, with those beneath it that it leaves open."""
    opened = [result.pending] if result.pending else []
    below = state.pending
    while below:
        if _is_open(below, result, known) and below["kind"] not in {one["kind"] for one in opened}:
            opened.append(dict(below))
        below = below.get("open")
    open_now: dict[str, Any] | None = None
    for one in reversed(opened):
        open_now = {**one, "open": open_now} if open_now else {k: v for k, v in one.items() if k != "open"}
    return open_now


def _is_open(pending: Mapping[str, Any], result: Result, known: Mapping[str, Any]) -> bool:
    """Which day, which request and whose hour stay questions until they are answered, whatever comes between."""
    if pending["kind"] == "date":
        told = "meeting_date" in {*result.values, *result.settled, *result.reopened} or result.closes == "date"
        return not told and "meeting_date" in ORDER.get(str(known.get("request_type")), ("meeting_date",))
    answered = result.closes == pending["kind"] or result.kind is Kind.TYPE_CHANGE
    if pending["kind"] == "same_time":
        return not answered and known.get("meeting_date") is not None and known.get("meeting_time") == pending["time"]
    if pending["kind"] == same_meeting.KIND:
        return not answered and not any(slot in result.values for slot in MEETING)
    return pending["kind"] in ("which_request", meetings.WHICH) and not answered
