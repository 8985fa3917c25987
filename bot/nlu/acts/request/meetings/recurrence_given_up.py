"""A recurrence that is given up for one day, or taken out: 'kun torsdag den 10.', 'ikke alle samtaler i december'."""

from collections.abc import Sequence

from bot.nlu.acts.request.meeting_text.parts import cue
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import changed, reopened
from common.acts import CHANGE, SET, UNREAD, Act
from common.request import State

_SLOT, _DAY = "meeting_recurrence", "meeting_date"


def with_recurrence_given_up(acts: list[Act], message: Message, state: State) -> list[Act]:
    """The acts, and a recurrence without a day taken out where one day is told or the recurrence is to go."""
    if not state.known.get(_SLOT) or state.known.get(_DAY) or len(state.meetings) > 1:
        return acts
    again = any(one.entity == "recurrence" and not one.negated for one in message.found)
    period = any(one.entity == "recurrence" or one.rule == "vague_phrase" for one in message.found)
    if not again and _tells_a_day(acts):
        return [*acts, *changed({_SLOT: None})]
    if period and cue("removes").search(message.text) and all(act.act == UNREAD for act in acts):
        return [*changed({_SLOT: None}), *reopened([_DAY])]
    return acts


def _tells_a_day(acts: Sequence[Act]) -> bool:
    return any(act.act in (SET, CHANGE) and act.slot == _DAY and act.value for act in acts)
