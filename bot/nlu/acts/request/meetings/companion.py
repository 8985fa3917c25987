"""Who comes along to one of several meetings, which the request has one answer for."""

from bot.nlu.acts.request.meeting_text.listed_days import with_days_apart
from bot.nlu.acts.request.meeting_text.parts import PLACES, cue
from bot.nlu.acts.request.meetings.which_meeting import is_of
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_around
from bot.nlu.acts.request.slot_values import Reading, changed, given
from common.acts import ADDS, CHANGE, Act
from common.request import State

_SLOT, _TEXT = "support_person_possible", "recording_explanation"
_NAMES = ("date", "department", "meeting_kind")


def one_meetings_companion(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Yes, with the citizen's words kept, where the answer differs between meetings; None where it does not."""
    told = state.asked == _SLOT or _SLOT in message.named_slots() or bool(message.values("support_person"))
    if len(state.meetings) < 2 or not told or message.is_question or not {_SLOT, state.asked} & {*state.known, _SLOT}:
        return None
    named = _meetings_named(with_days_apart(message, state.today), state)
    first, last = min(named, default=(0, 0)), max(named, default=(0, 0))
    if len(named) < 2 or not message.cue_in("told_apart", message.text[first[1] - 1 : last[0]]):
        return None
    words = sentence_around(message.text, first[0], last[1], message.unbroken)
    new = {} if state.known.get(_SLOT) == "yes" else {_SLOT: "yes"}
    return [*(changed(new) if _SLOT in state.known else given(new)), Act(CHANGE, words, ADDS, slot=_TEXT)]


def _meetings_named(message: Message, state: State) -> list[tuple[int, int]]:
    """Where the message names some of the known meetings and not all of them."""
    values = [one for one in message.found if one.entity in _NAMES]
    by_value = {
        (one.start, one.end)
        for one in values
        if 0 < sum(is_of(one, meeting) for meeting in state.meetings) < len(state.meetings)
    }
    by_place = {found.span() for name in (*PLACES, "last") for found in cue(name).finditer(message.text)}
    return sorted(by_value | by_place)
