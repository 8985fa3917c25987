"""What a message gives a request: values by slot and what it leaves open; and the acts that say so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from common.acts import ADD_MEETING, CHANGE, EMPTY, MEETINGS, REOPEN, SET, VAGUE, Act
from common.request import State

Values = dict[str, Any]
# Which values a slot is read from, where their name is another one.
ENTITIES_OF: dict[str, tuple[str, ...]] = {
    "meeting_date": ("date",),
    "meeting_time": ("time",),
    "meeting_recurrence": ("recurrence",),
    "meeting_department": ("department",),
    "meeting_department_text": ("department",),
    "support_person_possible": ("support_person",),
    **dict.fromkeys(("behalf_name", "behalf_relation", "behalf_who", "behalf_words"), ("behalf",)),
    "applicant_name": ("name",),
    "applicant_email": ("email",),
    "applicant_phone": ("phone",),
}


@dataclass
class Reading:
    """What a message gives: values by slot, slots answered with nothing, and a question about the day or hour."""

    values: Values = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)  # several possible days, ISO
    times: list[str] = field(default_factory=list)  # several possible hours, HH:MM
    has_been: str | None = None  # a day that cannot be taken for a recording, ISO
    vague: bool = False  # a day was told, and not which
    more: list[Values] = field(default_factory=list)  # meetings beside the first
    elsewhere: bool = False  # the meeting is said to be with another authority


def given(values: Mapping[str, Any], about: str = "") -> list[Act]:
    """Answers, asked for or not."""
    return [Act(SET, value, about, slot=slot) for slot, value in values.items()]


def changed(values: Mapping[str, Any]) -> list[Act]:
    """Corrections with their new values; None takes a value away."""
    return [Act(CHANGE, value, slot=slot) for slot, value in values.items()]


def emptied(slots: Iterable[str]) -> list[Act]:
    """Answers that there is nothing to say."""
    return [Act(EMPTY, slot=slot) for slot in sorted(slots)]


def reopened(slots: Iterable[str]) -> list[Act]:
    """Corrections without a new value; of no slot, where it is not said what is wrong."""
    return [Act(REOPEN, slot=slot) for slot in slots] or [Act(REOPEN)]


def all_of(reading: Reading) -> list[Act]:
    """All that a reading gives, with the day or hour that it leaves open."""
    acts = [*given(reading.values), *emptied(reading.settled)]
    if reading.elsewhere:
        acts.append(Act(VAGUE, slot="meeting_department"))
    acts += [Act(ADD_MEETING, dict(one)) for one in reading.more]
    if reading.dates:
        return [*acts, Act(SET, slot="meeting_date", readings=tuple(reading.dates))]
    if reading.times:
        return [*acts, Act(SET, slot="meeting_time", readings=tuple(reading.times))]
    return acts


def of_asked_meeting(new: Mapping[str, Any], known: Mapping[str, Any]) -> list[Act]:
    """Slot by slot, as an answer or a correction: of a new day it is asked whether the hour is the same."""
    other = {slot: value for slot, value in new.items() if known.get(slot) is not None}
    told = {slot: value for slot, value in new.items() if slot not in other}
    return [
        *changed(other),
        *given({slot: value for slot, value in told.items() if value is not None}),
        *emptied(slot for slot, value in told.items() if value is None),
    ]


def of_a_meeting(new: Mapping[str, Any], place: int, state: State) -> list[Act]:
    """What was not known of a meeting is told; a value that is another one is a correction, and is said to be."""
    if place >= len(state.meetings) > 0 or (place and not state.meetings):
        return [Act(ADD_MEETING, dict(new))]
    known: Mapping[str, Any] = state.meetings[place] if state.meetings else {}
    if any(known.get(slot) is not None for slot in new):
        return [Act(CHANGE, dict(new), slot=MEETINGS, meeting=place)]
    if place != state.about:
        return [Act(ADD_MEETING, dict(new), meeting=place)]
    return of_asked_meeting(new, known)
