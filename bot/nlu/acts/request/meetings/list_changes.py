"""Meetings that a message tells one by one: those asked about, others than the known ones, and those told anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from bot.nlu.acts.request.dialogue.corrections import says_so
from bot.nlu.acts.request.meeting_text.departments import is_one_place, is_same
from bot.nlu.acts.request.meeting_text.parts import cue, parts_of
from bot.nlu.acts.request.meetings.several import Several, several
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, emptied, given, of_a_meeting
from common.acts import ADD_MEETING, CHANGE, MEETINGS, REMOVE_MEETING, SMALL_TALK, Act
from common.request import State
from common.slots import MEETING

# What is told anew of a meeting that its department names.
_TOLD_ANEW = ("meeting_date", "meeting_time", "meeting_kind")


def others(told: Several | None, message: Message, state: State) -> list[Act] | None:
    """The acts of meetings told one by one that are others than the known ones: each of them is a meeting of its own.

    Read as one, a value of one of them would become another's.
    """
    if not told or len(told.meetings) < 2 or told.adds or (says_so(message) and not told.count):
        return None
    acts: list[Act] = []
    left = list(range(len(state.meetings)))
    for one in map(whole, held(told.meetings, message)):
        place = next((place for place in left if _is_the_same(state.meetings[place], one)), None)
        if place is None:
            acts.append(Act(ADD_MEETING, one))
            continue
        left.remove(place)
        if new := {slot: value for slot, value in one.items() if slot not in state.meetings[place]}:
            acts += _given(new) if place == state.about else [Act(ADD_MEETING, new, meeting=place)]
    return acts or None


def in_all(message: Message, state: State) -> list[Act] | None:
    """'Der er kun to møder: ...': the list stands in place of the one that is known, and what is not in it goes."""
    if not cue("in_all").search(message.text):
        return None
    told = several(message, state.kind, state.today)
    if not told or not 1 < len(told.meetings) == told.count:
        return None
    left = list(range(len(state.meetings)))
    acts: list[Act] = []
    for one in map(whole, held(told.meetings, message)):
        on_the_day = (
            n for n in left if is_same("meeting_date", state.meetings[n], one) or not any(state.meetings[n].values())
        )
        place = next(on_the_day, next((n for n in left if is_one_place(state.meetings[n], one)), None))
        if place is None:
            acts.append(Act(ADD_MEETING, one))
            continue
        left.remove(place)
        known = state.meetings[place]
        new = {slot: value for slot, value in one.items() if not is_same(slot, one, known)}
        acts += of_a_meeting(new, place, state) if new else []
    return [*acts, *(Act(REMOVE_MEETING, meeting=n) for n in reversed(left))] or None


def each_anew(told: Several, message: Message, state: State) -> list[Act] | None:
    """The changes of meetings that are told once more, each found by its department or its day; all as they are."""
    acts: list[Act] = []
    found: set[int] = set()
    for one in held(told.meetings, message):
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
    """Whether a known meeting is the one that is told of: with the same department or day, and nothing otherwise."""
    on_one_day = bool(known.get("meeting_date")) and is_same("meeting_date", known, told)
    return agree(known, told) and (is_one_place(known, told) or on_one_day or not any(known.values()))


def held(meetings: Sequence[Mapping[str, Any]], message: Message) -> list[dict[str, Any]]:
    """How they are held, where it is said once: of the only one, or of all ('begge er fysiske')."""
    kinds = {found.value for found in message.values("meeting_kind")}
    of_all = len(meetings) == 1 or _is_of_all(message)
    if len(kinds) != 1 or not of_all:
        return [dict(one) for one in meetings]
    return [{"meeting_kind": next(iter(kinds)), **one} for one in meetings]


def _is_of_all(message: Message) -> bool:
    """Whether how they are held is said of all: beside 'begge', and not beside the day or department of one."""
    if not cue("of_all").search(message.text):
        return False
    parts = [part for part in parts_of(message) if any(one.entity == "meeting_kind" for one in part.found)]
    own = {"date", "department"}
    return any(part.has("of_all") or own.isdisjoint(one.entity for one in part.found) for part in parts)


def filled(told: Several, state: State, reading: Reading, message: Message) -> list[Act] | None:
    """The acts of meetings told one by one, where what is known of them says nothing else."""
    known = [dict(one) for one in state.meetings] or [{}]
    told = replace(told, meetings=tuple(held(told.meetings, message)))
    pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = list(zip_longest(known, told.meetings, fillvalue={}))
    if len(told.meetings) < 2 or not all(agree(one, other) for one, other in pairs):
        return None
    others = {slot: value for slot, value in reading.values.items() if slot not in MEETING and slot == state.asked}
    acts = given(others)
    for place, (one, other) in enumerate(pairs):
        new = {slot: value for slot, value in whole(other).items() if slot not in one}
        if place == state.about:
            acts += _given(new)
        elif new:
            acts.append(Act(ADD_MEETING, new, meeting=place if place < len(known) else None))
    return acts


def _given(told: Mapping[str, Any]) -> list[Act]:
    """The answers about the meeting that is asked about; None is nothing."""
    acts = given({slot: value for slot, value in told.items() if value is not None})
    return [*acts, *emptied(slot for slot, value in told.items() if value is None)]


def agree(known: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether what is told of a meeting is nothing else than what is known of it."""
    same = (slot for slot in MEETING if slot != "meeting_department_text" and slot in known and slot in told)
    return all(is_same(slot, known, told) for slot in same)


def whole(meeting: Mapping[str, Any]) -> dict[str, Any]:
    """The meeting; of one that comes again no day is asked for."""
    again = meeting.get("meeting_recurrence") and "meeting_date" not in meeting
    return {**meeting, "meeting_date": None} if again else dict(meeting)
