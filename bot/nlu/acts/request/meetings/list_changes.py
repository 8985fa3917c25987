"""Lists of meetings, compared with the known ones: filled in, updated or added."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from bot.nlu.acts.request.dialogue.corrections import says_so
from bot.nlu.acts.request.meeting_text.departments import is_one_place, is_same
from bot.nlu.acts.request.meeting_text.parts import cue, parts_of, says_nothing_else
from bot.nlu.acts.request.meetings.several import Several
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, answered, given
from common.acts import ADD_MEETING, CHANGE, MEETINGS, SMALL_TALK, Act
from common.request import State
from common.slots import MEETING, SHARED_BY_MEETINGS

# Slots that may change when a known meeting is told again.
_TOLD_ANEW = ("meeting_date", "meeting_time", "meeting_kind")


def add_unknown(told: Several | None, message: Message, state: State) -> list[Act] | None:
    """Acts of listed meetings, of which at least one is unknown: each is a meeting of its own."""
    if not told or len(told.meetings) < 2 or told.adds or (says_so(message) and not told.count):
        return None
    acts: list[Act] = []
    left = list(range(len(state.meetings)))
    for one in map(with_empty_day, with_shared_kind(told, message)):
        place = next((place for place in left if _is_the_same(state.meetings[place], one)), None)
        if place is None:
            acts.append(Act(ADD_MEETING, one))
            continue
        left.remove(place)
        if new := {slot: value for slot, value in one.items() if slot not in state.meetings[place]}:
            acts += answered(new) if place == state.about else [Act(ADD_MEETING, new, meeting=place)]
    return acts or None


def update_each(told: Several, message: Message, state: State) -> list[Act] | None:
    """Changes of known meetings told again, found by department or day; None where one is not found."""
    acts: list[Act] = []
    found: set[int] = set()
    for one in with_shared_kind(told, message):
        places = [n for n, known in enumerate(state.meetings) if is_one_place(known, one)]
        places = places or [n for n, known in enumerate(state.meetings) if is_same("meeting_date", known, one)]
        if len(places) != 1 or places[0] in found:
            return None
        found.add(places[0])
        known = state.meetings[places[0]]
        new = {slot: value for slot, value in one.items() if slot in _TOLD_ANEW and not is_same(slot, one, known)}
        acts += [Act(CHANGE, new, slot=MEETINGS, meeting=places[0])] if new else []
    return acts or [Act(SMALL_TALK, slot="noted")]


def _is_the_same(known: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether a told meeting is the known one: same department or day, and no contradiction."""
    on_one_day = bool(known.get("meeting_date")) and is_same("meeting_date", known, told)
    return agrees(known, told) and (is_one_place(known, told) or on_one_day or not any(known.values()))


def with_shared_kind(told: Several, message: Message) -> list[dict[str, Any]]:
    """The meetings, with how they are held where it is said of all."""
    kinds = {found.value for found in message.values("meeting_kind")}
    # Beside an added meeting it may answer for the known one: 'vi ses. Og så er der et i borgerservice'.
    of_all = (len(told.meetings) == 1 and not told.adds) or _is_of_all(message)
    if len(kinds) != 1 or not of_all:
        return [dict(one) for one in told.meetings]
    return [{"meeting_kind": next(iter(kinds)), **one} for one in told.meetings]


def _is_of_all(message: Message) -> bool:
    """Whether how they are held is said of all."""
    if not cue("of_all").search(message.text):
        return False
    parts = [part for part in parts_of(message) if any(one.entity == "meeting_kind" for one in part.found)]
    own = {"date", "department"}
    return any(part.has("of_all") or own.isdisjoint(one.entity for one in part.found) for part in parts)


def fill_open(told: Several, state: State, reading: Reading, message: Message) -> list[Act] | None:
    """Acts of the listed meetings, where they do not contradict the known ones."""
    known = [dict(one) for one in state.meetings] or [{}]
    told = replace(told, meetings=tuple(with_shared_kind(told, message)))
    pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = list(zip_longest(known, told.meetings, fillvalue={}))
    if len(told.meetings) < 2 or not all(agrees(one, other) for one, other in pairs):
        return None
    others = {slot: value for slot, value in reading.values.items() if slot not in MEETING and slot == state.asked}
    acts = given(others)
    shared = _shared_by_days(state, told, message)
    for place, (one, other) in enumerate(pairs):
        new = {slot: value for slot, value in with_empty_day(other).items() if slot not in one}
        if place == state.about:
            acts += answered(new)
        elif new:
            acts.append(Act(ADD_MEETING, shared | new, meeting=place if place < len(known) else None))
    return acts


def _shared_by_days(state: State, told: Several, message: Message) -> dict[str, Any]:
    """Department and kind of the one known meeting, for others of which only days are told where the day is asked."""
    days_alone = all(one.keys().isdisjoint(SHARED_BY_MEETINGS) for one in told.meetings)
    if len(state.meetings) != 1 or state.asked != "meeting_date" or not (days_alone and says_nothing_else(message)):
        return {}
    return {slot: value for slot, value in state.meetings[0].items() if slot in SHARED_BY_MEETINGS}


def agrees(known: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether no told value contradicts a known one."""
    same = (slot for slot in MEETING if slot != "meeting_department_text" and slot in known and slot in told)
    return all(is_same(slot, known, told) for slot in same)


def with_empty_day(meeting: Mapping[str, Any]) -> dict[str, Any]:
    """The meeting; with a recurrence and no day, its day is None."""
    again = meeting.get("meeting_recurrence") and "meeting_date" not in meeting
    return {**meeting, "meeting_date": None} if again else dict(meeting)
