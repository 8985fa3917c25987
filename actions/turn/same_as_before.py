"""What stays: the day that gets a new hour, and, where the citizen agrees, the hour on a new day, and a meeting."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from actions.request.wording import hour_text, noted
from actions.say import Say
from actions.turn.result import Kind, Result
from actions.turn.slot_types import Meeting, Pending
from common.acts import Act
from common.request import State
from common.slots import MEETING

SAME_HOUR = "same_time"
SAME_MEETING = "same_meeting"


def ask_same_hour(result: Result, acts: Sequence[Act], state: State) -> None:
    """Adds the question to a result that gives a meeting a new day and no new hour (conversation.md, 1)."""
    former = state.former.get("meeting_date", {}).get("values", {})
    before = state.known.get("meeting_date") or former.get("meeting_date")
    day, hour = result.values.get("meeting_date"), state.known.get("meeting_time")
    hour_given = "meeting_time" in {*(act.slot for act in acts), *result.values, *result.reopened}
    if before and day and day != before and hour and not hour_given and result.pending is None:
        result.pending = {"kind": SAME_HOUR, "time": hour}


def keep_day(result: Result, state: State) -> None:
    """Adds the former day to a result that gives a meeting, whose day is asked for again, a new hour alone."""
    day = state.former.get("meeting_date", {}).get("values", {}).get("meeting_date")
    told = {*result.values, *result.settled, *result.reopened, *state.known}
    if day and state.asked == "meeting_date" and "meeting_time" in result.values and "meeting_date" not in told:
        result.values["meeting_date"] = day


def hour_question(pending: Pending) -> Say:
    """Asks whether the hour (`time`) is the same on the new day."""
    return Say("utter_same_time", {"hour": hour_text(pending["time"])})


def ask_same_meeting(result: Result, before: Sequence[Mapping[str, Any]], today: date) -> None:
    """Adds the question to a request that begins after one about the meetings `before` (request.md).

    Without a yes nothing of the meetings is taken over. For a recording only meetings from `today` on are offered.
    """
    given = {slot for slot in MEETING if slot in result.values}
    kind = result.values.get("request_type")
    if not before or given or result.adds or result.pending or kind not in ("recording", "notes"):
        return
    left = [dict(one) for one in before if kind == "notes" or str(one.get("meeting_date") or "9") >= today.isoformat()]
    if left:
        result.pending = {"kind": SAME_MEETING, "meeting": left[0], "more": left[1:]}


def meeting_question(pending: Pending) -> Say:
    """Asks whether the request is about the meetings of the one sent before."""
    meetings = [pending["meeting"], *pending.get("more", ())]
    lines = "; ".join(noted(dict(meeting)) for meeting in meetings)
    return Say("utter_same_meetings" if len(meetings) > 1 else "utter_same_meeting", {"noted": lines})


def same_meeting(_: Act, __: Sequence[Act], state: State) -> Result:
    """Yes: takes over all values of the meetings."""
    assert state.pending is not None
    values, more = dict(state.pending["meeting"]), list(state.pending.get("more", ()))
    return Result(Kind.VALUE, values=values, adds=more, closes=SAME_MEETING)


def another_meeting(*_: object) -> Result:
    """No: the meeting is asked for."""
    return Result(Kind.VALUE, closes=SAME_MEETING)


def known_values(meetings: Sequence[Mapping[str, Any]]) -> list[Meeting]:
    """The meetings with their known values only, without those of which nothing is known."""
    known = [{slot: one[slot] for slot in MEETING if one.get(slot) is not None} for one in meetings]
    return [one for one in known if one]
