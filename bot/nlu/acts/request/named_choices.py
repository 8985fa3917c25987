"""A known choice that a message names with its value: 'bisidder er nej', 'formålet er også andet'.

It is read as if that choice were asked for.
"""

from bot.nlu.acts.request.limits import CORRECTION_WORDS, CORRECTION_WORDS_BY_NAME, PLAIN
from bot.nlu.acts.request.message import Answer, Message
from bot.nlu.acts.request.reading import read
from bot.nlu.acts.request.slot_values import changed, given
from common.acts import AGAIN, Act
from common.request import State
from common.slots import LOOSE, SEVERAL

_OF_A_MEETING = ("department", "date", "time")
_MEDIUM, _KIND = "recording_medium", "meeting_kind"


def named_choice(message: Message, state: State) -> list[Act] | None:
    """The choice with its new value, or said to be known already; None where the message names none."""
    if message.is_question or message.words > CORRECTION_WORDS:
        return None
    named = [slot for slot in message.named_slots() if slot in LOOSE - SEVERAL and slot in state.known]
    if len(named) > 1:
        # 'Mødeformen er video': the medium's names are values of the other.
        named = [slot for slot in named if slot != _MEDIUM]
    if len(named) != 1 or named[0] == state.asked or not _may_be(named[0], message, state):
        return None
    slot = named[0]
    # Of two clauses the one with the phrase: 'den er kun til mig selv, ikke til advokaten'.
    said = {found.value for found in message.values(slot)}
    read_as = read(message, state.kind, slot, state.today, asks=(slot,)).values.get(slot)
    value = said.pop() if len(said) == 1 and message.cue("contradicts") else read_as
    plainly = slot in (_MEDIUM, _KIND) or message.cue("says_unsure")
    plainly = plainly or message.answers(slot).get(str(value), Answer()).whole >= PLAIN
    if value is None or not plainly:
        return None
    return given({slot: value}, AGAIN) if value == state.known[slot] else changed({slot: value})


def _may_be(slot: str, message: Message, state: State) -> bool:
    """Whether the name is that of the choice: of one meeting, and of the medium only where little else is said.

    'Video' beside a department or a day is how that meeting is held: 'og et møde mere, på video med PPR'.
    """
    if slot == _KIND:
        return len(state.meetings) < 2
    return slot != _MEDIUM or not (message.words > CORRECTION_WORDS_BY_NAME or message.values(*_OF_A_MEETING))
