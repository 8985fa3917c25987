"""Asks whether changed values are of a known meeting or of a new one, before they count."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.dialogue.corrections import says_so
from bot.nlu.acts.request.meeting_text.departments import PLACE
from bot.nlu.acts.request.meeting_text.parts import ANOTHER, PLACES, cue, days_said, says_nothing_else
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.reading import read
from bot.nlu.acts.request.sentences import sentence_spans
from common.acts import ADD_MEETING, CHANGE, LEFT, MEETINGS, NEW, SET, START, UNREAD, WHICH_MEETING, Act
from common.request import State
from common.slots import MEETING, TELLS_APART

# Slots that identify a meeting; its hour may change without a question.
_KNOWN_BY = {*TELLS_APART, "meeting_kind"}
_UNKNOWN = "unknown"
_NUMBERED = (*PLACES, "last", "middle", "numbers_one")


def ask_same_or_new(acts: Sequence[Act], message: Message, state: State) -> list[Act]:
    """The acts; those that may turn a known meeting into another wait for the answer to WHICH_MEETING.

    A stated correction, or a change plainly of the known meeting, is taken at once.
    """
    wishes = state.pending or any(act.act == START for act in acts)
    unsure = any(act.slot == "meeting_department" and act.value == _UNKNOWN for act in acts)
    replaces = ("meeting_date", *(PLACE if unsure else ()))
    acts = acts if wishes else [_as_change(act, state) if act.slot in replaces else act for act in acts]
    changes = [act for act in acts if act.act == CHANGE and (act.slot in MEETING or act.slot == MEETINGS)]
    if not changes or any(act.readings for act in changes):
        return list(acts)
    new = {slot: value for act in changes for slot, value in _differing(act, state).items() if slot in _KNOWN_BY}
    if new and any(act.act == ADD_MEETING and new.items() <= act.value.items() for act in acts):
        return [act for act in acts if act not in changes]  # the added meeting has the values already
    said = _sentences_of(new, message) or [message]
    # 'Telefonsamtalen er flyttet til den 16.', where the known meeting is none on the telephone
    of_another_kind = "meeting_kind" in new and any(cue("the_call").search(one.text) for one in said)
    if new.keys().isdisjoint(TELLS_APART) or (_is_corrected(message, said) and not of_another_kind):
        return list(acts)
    if not _can_be(new, state):
        # No meeting of this request: 'var hos dem den 24.', for a recording.
        return [*(act for act in acts if act not in changes), Act(UNREAD, about=LEFT, words=said[0].text)]
    if not _may_be_another(new, said):
        return list(acts)
    waiting = [act for act in acts if act in changes or (act.act == SET and act.slot in MEETING)]
    values = {slot: value for act in waiting for slot, value in _values(act).items()} | _told(said, state)
    kept = [Act(CHANGE, value, slot=slot).kept() for slot, value in values.items()]
    places = tuple(str(place) for place, one in enumerate(state.meetings) if any(one.values()))
    return [*(act for act in acts if act not in waiting), Act(WHICH_MEETING, kept, NEW, readings=places)]


def _as_change(act: Act, state: State) -> Act:
    """A value told beside what is asked for, where another one is known, is no first value."""
    beside = act.act == SET and act.slot not in state.asks and not (act.to or act.readings)
    return replace(act, act=CHANGE) if beside and state.known.get(act.slot) not in (None, act.value) else act


def _told(said: Sequence[Message], state: State) -> dict[str, Any]:
    """All meeting values of the sentences, for the case that the meeting is new."""
    values: dict[str, Any] = {}
    for one in said:
        reading = read(one, state.kind, None, state.today)
        values |= {slot: value for slot, value in reading.values.items() if slot in MEETING}
    return values


def _values(act: Act) -> dict[str, Any]:
    return dict(act.value) if act.slot == MEETINGS else {act.slot: act.value}


def _differing(act: Act, state: State) -> dict[str, Any]:
    """Values of an act that replace known ones."""
    place = state.about if act.meeting is None else act.meeting
    known = state.meetings[place] if place < len(state.meetings) else {}
    if not _can_be(known, state):
        return {}
    new = {slot: value for slot, value in _values(act).items() if value is not None}
    # That the department is not known tells no meeting from another.
    return {slot: value for slot, value in new.items() if known.get(slot) not in (None, value) and value != _UNKNOWN}


def _can_be(known: Mapping[str, Any], state: State) -> bool:
    """Whether a meeting fits the kind of request: past for notes, to come for a recording."""
    day = known.get("meeting_date")
    to_come = day is not None and str(day) >= state.today.isoformat()
    return day is None or to_come == (state.kind == "recording")


def _is_corrected(message: Message, said: Sequence[Message]) -> bool:
    """Whether a message says that something is wrong."""
    denies = any(found.negated for one in said for found in one.found)
    return (
        message.intent == "correct"
        or denies
        or message.cue("same_hour")
        or any(says_so(one) or one.cue("rather") for one in said)
    )


def _may_be_another(new: Mapping[str, Any], said: Sequence[Message]) -> bool:
    """Whether the sentences do not speak of the known meeting, or change much of it."""
    if any(cue(name).search(one.text) for one in said for name in ANOTHER):
        return True
    if all(one.cue("is_of_the_meeting") or any(cue(name).search(one.text) for name in _NUMBERED) for one in said):
        return False
    return len(new) > 1 or not all(one.cue("the_meeting") or says_nothing_else(one) for one in said)


def _sentences_of(new: Mapping[str, Any], message: Message) -> list[Message]:
    """The sentences with the new values."""
    told = [one.start for one in message.found if one.negated or _gives(one, new)]
    spans = sentence_spans(message.text, message.unbroken)
    return [as_message(message, *span) for span in spans if any(span[0] <= start < span[1] for start in told)]


def _gives(one: Found, new: Mapping[str, Any]) -> bool:
    if one.entity == "date":
        return new.get("meeting_date") in days_said(one)
    key = one.value["key"] if one.entity == "department" else one.value
    return one.entity in ("department", "meeting_kind") and key in new.values()
