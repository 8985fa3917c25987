"""Values that are mentioned in passing: no clause with one tells it, or it stands in a question."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.told_clauses import told_clauses, told_spans
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import MAY_BE_TOLD, TOLD_OF
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import ENTITIES_OF
from common.acts import CHANGE, WHICH_MEETING, Act
from common.request import State

# By slot, what a clause with its new value tells; a clause may tell all of a meeting at once.
_OF_A_MEETING = ("meeting_department", "meeting_date", "meeting_time", "meeting_kind")
_TOLD_IN = {
    **dict.fromkeys(("meeting_department", "meeting_department_text", "meeting_kind"), _OF_A_MEETING),
    **dict.fromkeys(("meeting_date", "meeting_recurrence"), ("meeting_date", "meeting_time")),
    **{slot: (slot,) for slot in ("recording_medium", "recording_purpose", "support_person_possible")},
    "meeting_time": ("meeting_date", "meeting_time"),
    "applicant_name": ("applicant",),
}
# A clause that names one of these tells nothing else by its other values.
_NAMED_ALONE = {"support_person_possible", "recording_purpose"}
# 'Det er på video, over Teams' is how the meeting is held; 'skriv bare hjerneskadekoordinatoren' names no citizen.
_CONFUSED = {"recording_medium": "meeting_kind", "applicant_name": "meeting_department"}


def without_values_in_passing(message: Message, acts: Iterable[Act], state: State) -> Message | None:
    """The message without the values that are only mentioned; None where no act holds one.

    'Det har jeg fået at vide i dag', 'min datter har fri på fredag'
    """
    passing = [one.slot for act in acts for one in _in_passing(act, message, state)]
    found = message.found
    for slot in passing:
        entities = ENTITIES_OF.get(slot, (slot,))
        telling = [span for span in told_spans(message) if _tells(as_message(message, *span, learned=True), slot)]
        found = tuple(
            one
            for one in found
            if one.entity not in entities or any(start <= one.start < end for start, end in telling)
        )
    return replace(message, found=found) if passing else None


def _in_passing(act: Act, message: Message, state: State) -> Iterator[Act]:
    """Of the values that an act changes or asks about those that are only mentioned; of a meeting all or none."""
    if act.act == WHICH_MEETING and isinstance(act.value, list):
        told = [Act.of(one) for one in act.value]
        if all(_is_in_passing(one, message, state) for one in told):
            yield from told
    elif _is_in_passing(act, message, state):
        yield act


def is_in_passing(act: Act, message: Message, state: State) -> bool:
    """Whether a known value changes, or is asked about, that is only mentioned."""
    return any(_in_passing(act, message, state))


def _is_in_passing(act: Act, message: Message, state: State) -> bool:
    if act.slot not in _TOLD_IN or act.slot in state.asks or act.slot not in state.known:
        return False
    if not act.readings and (act.act != CHANGE or act.value is None):
        return False
    if act.slot == "applicant_name" and str(act.value).lower().startswith(f"{state.known[act.slot]} ".lower()):
        return False  # 'Kim', then 'det er kim rosager'
    entities = ENTITIES_OF.get(act.slot, (act.slot,))
    clauses = list(told_clauses(message))
    one_sentence = len(message.sentences) == 1 and _tells(message, act.slot)
    naming = [one for one in clauses if one.values(*entities)]
    named = {slot for one in naming for slot in one.named_slots()} & _NAMED_ALONE
    if (
        named
        and not {act.slot, *_TOLD_IN[act.slot]} & named
        and not any(_tells(one, act.slot, TOLD_OF) for one in naming)
    ):
        return True  # 'bisidder er kun til ydelsesservice'
    said_so = (one.cue("correction") or act.slot in one.named_slots() for one in naming)
    if not learned_answers.is_learnt(message) or any(said_so):
        return False
    of_a_meeting = set(_TOLD_IN[act.slot]) <= set(_OF_A_MEETING)
    if of_a_meeting and naming and all(map(learned_answers.has_no_field, naming)):
        return not any(_tells(one, act.slot, TOLD_OF) for one in naming)  # 'det er hos Kirsten fra seniorteamet'
    if not naming and message.values(*entities):
        # 'På brevet står der ydelsescentret, er det det samme?'
        asking = [one for one in told_clauses(message, asking=True) if one.values(*entities)]
        return not message.cue("asks_to_correct") and not any(_tells(one, act.slot, TOLD_OF) for one in asking)
    return bool(clauses) and not one_sentence and not any(_tells(one, act.slot) for one in naming or clauses)


def _tells(clause: Message, slot: str, least: float = MAY_BE_TOLD) -> bool:
    told = learned_answers.told_of(clause, least)
    return bool({*_TOLD_IN[slot]} & {*told}) and told[0] != _CONFUSED.get(slot)
