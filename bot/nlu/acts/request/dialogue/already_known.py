"""Values that are known already: kept, or told again."""

from bot.nlu.acts.request.dialogue import consent
from bot.nlu.acts.request.dialogue.binding import binds
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, given
from common.acts import AGAIN, CORRECTS, KEEP, UNREAD, Act
from common.request import State
from common.slots import FREE_TEXT


def keep(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """KEEP of a slot that was to be changed."""
    asked = "meeting_date" if state.pending and state.pending["kind"] == "date" else state.asked or ""
    held = asked in state.former or state.known.get(asked) not in (None, [], "")
    # 'Ja, send', 'behold det, og send den', where a known text is asked for again
    sends = message.cue("says_send") and consent.leaves_all(message, state)
    leaves = asked in FREE_TEXT and (binds(message.text, "review") or sends)
    return [Act(KEEP, slot=asked)] if held and (message.cue("keep") or leaves) else None


def said_again(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Values that are known already; UNREAD where the message says that something is wrong."""
    again = {slot: value for slot, value in reading.values.items() if state.known.get(slot) == value}
    if not again or len(again) != len(reading.values):
        return None
    # 'Det er ikke en telefonsamtale, hun kommer hjem til mig', where that is known
    otherwise = any(one.negated for one in message.found)
    return [_not_understood(message)] if message.cue("contradicts") and not otherwise else given(again, AGAIN)


def _not_understood(message: Message) -> Act:
    return Act(UNREAD, about=CORRECTS, words=message.text)
