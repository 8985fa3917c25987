"""Rules for messages about the person whom a request is for: what is known is told again, or in another capacity."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.limits import TALK_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, changed, given
from bot.nlu.values.people.relations import is_named
from common.acts import AGAIN, Act
from common.request import State
from common.slots import BEHALF, FREE_TEXT


def said_again(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Confirms what is known of the person for whom it is, where the message corrects nothing in it."""
    held = {slot: state.known[slot] for slot in BEHALF if state.known.get(slot)}
    misses = any(one.rule == "missing" for one in message.values("behalf"))
    corrects = (message.cue("contradicts") or message.cue("correction")) and not message.is_question
    news = any(state.known.get(slot) != value for slot, value in reading.values.items())
    if not held or news or not (misses or corrects):
        return None
    return given(held, AGAIN) if is_named(message.text, held.get("behalf_who"), held.get("behalf_name")) else None


def capacity(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A change of relation to guardian or representative; known already, it is confirmed."""
    held = {slot: state.known[slot] for slot in BEHALF if state.known.get(slot)}
    told = learned_answers.capacity(message)
    others = any(state.known.get(slot) != value for slot, value in reading.values.items() if slot not in BEHALF)
    if not held or not told or others or message.is_question or message.words > TALK_WORDS:
        return None
    if state.asked in FREE_TEXT or message.values("behalf"):
        return None
    again = held.get("behalf_relation") == told
    return given(held, AGAIN) if again else changed({"behalf_relation": told})
