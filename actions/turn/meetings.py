"""The meetings of a request: one is asked about, and the others keep what was told of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.request.wording import noted
from actions.say import Say
from actions.turn import corrections
from actions.turn.result import Kind, Result
from common.acts import ADD_MEETING, CHANGE, CHOOSE, MEETINGS, NEW, Act
from common.request import State
from common.slots import ASKED_OF_A_MEETING, MEETING, MOST_MEETINGS

# Values by slot; None where it was answered with nothing. A slot that is missing is still to be asked for.
Meeting = dict[str, Any]
WHICH = "which_meeting"


def told_of(known: Mapping[str, Any], settled: Iterable[str]) -> Meeting:
    """The meeting that is asked about, out of the single slots."""
    empty = dict.fromkeys(slot for slot in MEETING if slot in set(settled))
    return {**empty, **{slot: known[slot] for slot in MEETING if known.get(slot) is not None}}


def asked_about(meeting: Meeting, known: Mapping[str, Any], settled: Iterable[str]) -> tuple[dict[str, Any], set[str]]:
    """What is known, and what was answered with nothing, where this meeting is the one asked about."""
    others = {slot: value for slot, value in known.items() if slot not in MEETING}
    said = {slot: value for slot, value in meeting.items() if value is not None}
    return {**others, **said}, (set(settled) - set(MEETING)) | (meeting.keys() - said.keys())


def first_open(meetings: Sequence[Meeting], about: int) -> int:
    """The meeting to ask about: this one as long as something of it is open, then the first that is not whole."""
    places = [about, *range(len(meetings))]
    return next((place for place in places if ASKED_OF_A_MEETING - meetings[place].keys()), about)


def added(meetings: Sequence[Meeting], more: Sequence[Meeting], about: int) -> tuple[list[Meeting], int]:
    """The meetings with those that are added, and how many of them are too many for one request.

    One of which only the number was told ('to møder') is filled before another is added.
    """
    whole, left = list(meetings), list(more)
    for place, one in enumerate(whole):
        if left and place != about and not one:
            whole[place] = left.pop(0)
    whole += left
    return whole[:MOST_MEETINGS], max(0, len(whole) - MOST_MEETINGS)


def number_of(act: Act, state: State) -> int | None:
    """The meeting, from 0, that an act is of, where it is another than the one asked about."""
    of_itself = act.act == ADD_MEETING or act.slot == MEETINGS
    known = act.meeting is not None and act.meeting < len(state.meetings) and not of_itself
    other = act.meeting if known else None
    return other if other != state.about else None


def add(act: Act, _: Sequence[Act], state: State) -> Result:
    """One more meeting, with what was told of it."""
    meeting = {slot: value for slot, value in dict(act.value or {}).items() if slot in MEETING}
    if act.meeting is not None:
        # It is known that there is one, and now more of it: said to be noted where it was not asked for.
        known = act.meeting < len(state.meetings) and state.asked not in ASKED_OF_A_MEETING
        says = corrections.said(meeting, _asked_about(act.meeting, state)) if known and meeting else []
        return Result(Kind.VALUE, fills=[(act.meeting, meeting)], says=says)
    says = [Say("utter_meeting_added", {"noted": noted(meeting)})] if meeting and state.meetings else []
    return Result(Kind.VALUE, adds=[meeting], says=says)


def change(act: Act, _: Sequence[Act], state: State) -> Result:
    """Several values of one of the meetings are others; where its day is one, its hour is said with it."""
    if act.meeting is None or act.meeting >= len(state.meetings):
        return Result(Kind.UNCLEAR, says=[Say("utter_unclear")])
    new = dict(act.value)
    meeting = state.meetings[act.meeting]
    hour = {slot: value for slot, value in meeting.items() if slot == "meeting_time"}
    says = corrections.said({**hour, **new} if "meeting_date" in new else new, _asked_about(act.meeting, state))
    return Result(Kind.CORRECTION, moves=[(act.meeting, new)], says=says)


def _asked_about(place: int, state: State) -> State:
    """The state as it would be if that meeting were the one asked about."""
    known, settled = asked_about(dict(state.meetings[place]), state.known, state.settled)
    return replace(state, known=known, settled=frozenset(settled), about=place, former={})


def remove(act: Act, _: Sequence[Act], state: State) -> Result:
    """A meeting is taken out of the request; the last one stays, and is asked for anew."""
    if len(state.meetings) < 2 or act.meeting is None:
        return Result(Kind.UNCLEAR, says=[Say("utter_unclear")])
    gone = state.meetings[act.meeting]
    return Result(Kind.CORRECTION, removes=[act.meeting], says=[Say("utter_meeting_removed", {"noted": noted(gone)})])


def ask_which(act: Act, _: Sequence[Act], state: State) -> Result:
    """What could be of several meetings is asked about before it is taken."""
    pending: dict[str, Any] = {"kind": WHICH, "acts": list(act.value), "of": [int(place) for place in act.readings]}
    pending |= {"new": True} if act.about == NEW else {}
    return Result(Kind.ASK_BACK, pending=pending)


def question(pending: Mapping[str, Any], meetings: Sequence[Meeting]) -> Say:
    """The question itself, with a button for each meeting that could be meant."""
    places = [place for place in pending["of"] if place < len(meetings)]
    titles = [(f"Møde {place + 1}: {noted(meetings[place]) or 'endnu ikke oplyst'}", place) for place in places]
    buttons = tuple((title, f'/inform{{"choice": "meeting_{place}"}}') for title, place in titles)
    if len(meetings) < MOST_MEETINGS:
        buttons += (("Et nyt møde", f'/inform{{"choice": "{NEW}"}}'),)
    buttons += (("Ingen af dem", "/deny"),)
    if pending.get("new"):
        told = {one["slot"]: one["value"] for one in pending["acts"] if one["slot"] in MEETING}
        return Say("utter_which_meeting_told", {"noted": noted(told)}, buttons=buttons)
    return Say("utter_which_meeting", buttons=buttons)


def settled_by(told: Sequence[Act], state: State) -> list[Act]:
    """The acts, where one of them says which meeting is meant: then those that waited for it, of that meeting."""
    chosen = next((act for act in told if act.act == CHOOSE and act.slot == WHICH), None)
    pending = state.pending or {}
    if chosen is None or pending.get("kind") != WHICH or chosen.value in (None, ""):
        return list(told)
    others = [act for act in told if act is not chosen]
    waited = [Act.of(one) for one in pending["acts"]]
    if chosen.value == NEW:
        values = {act.slot: act.value for act in waited if act.act == CHANGE and act.slot in MEETING}
        return [Act(ADD_MEETING, values), *others]
    return [*(replace(act, meeting=chosen.value) for act in waited), *others]


def none_meant(*_: object) -> Result:
    """None of them is meant: nothing changes."""
    return Result(Kind.TALK, says=[Say("utter_nothing_changed")], closes=WHICH)


def only_meetings(told: Sequence[Act]) -> list[Meeting]:
    """The meetings that are told beside the first."""
    return [dict(act.value or {}) for act in told if act.act == ADD_MEETING]
