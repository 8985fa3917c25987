"""Acts of a message inside a request: its parts that tell something by themselves are read apart, each by the rules."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence import (
    before_a_wish,
    beside_a_keep,
    beside_a_removal,
    beside_a_text,
    beside_a_yes,
    beside_an_answer,
    how_to_reach,
    taken_back,
)
from bot.nlu.acts.request.by_sentence.in_order import may_add, read_in_order
from bot.nlu.acts.request.by_sentence.in_passing import without_values_in_passing
from bot.nlu.acts.request.by_sentence.other_sentences import merged, read_unread
from bot.nlu.acts.request.by_sentence.state_after import after
from bot.nlu.acts.request.by_sentence.told_anew import with_told_anew
from bot.nlu.acts.request.dialogue.binding import WHERE, binds
from bot.nlu.acts.request.meeting_text.dates import counted_from_known
from bot.nlu.acts.request.meeting_text.parts import days_said
from bot.nlu.acts.request.meetings import removal
from bot.nlu.acts.request.meetings.recurrence_given_up import with_recurrence_given_up
from bot.nlu.acts.request.meetings.same_or_new import ask_same_or_new
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.rules import by_first_rule, unread
from bot.nlu.acts.request.slot_values import given
from bot.nlu.acts.request.texts import put_back, remarks, text_changes, whose_reason
from common.acts import (
    ADD_MEETING,
    ADDS,
    AGAIN,
    BACK,
    BINDS,
    CHANGE,
    LAST_CHANGE,
    LEFT,
    REMOVE_MEETING,
    REOPEN,
    SET,
    SMALL_TALK,
    START,
    UNREAD,
    WAIT,
    Act,
)
from common.request import State
from common.slots import FREE_TEXT, SUPPORT_PERSON_TEXT

_OF_ONE_VALUE = ("meeting_date", "meeting_time", "meeting_kind")
_CORRECTS = (CHANGE, ADD_MEETING, REMOVE_MEETING)


def acts_of(message: Message, state: State) -> list[Act]:
    """The acts of a message at the slot asked for. Raises OutOfTime (common/patterns.py)."""
    if state.asked in WHERE and binds(message.text, WHERE[state.asked]):
        return by_first_rule(message, state)  # no word of it tells anything else: 'Ja, send den bare, tak'
    if split := beside_a_yes.split_off(message, state):
        yes, rest = split
        return beside_a_yes.joined(yes, acts_of(rest, state), rest, str(state.kind))
    if stays := beside_a_keep.split_off(message, state):
        kept, rest, now = stays
        return [kept, *map(_of_left_text, acts_of(rest, now))]
    if parts := before_a_wish.split_off(message, state):
        before, wish = parts
        return [*acts_of(before, state), *acts_of(wish, state)]
    acts = _apart(message, state)
    if told := without_values_in_passing(message, acts, state):
        message, acts = told, _apart(told, state)
    acts = with_told_anew(message, state, acts, _read_whole)
    acts = _with_changes_only(acts, message, state)
    return _without_way_back(with_recurrence_given_up(acts or [unread(message, state)], message, state))


def _with_changes_only(acts: list[Act], message: Message, state: State) -> list[Act]:
    """The acts, without a change of a meeting to what it is: "rettet" is said of nothing that stays.

    Another day beside it is named as not understood: 'du skriver kun den 10., mødet den 8. januar skal også med'.
    """
    same = [
        act
        for act in acts
        if act.act == CHANGE and not (act.about or act.readings) and act.meeting is None and act.value is not None
        if act.slot in _OF_ONE_VALUE and act.value == state.known.get(act.slot)
    ]
    changed = [act for act in acts if act not in same]
    if any(act.slot == "meeting_date" and _tells_another_day(message, act.value) for act in same):
        changed.append(Act(UNREAD, about=LEFT, words=message.text))
    return changed if changed or not same else [Act(SMALL_TALK, slot="noted", words=same[0].words)]


def _without_way_back(acts: list[Act]) -> list[Act]:
    """The acts, without going back where what was to be corrected is told: 'lidt tilbage, det er den 16.'.

    Nor is a text put back that is told anew: 'det var ikke meningen. Ret forklaringen til: ...'. Who corrects
    does not wait: 'vent, skriv også ...'.
    """
    if any(act.act in _CORRECTS for act in acts):
        acts = [act for act in acts if act.act != WAIT]
    changes = [act for act in acts if act.act == CHANGE]
    anew = any(act.slot in FREE_TEXT and act.about != ADDS for act in changes)
    acts = [act for act in acts if not (anew and act.slot == LAST_CHANGE)]
    return [act for act in acts if act.act != BACK] if changes else acts


def _tells_another_day(message: Message, day: str) -> bool:
    return any(day not in days_said(one) for one in message.values("date") if not one.negated)


def _apart(message: Message, state: State) -> list[Act]:
    return _without_reopened(_read(message, state))


def _without_reopened(acts: list[Act]) -> list[Act]:
    """The acts, without asking anew for what is told its new value."""
    told = {act.slot for act in acts if act.act in (SET, CHANGE)}
    told |= {""} if any(act.act == REMOVE_MEETING for act in acts) else set()
    # 'Ret bisidder: min søster, kun til møde 1'
    told |= {"support_person_possible"} if SUPPORT_PERSON_TEXT in told else set()
    # 'Kajs efternavn mangler. Han hedder Kaj Holm' is of one name.
    told |= {"applicant_name"} if "behalf_name" in told else set()
    return [act for act in acts if act.act != REOPEN or act.slot not in told]


def _read(message: Message, state: State) -> list[Act]:
    message = counted_from_known(message, state)
    if said_how := how_to_reach.split_off(message, state):
        told, left = said_how
        beside = _in_parts(left, state) if left else []
        # 'Ring hellere, jeg læser ikke mails': what is kept is not read.
        beside = [act for act in beside if act.act != UNREAD or act.about]
        return [*map(_of_left_text, beside), *told]
    return _in_parts(message, state)


def _in_parts(message: Message, state: State) -> list[Act]:
    """The acts of a message, of which the parts that tell something by themselves are read apart."""
    if text_changes.dictates(message, state):
        return _with_text(message, state)
    if without := remarks.without_named(message, state):
        return without
    if split := put_back.split_put_back(message, state):
        back, rest = split
        return [*back, *_apart(rest, state)]
    if split := beside_an_answer.split_off(message, state, _read_whole):
        apart, rest = split
        if told := beside_an_answer.joined(apart, _apart(rest, put_back.as_put_back(state, apart)), state):
            return [*map(_of_left_text, told)]
    if taken_out := taken_back.split_off(message, state, _read_whole) or beside_a_removal.split_off(message, state):
        told, left = taken_out
        told += whose_reason.own_reason_mark(told, state.known, state.settled)
        now = after(state, told)
        beside = with_told_anew(left, now, _apart(left, now), _read_whole) if left else []
        beside = [_of_left_text(act) for act in beside if left and beside_a_text.may_stand_beside(act, left)]
        # What is added to a text stands behind what is left of it.
        return [*told, *beside] if any(act.about == ADDS for act in beside) else [*beside, *told]
    return _with_text(message, state)


def _with_text(message: Message, state: State) -> list[Act]:
    """The acts of a message, of which what changes a text, removes a meeting or stands in a text is read apart."""
    if edited := beside_a_text.split_edits(message, state):
        written, others = edited
        beside = [act for act in _apart(others, state) if beside_a_text.may_stand_beside(act, others)]
        # Behind a wish for another request stand that one's values.
        told = [*map(_of_left_text, beside), *_apart(written, state)]
        return sorted(told, key=lambda act: act.act == START)
    if text_changes.dictates(message, state):
        return _acts_of(message, state)
    if split := removal.split_removals(message, state):
        gone, rest = split
        told = [removal.with_meeting_number(act) for act in _apart(rest, state) if may_add(act, rest, state)]
        # 'Slet mødet den 1. januar. Der er ikke noget møde den dag' removes one.
        return [*(act for act in told if act not in gone and not removal.asks_which(act)), *gone]
    if cut := beside_a_text.split_off(message, state, _read_whole):
        told, left = cut
        return [*map(_of_left_text, _acts_of(left, state) if left else ()), *told]
    return _acts_of(message, state)


def _acts_of(message: Message, state: State) -> list[Act]:
    told = _read_whole(message, state)
    if not text_changes.dictates(message, state):
        told = read_in_order(message, state, told, _read_whole) or told
    acts = merged(told, read_unread(message, state, told, _read_whole))
    acts += _same_hour(acts, message, state)
    if not message.cue("it_is_not_me"):
        acts = [*acts, *whose_reason.own_reason_mark(acts, state.known, state.settled)]
    return ask_same_or_new(acts, message, state)


def _same_hour(acts: Sequence[Act], message: Message, state: State) -> list[Act]:
    """The known hour, where a new day has it: 'rykket til torsdag, samme tid'."""
    new_day = any(act.slot == "meeting_date" and act.act in (SET, CHANGE) and not act.readings for act in acts)
    hour = state.known.get("meeting_time")
    told = any(act.slot == "meeting_time" for act in acts)
    return given({"meeting_time": hour}) if new_day and hour and not told and message.cue("same_hour") else []


def _of_left_text(act: Act) -> Act:
    """An act of the remaining text: it never binds, and what was not understood is named."""
    if act.about == BINDS:
        return replace(act, about="")
    return replace(act, about=LEFT) if act.act == UNREAD and not act.about else act


def _read_whole(message: Message, state: State) -> list[Act]:
    """The acts of the whole message; where a field is to be written into the text, those of the field."""
    field = text_changes.field_in_text(message, state)
    field_acts = by_first_rule(field, state) if field else []
    if not _tells_fields(field_acts):
        return by_first_rule(message, state)
    more = field and learned_answers.has_no_field(field)
    return [*field_acts, *(by_first_rule(message, state) if more else ())]


def _tells_fields(acts: list[Act]) -> bool:
    """Whether all acts set fields and none a text, and not all say again what is known."""
    fields = all(act.act in (SET, CHANGE, ADD_MEETING) and act.slot not in FREE_TEXT for act in acts)
    return fields and any(act.about != AGAIN for act in acts)
