"""Values of a message by slot (`Reading`), and the acts that carry values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from common.acts import ADD_MEETING, CHANGE, EMPTY, MEETINGS, REOPEN, SET, SMALL_TALK, VAGUE, WHICH_MEETING, Act
from common.request import State
from common.slots import MEETING

Values = dict[str, Any]
# Ways to be reached; one is enough (request.md).
CONTACTS = ("applicant_email", "applicant_phone")
# Entities of a slot, where their name differs from the slot's.
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
# What is said is so already: it is shown.
AS_IT_IS = Act(SMALL_TALK, "noted", slot="noted")


@dataclass
class Reading:
    """Values by slot, slots answered with nothing, and a day or hour that is ambiguous."""

    values: Values = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)  # several possible days, ISO
    times: list[str] = field(default_factory=list)  # several possible hours, HH:MM
    has_been: str | None = None  # a past day, told for a recording, ISO
    vague: bool = False  # a period without a day
    more: list[Values] = field(default_factory=list)  # further meetings
    elsewhere: bool = False  # the meeting is said to be with another authority

    def drop_meetings(self) -> None:
        """Takes out all that was read of a meeting; slots answered with nothing stay."""
        self.values = {slot: value for slot, value in self.values.items() if slot not in MEETING}
        self.dates, self.times, self.vague, self.has_been = [], [], False, None


def given(values: Mapping[str, Any], about: str = "") -> list[Act]:
    """SET acts: answers, asked for or not."""
    return [Act(SET, value, about, slot=slot) for slot, value in values.items()]


def answered(values: Mapping[str, Any]) -> list[Act]:
    """SET acts, and EMPTY acts for values that are None."""
    told = given({slot: value for slot, value in values.items() if value is not None})
    return [*told, *emptied(slot for slot, value in values.items() if value is None)]


def changed(values: Mapping[str, Any]) -> list[Act]:
    """CHANGE acts: corrections with their new values; None takes a value away."""
    return [Act(CHANGE, value, slot=slot) for slot, value in values.items()]


def emptied(slots: Iterable[str]) -> list[Act]:
    """EMPTY acts: there is nothing to say."""
    return [Act(EMPTY, slot=slot) for slot in sorted(slots)]


def slots_of(act: Act) -> Iterable[str]:
    """The slots that an act is about; all of a meeting where it is about a meeting."""
    of_meetings = act.act in (ADD_MEETING, WHICH_MEETING) or act.slot == MEETINGS
    return MEETING if of_meetings else (act.slot,)


def reopened(slots: Iterable[str]) -> list[Act]:
    """REOPEN acts: corrections without a value; one without a slot where it is not said what is wrong."""
    return [Act(REOPEN, slot=slot) for slot in slots] or [Act(REOPEN)]


def all_of(reading: Reading) -> list[Act]:
    """All acts of a reading, with the ambiguous day or hour last."""
    acts = [*given(reading.values), *emptied(reading.settled)]
    if reading.elsewhere:
        acts.append(Act(VAGUE, slot="meeting_department"))
    acts += [Act(ADD_MEETING, dict(one)) for one in reading.more]
    if reading.dates:
        return [*acts, Act(SET, slot="meeting_date", readings=tuple(reading.dates))]
    if reading.times:
        return [*acts, Act(SET, slot="meeting_time", readings=tuple(reading.times))]
    return acts


def asked_meeting_acts(new: Mapping[str, Any], known: Mapping[str, Any]) -> list[Act]:
    """Acts for the meeting asked about, slot by slot: the action asks for the hour again after a new day."""
    other = {slot: value for slot, value in new.items() if known.get(slot) is not None}
    told = {slot: value for slot, value in new.items() if slot not in other}
    return [*changed(other), *answered(told)]


def meeting_acts_at(new: Mapping[str, Any], place: int, state: State) -> list[Act]:
    """Acts with new values of the meeting at `place`: a correction where a known value differs, else an addition."""
    if place >= len(state.meetings) > 0 or (place and not state.meetings):
        return [Act(ADD_MEETING, dict(new))]
    known: Mapping[str, Any] = state.meetings[place] if state.meetings else {}
    if any(known.get(slot) is not None for slot in new):
        return [Act(CHANGE, dict(new), slot=MEETINGS, meeting=place)]
    if place != state.about:
        return [Act(ADD_MEETING, dict(new), meeting=place)]
    return asked_meeting_acts(new, known)
