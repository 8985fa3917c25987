"""The meetings of a request (request.md, Slots): the single slots mirror the one that is asked about."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.request.wording import noted
from actions.say import Say
from actions.turn import corrections
from actions.turn.result import Kind, Result
from actions.turn.slot_types import Meeting, Pending
from common.acts import ADD_MEETING, ALL, CHANGE, CHOOSE, MEETINGS, NEW, REMOVE_MEETING, SET, Act
from common.request import State
from common.slots import ASKED_OF_A_MEETING, MEETING, MOST_MEETINGS

WHICH = "which_meeting"


def told_of(known: Mapping[str, Any], settled: Iterable[str]) -> Meeting:
    """The meeting that is asked about, from the single slots."""
    empty = dict.fromkeys(slot for slot in MEETING if slot in set(settled))
    return {**empty, **{slot: known[slot] for slot in MEETING if known.get(slot) is not None}}


def asked_about(meeting: Meeting, known: Mapping[str, Any], settled: Iterable[str]) -> tuple[dict[str, Any], set[str]]:
    """The known values and the settled slots with this meeting as the one that is asked about."""
    others = {slot: value for slot, value in known.items() if slot not in MEETING}
    given = {slot: value for slot, value in meeting.items() if value is not None}
    return {**others, **given}, (set(settled) - set(MEETING)) | (meeting.keys() - given.keys())


def first_open(meetings: Sequence[Meeting], about: int) -> int:
    """The number of the meeting to ask about: `about` while it has open slots, then the first that has any."""
    places = [about, *range(len(meetings))]
    return next((place for place in places if ASKED_OF_A_MEETING - meetings[place].keys()), about)


def added(meetings: Sequence[Meeting], more: Sequence[Meeting], about: int) -> tuple[list[Meeting], int]:
    """The meetings with new ones, and how many are too many (request.md: at most five).

    An empty meeting ('to møder' without more) is filled before another is added.
    """
    joined, left = list(meetings), list(more)
    for place, meeting in enumerate(joined):
        if left and place != about and not meeting:
            joined[place] = left.pop(0)
    joined += left
    return joined[:MOST_MEETINGS], max(0, len(joined) - MOST_MEETINGS)


def equal_ones(meetings: Sequence[Meeting], corrected: Collection[int]) -> tuple[int, int] | None:
    """The numbers, from 0, of two meetings with one department on one day that differ in nothing that is known.

    One of them is among the `corrected`.
    """
    for later, one in enumerate(meetings):
        for earlier, other in enumerate(meetings[:later]):
            known = [slot for slot in MEETING if one.get(slot) is not None and other.get(slot) is not None]
            same = all(one[slot] == other[slot] for slot in known if slot != "meeting_department_text")
            if same and {"meeting_department", "meeting_date"} <= {*known} and {earlier, later} & {*corrected}:
                return earlier, later
    return None


def number_of(act: Act, state: State) -> int | None:
    """The meeting, from 0, that an act is about if it is not the one asked about; else None."""
    carries_number = act.act == ADD_MEETING or act.slot == MEETINGS  # handled with the act itself
    known = act.meeting is not None and act.meeting < len(state.meetings) and not carries_number
    other = act.meeting if known else None
    return other if other != state.about else None


def add(act: Act, _: Sequence[Act], state: State) -> Result:
    """A new meeting; with `act.meeting` more about a known one."""
    meeting = {slot: value for slot, value in dict(act.value or {}).items() if slot in MEETING}
    if act.meeting is not None:
        # More about a known meeting is confirmed only if it was not asked for.
        known = act.meeting < len(state.meetings) and state.asked not in ASKED_OF_A_MEETING
        says = corrections.say_changes(meeting, _asked_about(act.meeting, state)) if known and meeting else []
        return Result(Kind.VALUE, fills=[(act.meeting, meeting)], says=says)
    says = [Say("utter_meeting_added", {"noted": noted(meeting)})] if meeting and state.meetings else []
    return Result(Kind.VALUE, adds=[meeting], says=says)


def change(act: Act, _: Sequence[Act], state: State) -> Result:
    """Changes several values of one meeting; with a new day its hour is shown as well."""
    if act.meeting is None or act.meeting >= len(state.meetings):
        return Result(Kind.UNCLEAR, says=[Say("utter_unclear")])
    new = dict(act.value)
    meeting = state.meetings[act.meeting]
    hour = {slot: value for slot, value in meeting.items() if slot == "meeting_time"}
    says = corrections.say_changes({**hour, **new} if "meeting_date" in new else new, _asked_about(act.meeting, state))
    return Result(Kind.CORRECTION, moves=[(act.meeting, new)], says=says)


def _asked_about(place: int, state: State) -> State:
    """The state with that meeting as the one asked about."""
    known, settled = asked_about(dict(state.meetings[place]), state.known, state.settled)
    return replace(state, known=known, settled=frozenset(settled), about=place, former={})


def remove(act: Act, _: Sequence[Act], state: State) -> Result:
    """Takes a meeting out of the request; not the only one."""
    if len(state.meetings) < 2 or act.meeting is None:
        return Result(Kind.UNCLEAR, says=[Say("utter_unclear")])
    says = [Say("utter_meeting_removed", {"noted": noted(state.meetings[act.meeting])})]
    return Result(Kind.CORRECTION, removes=[act.meeting], says=says)


def ask_which(act: Act, _: Sequence[Act], state: State) -> Result:
    """Asks which of several meetings is meant before the acts in `act.value` are applied."""
    pending: Pending = {"kind": WHICH, "acts": list(act.value), "of": [int(place) for place in act.readings]}
    if act.about == NEW:
        pending["new"] = True
    return Result(Kind.ASK_BACK, pending=pending)


def question(pending: Pending, meetings: Sequence[Meeting]) -> Say:
    """Asks which meeting is meant, with a button for each possible one."""
    places = [place for place in pending["of"] if place < len(meetings)]
    titles = [(f"Møde {place + 1}: {noted(meetings[place]) or 'endnu ikke oplyst'}", place) for place in places]
    buttons = tuple((title, f'/inform{{"choice": "meeting_{place}"}}') for title, place in titles)
    if len(places) > 1 and any(one["act"] in (SET, CHANGE) for one in pending["acts"]) and not pending.get("new"):
        buttons += (("Alle møderne", f'/inform{{"choice": "{ALL}"}}'),)
    if len(meetings) < MOST_MEETINGS:
        buttons += (("Et nyt møde", f'/inform{{"choice": "{NEW}"}}'),)
    buttons += (("Ingen af dem", "/deny"),)
    if all(one["act"] == REMOVE_MEETING for one in pending["acts"]):
        return Say("utter_which_meeting_goes", buttons=(*buttons[: len(titles)], buttons[-1]))
    if pending.get("new"):
        values = {one["slot"]: one["value"] for one in pending["acts"] if one["slot"] in MEETING}
        return Say("utter_which_meeting_told", {"noted": noted(values)}, buttons=buttons)
    return Say("utter_which_meeting", buttons=buttons)


def with_chosen_meeting(acts: Sequence[Act], state: State) -> list[Act]:
    """The acts; if one chooses a meeting, those that waited for the choice come first, for that meeting."""
    chosen = next((act for act in acts if act.act == CHOOSE and act.slot == WHICH), None)
    pending = state.pending or {}
    if chosen is None or pending.get("kind") != WHICH or chosen.value in (None, ""):
        return list(acts)
    others = [act for act in acts if act is not chosen]
    waited = [Act.of(one) for one in pending["acts"]]
    if chosen.value == ALL:
        values = {act.slot: act.value for act in waited if act.act in (SET, CHANGE) and act.slot in MEETING}
        return [*(Act(CHANGE, values, slot=MEETINGS, meeting=place) for place in pending["of"] if values), *others]
    if chosen.value == NEW:
        values = {act.slot: act.value for act in waited if act.act == CHANGE and act.slot in MEETING}
        return [Act(ADD_MEETING, values), *others]
    return [*(replace(act, meeting=chosen.value) for act in waited), *others]


def none_meant(*_: object) -> Result:
    """None of the meetings is meant: nothing changes."""
    return Result(Kind.TALK, says=[Say("utter_nothing_changed")], closes=WHICH)


def only_meetings(acts: Sequence[Act]) -> list[Meeting]:
    """The values of the meetings that the acts add."""
    return [dict(act.value or {}) for act in acts if act.act == ADD_MEETING]
