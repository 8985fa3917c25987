"""A recurrence that is given up for one day, or taken out: 'kun torsdag den 10.', 'ikke alle samtaler i december'."""

from collections.abc import Sequence

from bot.nlu.acts.request.meeting_text.parts import cue
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import changed, reopened
from common.acts import CHANGE, SET, UNREAD, Act
from common.request import State

_SLOT, _DAY = "meeting_recurrence", "meeting_date"


def with_recurrence_given_up(acts: list[Act], message: Message, state: State) -> list[Act]:
    """The acts, and a recurrence taken out where only one day is meant, or it is to go.

    'Den første er den 7.' tells its first day, and it stays.
    """
    if not state.known.get(_SLOT) or len(state.meetings) > 1:
        return acts
    denied = any(one.entity == "recurrence" and one.negated for one in message.found)
    if (denied or cue("only").search(message.text)) and _tells_a_day(acts):
        return [*acts, *changed({_SLOT: None})]
    period = any(one.entity == "recurrence" or one.rule == "vague_phrase" for one in message.found)
    if period and cue("removes").search(message.text) and all(act.act == UNREAD for act in acts):
        return [*changed({_SLOT: None}), *reopened([_DAY])]
    return acts


def _tells_a_day(acts: Sequence[Act]) -> bool:
    return any(act.act in (SET, CHANGE) and act.slot == _DAY and act.value for act in acts)
