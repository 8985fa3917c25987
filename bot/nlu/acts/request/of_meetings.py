"""What a message does to the meetings of a request: tells several, one more, one less, or a value of one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from bot.nlu.acts.request.corrections import says_so
from bot.nlu.acts.request.found import Reading, emptied, given
from bot.nlu.acts.request.meeting_parts import cue
from bot.nlu.acts.request.meetings import Several, several
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.places import is_one_place, is_same
from bot.nlu.acts.request.which_meeting import both, chosen, removed, told_of
from common.acts import (
    ADD_MEETING,
    CHANGE,
    CHOOSE,
    CORRECTS,
    MEETINGS,
    NEW,
    NO,
    REMOVE_MEETING,
    REOPEN,
    SMALL_TALK,
    UNREAD,
    WHICH_MEETING,
    Act,
    on_each_day,
)
from common.request import State
from common.slots import ASKED_OF_A_MEETING, FREE_TEXT, MEETING, MOST_MEETINGS, ORDER, SHARED_BY_MEETINGS

# What is told anew of a meeting that its department names.
_TOLD_ANEW = ("meeting_date", "meeting_time", "meeting_kind")
# The kinds of request that are about meetings.
_OF_MEETINGS = ("recording", "notes")


def with_several(reading: Reading, message: Message, kind: str | None, today: date) -> Reading:
    """The reading of a message with which a request begins: of several meetings the first, and the others beside it."""
    told = several(message, kind, today)
    if not told:
        return reading
    first, *more = _held(told.meetings, message) or [{}]
    reading.values = {slot: value for slot, value in reading.values.items() if slot not in MEETING} | first
    reading.settled -= set(MEETING)
    if "meeting_recurrence" in first and "meeting_date" not in first:
        reading.settled.add("meeting_date")
    reading.dates, reading.times, reading.has_been, reading.vague = [], [], None, False
    reading.more = [
        _whole(one) for one in (*more, *({} for _ in range(min(told.count, MOST_MEETINGS) - 1 - len(more))))
    ]
    return reading


def of_meetings(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The acts of a message that tells of several meetings, or of another one than the one asked about."""
    if not ASKED_OF_A_MEETING & set(ORDER.get(state.kind or "", ())) or state.asked in FREE_TEXT:
        return None
    if _wishes_for_others(message, state):
        return None
    known = [dict(one) for one in state.meetings]
    told = several(message, state.kind, state.today, [one for one in known if any(one.values())])
    if state.pending and not (told and told.adds):
        return _beside(several(message, state.kind, state.today), message, state)
    # 'Kun til det første' leaves the others out at the review alone: elsewhere it may answer what is asked.
    says_so_ = state.asked == "review" or cue("removes").search(message.text)
    if says_so_ and (gone := removed(message, known)):
        return _of(gone, [Act(REMOVE_MEETING)])
    if told and told.adds:
        more = [*_held(told.meetings, message), *({} for _ in range(told.count - len(told.meetings)))]
        return [*_answer(reading, state), *_added(more)]
    if state.asked in ASKED_OF_A_MEETING:
        filled = _filled(told, state, reading, message) if told else _of_each(message, state, reading)
        if filled:
            return filled
    if told and len(told.meetings) > 1 and len(known) > 1 and (anew := _each_anew(told, message, state)):
        return anew
    if found := _beside(told, message, state):
        return found
    if told and len(told.meetings) > 1 and not told.adds:
        # What is told of two meetings is not read as if it were told of one.
        return [Act(UNREAD, about=CORRECTS, words=message.text)]
    return _of_one(message, state, reading, known) if len(known) > 1 else None


def _wishes_for_others(message: Message, state: State) -> bool:
    """Whether the meetings are told for a request of another kind than the one under way."""
    wished = [kind for kind in _OF_MEETINGS if message.cue(f"wish_{kind}")]
    return bool(wished) and state.kind not in wished


def _beside(told: Several | None, message: Message, state: State) -> list[Act] | None:
    """The acts of meetings told one by one that are others than the known ones: each of them is a meeting of its own.

    Read as one, a value of one of them would become another's.
    """
    if not told or len(told.meetings) < 2 or told.adds or (says_so(message) and not told.count):
        return None
    acts: list[Act] = []
    left = list(range(len(state.meetings)))
    for one in map(_whole, _held(told.meetings, message)):
        place = next((place for place in left if _is_the_same(state.meetings[place], one)), None)
        if place is None:
            acts.append(Act(ADD_MEETING, one))
            continue
        left.remove(place)
        if new := {slot: value for slot, value in one.items() if slot not in state.meetings[place]}:
            acts += _given(new) if place == state.about else [Act(ADD_MEETING, new, meeting=place)]
    return acts or None


def _each_anew(told: Several, message: Message, state: State) -> list[Act] | None:
    """The changes of meetings that are told once more, each found by its department or its day; all as they are."""
    acts: list[Act] = []
    found: set[int] = set()
    for one in _held(told.meetings, message):
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
    return _agree(known, told) and (is_one_place(known, told) or on_one_day or not any(known.values()))


def _held(meetings: Sequence[Mapping[str, Any]], message: Message) -> list[dict[str, Any]]:
    """How they are held, where it is said once: of the only one, or of all ('begge er fysiske')."""
    kinds = {found.value for found in message.values("meeting_kind")}
    of_all = len(meetings) == 1 or bool(cue("of_all").search(message.text))
    if len(kinds) != 1 or not of_all:
        return [dict(one) for one in meetings]
    return [{"meeting_kind": next(iter(kinds)), **one} for one in meetings]


def _filled(told: Several, state: State, reading: Reading, message: Message) -> list[Act] | None:
    """The acts of meetings told one by one, where what is known of them says nothing else."""
    known = [dict(one) for one in state.meetings] or [{}]
    told = replace(told, meetings=tuple(_held(told.meetings, message)))
    pairs: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = list(zip_longest(known, told.meetings, fillvalue={}))
    if len(told.meetings) < 2 or not all(_agree(one, other) for one, other in pairs):
        return None
    others = {slot: value for slot, value in reading.values.items() if slot not in MEETING and slot == state.asked}
    acts = given(others)
    for place, (one, other) in enumerate(pairs):
        new = {slot: value for slot, value in _whole(other).items() if slot not in one}
        if place == state.about:
            acts += _given(new)
        elif new:
            acts.append(Act(ADD_MEETING, new, meeting=place if place < len(known) else None))
    return acts


def _given(told: Mapping[str, Any]) -> list[Act]:
    """The answers about the meeting that is asked about; None is nothing."""
    acts = given({slot: value for slot, value in told.items() if value is not None})
    return [*acts, *emptied(slot for slot, value in told.items() if value is None)]


def _agree(known: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether what is told of a meeting is nothing else than what is known of it."""
    same = (slot for slot in MEETING if slot != "meeting_department_text" and slot in known and slot in told)
    return all(is_same(slot, known, told) for slot in same)


def _of_each(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Begge er fysiske': how they are held, of all meetings of which it is not known; each by its department."""
    open_ = [place for place, one in enumerate(state.meetings) if "meeting_kind" not in one]
    if state.asked != "meeting_kind" or len(open_) < 2 or message.is_question:
        return None
    kinds = _kinds_by_department(message, state)
    if not kinds and "meeting_kind" in reading.values and cue("of_all").search(message.text):
        kinds = dict.fromkeys(open_, reading.values["meeting_kind"])
    if not kinds:
        return None
    own = given({"meeting_kind": kinds[state.about]} if state.about in kinds else {})
    rest = [(place, kind) for place, kind in kinds.items() if place != state.about]
    return [*own, *(Act(ADD_MEETING, {"meeting_kind": kind}, meeting=place) for place, kind in rest)]


def _kinds_by_department(message: Message, state: State) -> dict[int, Any]:
    """'Jobcentret er fysisk, og borgerservice er på telefonen': the kind that follows each department."""
    kinds: dict[int, Any] = {}
    several, named = False, message.values("department")
    for one, following in zip_longest(named, named[1:]):
        end = following.start if following else len(message.text)
        said = [found.value for found in message.values("meeting_kind") if one.end <= found.start < end]
        key = one.value["key"]
        places = [place for place, meeting in enumerate(state.meetings) if meeting.get("meeting_department") == key]
        several |= len(places) == 1 and bool(kinds or one is not named[0])
        if len(said) == 1 and len(places) == 1:
            kinds[places[0]] = said[0]
    return kinds if several else {}


def _of_one(message: Message, state: State, reading: Reading, known: list[dict[str, Any]]) -> list[Act] | None:
    """A value, or a correction without one, of one of the meetings; where it could be of several, it is asked which."""
    if _is_an_answer(message, state, reading):
        return None
    places, new = told_of(message, known, state.kind, state.today)
    named = len(places) < len(known)
    answers = state.asked in ASKED_OF_A_MEETING and state.about in places
    if message.is_question or (answers and not (named and places != [state.about])):
        return None
    if new and (named or says_so(message) or state.asked == "review"):
        return _of(places, [Act(CHANGE, value, slot=slot) for slot, value in new.items()])
    if named and state.about not in places:
        # What is said of another meeting is no answer about this one.
        reading.values = {slot: value for slot, value in reading.values.items() if slot not in MEETING}
        reading.dates, reading.times, reading.vague = [], [], False
    reopens = [slot for slot in message.named_slots() if slot in MEETING]
    if reopens and says_so(message) and not new:
        return _of(places, [Act(REOPEN, slot=slot) for slot in reopens])
    return None


def _is_an_answer(message: Message, state: State, reading: Reading) -> bool:
    """Whether a message answers what is asked of one meeting, with values that can be that one's.

    'Jobcentret onsdag den 16.' is the second meeting with the jobcentre, where it is asked about that one.
    """
    told = {slot: value for slot, value in reading.values.items() if slot in MEETING}
    if state.asked not in told or state.asked not in ASKED_OF_A_MEETING or says_so(message):
        return False
    return _agree(state.meetings[state.about], told) and not cue("the_one").search(message.text)


def which_meeting(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The answer to which of the meetings is meant: one of them, a new one, or none after all."""
    assert state.pending is not None
    of: list[int] = list(state.pending["of"])
    meant = chosen(message, [dict(one) for one in state.meetings], of)
    if cue("a_new_one").search(message.text):
        return [Act(CHOOSE, NEW, slot="which_meeting")]
    if meant is not None and len(of) > 1:
        return [Act(CHOOSE, meant, slot="which_meeting")]
    if cue("none_of_them").search(message.text) or message.cue("keep"):
        return [Act(NO, slot="which_meeting")]
    return None


def both_days(message: Message, state: State) -> list[Act] | None:
    """Of two days that were asked about both are meant: they are of two meetings."""
    assert state.pending is not None
    told = several(message, state.kind, state.today)
    if told and (filled := _filled(told, state, Reading(), message)):
        return filled
    days = list(state.pending["readings"])
    said = {day for one in message.values("date") for day in one.value["future"] + one.value["past"]}
    if not both(message) and not (len(days) > 1 and set(days) <= said and _each(message)):
        return None
    shared = {slot: state.known[slot] for slot in SHARED_BY_MEETINGS if slot in state.known}
    meetings = tuple({**shared, "meeting_date": day, **_hour(message, day)} for day in days)
    return _filled(Several(meetings), state, Reading(), message) or on_each_day(days, shared)


def _hour(message: Message, day: str) -> dict[str, str]:
    """The hour that stands behind a day, or that is said of all of them ('hver gang kl. 10')."""
    hours = [one for one in message.values("time") if len(one.value["readings"]) == 1]
    days = [one for one in message.values("date") if day in one.value["future"] + one.value["past"]]
    if len(hours) == 1 and (cue("of_all").search(message.text) or message.values("recurrence")):
        return {"meeting_time": str(hours[0].value["readings"][0])}
    if len(days) != 1:
        return {}
    following = [one.start for one in message.values("date") if one.start > days[0].start]
    end = min(following, default=len(message.text))
    behind = [one for one in hours if days[0].end <= one.start < end]
    return {"meeting_time": str(behind[0].value["readings"][0])} if len(behind) == 1 else {}


def _each(message: Message) -> bool:
    """'Den 3. og den 10.': each of the days is said, and nothing of 'eller'."""
    return len(message.values("date")) > 1 and not message.cue("either") and not message.is_question


def _of(places: list[int], acts: list[Act]) -> list[Act]:
    """The acts, of the one meeting that is meant; of several, to be asked about."""
    if len(places) == 1:
        return [Act(act.act, act.value, act.about, slot=act.slot, meeting=places[0]) for act in acts]
    return [Act(WHICH_MEETING, [act.kept() for act in acts], readings=tuple(map(str, places)))]


def _answer(reading: Reading, state: State) -> list[Act]:
    """What a message with one more meeting answers to what is asked for, where that is not of a meeting."""
    asked = state.asked or ""
    return given({asked: reading.values[asked]}) if asked in reading.values and asked not in MEETING else []


def _added(meetings: Sequence[Mapping[str, Any]]) -> list[Act]:
    return [Act(ADD_MEETING, _whole(one)) for one in meetings]


def _whole(meeting: Mapping[str, Any]) -> dict[str, Any]:
    """The meeting; of one that comes again no day is asked for."""
    again = meeting.get("meeting_recurrence") and "meeting_date" not in meeting
    return {**meeting, "meeting_date": None} if again else dict(meeting)
