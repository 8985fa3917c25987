"""Values that are mentioned in passing: no clause with one tells it, or it stands in a question."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.told_clauses import told_clauses
from bot.nlu.acts.request.limits import MAY_BE_TOLD, TOLD_OF
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import ENTITIES_OF
from common.acts import CHANGE, WHICH_MEETING, Act
from common.request import State

# By slot, what a clause with its new value tells; a clause may tell all of a meeting at once.
_OF_A_MEETING = ("meeting_department", "meeting_date", "meeting_time", "meeting_kind")
_TOLD_IN = {
    **dict.fromkeys(("meeting_department", "meeting_department_text", "meeting_kind"), _OF_A_MEETING),
    "meeting_date": ("meeting_date", "meeting_time"),
    **{slot: (slot,) for slot in ("recording_medium", "recording_purpose", "support_person_possible")},
    "applicant_name": ("applicant",),
}
# 'Det er på video, over Teams' is how the meeting is held; 'skriv bare hjerneskadekoordinatoren' names no citizen.
_CONFUSED = {"recording_medium": "meeting_kind", "applicant_name": "meeting_department"}


def is_in_passing(act: Act, message: Message, state: State) -> bool:
    """Whether a known value changes, or is asked about, that only clauses hold which do not tell it, or ask.

    'Det har jeg fået at vide i dag', 'min datter har fri på fredag'
    """
    if act.act == WHICH_MEETING and isinstance(act.value, list):
        told = [Act.of(one) for one in act.value]
        return bool(told) and all(is_in_passing(one, message, state) for one in told)
    if act.slot not in _TOLD_IN or act.slot in state.asks or act.slot not in state.known:
        return False
    if not act.readings and (act.act != CHANGE or act.value is None):
        return False
    entities = ENTITIES_OF.get(act.slot, (act.slot,))
    clauses = list(told_clauses(message))
    naming = [one for one in clauses if one.values(*entities)]
    if not learned_answers.is_learnt(message) or any(one.cue("correction") for one in naming or clauses):
        return False
    if not naming and message.values(*entities):
        # 'På brevet står der ydelsescentret, er det det samme?'
        asking = [one for one in told_clauses(message, asking=True) if one.values(*entities)]
        return not message.cue("asks_to_correct") and not any(_tells(one, act.slot, TOLD_OF) for one in asking)
    return bool(clauses) and not any(_tells(one, act.slot, MAY_BE_TOLD) for one in naming or clauses)


def _tells(clause: Message, slot: str, least: float) -> bool:
    told = learned_answers.told_of(clause, least)
    return bool({*_TOLD_IN[slot]} & {*told}) and told[0] != _CONFUSED.get(slot)
