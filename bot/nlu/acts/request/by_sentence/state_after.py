"""The state of a request after acts: the next sentence of a message is read in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from common.acts import ADD_MEETING, ADDS, CHANGE, EMPTY, MEETINGS, REMOVE_MEETING, REOPEN, SET, SKIP, Act
from common.request import State
from common.slots import (
    ASKED_OF_A_MEETING,
    BINDING,
    FREE_TEXT,
    MEETING,
    ORDER,
    READ_FROM,
    asked_together,
    is_settled,
)
from common.texts import in_one_text

Meetings = list[dict[str, Any]]
_ASKED_ALONE = (*FREE_TEXT, *READ_FROM.values(), *BINDING)


def after(state: State, acts: Sequence[Act]) -> State:
    """The state after the acts of a sentence: known values, meeting and slot asked for."""
    known, settled, meetings = dict(state.known), set(state.settled), [dict(one) for one in state.meetings]
    for act in acts:
        if act.readings:
            continue
        if act.act == ADD_MEETING:
            _tell(meetings, act.meeting, dict(act.value or {}))
        elif act.act == REMOVE_MEETING and act.meeting is not None and act.meeting < len(meetings):
            del meetings[act.meeting]
        elif act.act == CHANGE and act.slot == MEETINGS:
            _tell(meetings, act.meeting, dict(act.value))
        elif act.act in (SET, CHANGE) and act.slot in MEETING:
            _tell(meetings, state.about if act.meeting is None else act.meeting, {act.slot: act.value})
        elif act.act in (SET, CHANGE):
            old = known.get(act.slot)
            known[act.slot] = in_one_text([str(old), act.value]) if act.about == ADDS and old else act.value
        elif act.act in (EMPTY, SKIP):
            settled.add(act.slot)
            if act.slot in MEETING:
                _tell(meetings, state.about, {act.slot: None})
    return _asking(state, known, settled, meetings)


def differs(state: State, acts: Sequence[Act]) -> set[tuple[str, str]]:
    """What the acts change: slots, with the index of their meeting, and values."""
    told = after(state, acts)
    new = {(slot, str(value)) for slot, value in told.known.items() if state.known.get(slot) != value}
    new = {(slot, value) for slot, value in new if slot not in MEETING}
    new |= {(slot, "") for slot in told.settled - state.settled if slot not in MEETING}
    for place, meeting in enumerate(told.meetings):
        before: Mapping[str, Any] = state.meetings[place] if place < len(state.meetings) else {}
        new |= {(f"{place}.{slot}", str(value)) for slot, value in meeting.items() if before.get(slot, "") != value}
    new |= {("reopened", act.slot) for act in acts if act.act == REOPEN and act.slot}
    gone = len(state.meetings) - len(told.meetings)
    return new | ({("gone", str(gone))} if gone > 0 else set())


def _tell(meetings: Meetings, place: int | None, told: Mapping[str, Any]) -> None:
    while place is not None and len(meetings) <= place:
        meetings.append({})
    if place is None:
        # An empty meeting is filled before another is added, as in actions/turn/meetings.py.
        place = next((n for n, one in enumerate(meetings) if n and not one), len(meetings))
        meetings += [{}] if place == len(meetings) else []
    meetings[place] |= told


def _asking(state: State, known: dict[str, Any], settled: set[str], meetings: Meetings) -> State:
    """The state asking about the first incomplete meeting and the first open slot."""
    places = [state.about, *range(len(meetings))]
    about = next((n for n in places if n < len(meetings) and ASKED_OF_A_MEETING - meetings[n].keys()), state.about)
    own = meetings[about] if about < len(meetings) else {}
    known = {slot: value for slot, value in known.items() if slot not in MEETING}
    known |= {slot: value for slot, value in own.items() if value is not None}
    settled = (settled - set(MEETING)) | {slot for slot, value in own.items() if value is None}
    asked = state.asked
    if asked != "review" and is_settled(asked or "", known, settled):
        # Texts, grounds and binding slots are never asked for in the middle of a message.
        open_ = (slot for slot in ORDER.get(state.kind or "", ()) if slot not in _ASKED_ALONE)
        asked = next((slot for slot in open_ if not is_settled(slot, known, settled)), asked)
    together = asked_together(asked, known, settled) if asked and asked != "review" else ()
    return replace(
        state,
        asked=asked,
        known=known,
        settled=frozenset(settled),
        meetings=tuple(meetings),
        about=about,
        together=together,
        pending=None if asked != state.asked else state.pending,
        prompted=state.prompted and asked == state.asked,
    )
