"""Asks whether a second request is about the meeting of the first, of which nothing is taken over without a yes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from actions.request.wording import noted
from actions.say import Say
from actions.turn.result import Kind, Result
from common.acts import Act
from common.request import State
from common.slots import MEETING

KIND = "same_meeting"
Meeting = Mapping[str, Any]


def of(meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    """What is known of each meeting of a request."""
    known = [{slot: one[slot] for slot in MEETING if one.get(slot) is not None} for one in meetings]
    return [one for one in known if one]


def ask_with(result: Result, before: Sequence[Meeting], today: date) -> None:
    """Adds the question to what a request begins with, where one about these meetings was sent before."""
    told = {slot for slot in MEETING if slot in result.values}
    kind = result.values.get("request_type")
    if not before or told or result.adds or result.pending or kind not in ("recording", "notes"):
        return
    # A recording is of a meeting to come.
    left = [dict(one) for one in before if kind == "notes" or str(one.get("meeting_date") or "9") >= today.isoformat()]
    if left:
        result.pending = {"kind": KIND, "meeting": left[0], "more": left[1:]}


def question(pending: Mapping[str, Any]) -> Say:
    """The question itself."""
    meetings = [pending["meeting"], *pending.get("more", ())]
    told = "; ".join(noted(dict(one)) for one in meetings)
    return Say("utter_same_meetings" if len(meetings) > 1 else "utter_same_meeting", {"noted": told})


def same(_: Act, __: Sequence[Act], state: State) -> Result:
    """It is: all that is known of it is taken over."""
    assert state.pending is not None
    values, more = dict(state.pending["meeting"]), list(state.pending.get("more", ()))
    return Result(Kind.VALUE, values=values, adds=more, closes=KIND)


def another(*_: object) -> Result:
    """It is another one."""
    return Result(Kind.VALUE, closes=KIND)
