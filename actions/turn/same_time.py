"""Asks whether the hour is the same where a meeting has got a new day."""

from collections.abc import Sequence

from actions.request.wording import hour_text
from actions.say import Say
from actions.turn.result import Result
from common.acts import Act
from common.request import State


def ask_with(result: Result, acts: Sequence[Act], state: State) -> None:
    """Adds the question to a result by which a known day with a known hour becomes a day without one."""
    former = state.former.get("meeting_date", {}).get("values", {})
    before = state.known.get("meeting_date") or former.get("meeting_date")
    day, hour = result.values.get("meeting_date"), state.known.get("meeting_time")
    told = "meeting_time" in {*(act.slot for act in acts), *result.values, *result.reopened}
    if before and day and day != before and hour and not told and result.pending is None:
        result.pending = {"kind": "same_time", "time": hour}


def question(hour: str) -> Say:
    """The question itself."""
    return Say("utter_same_time", {"hour": hour_text(hour)})
