"""What stands in a request: to be kept as it is, said once more, or told otherwise in words without a slot."""

from bot.nlu.acts.request import consent
from bot.nlu.acts.request.behalf import capacity_told
from bot.nlu.acts.request.binding import binds
from bot.nlu.acts.request.found import Reading, changed, given
from bot.nlu.acts.request.limits import SURE, TALK_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.values.people.relations import is_named
from common.acts import AGAIN, CHANGE, CORRECTS, EMPTY, KEEP, UNREAD, Act
from common.request import State
from common.slots import BEHALF, FREE_TEXT, OWN_REASON


def kept(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Behold det, som det er', where something was to be changed."""
    asked = "meeting_date" if state.pending and state.pending["kind"] == "date" else state.asked or ""
    held = asked in state.former or state.known.get(asked) not in (None, [], "")
    # 'Ja, send', 'behold det, og send den', where a text that stands there is asked for again
    leaves = asked in FREE_TEXT and (binds(message.text, "review") or consent.leaves_it(message))
    return [Act(KEEP, slot=asked)] if held and (message.cue("keep") or leaves) else None


def for_whom(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Det er altså min mor, der glemmer, ikke mig', of the one for whom it is: that stands in the request."""
    held = {slot: state.known[slot] for slot in BEHALF if state.known.get(slot)}
    misses = any(one.rule == "missing" for one in message.values("behalf"))
    corrects = (message.cue("contradicts") or message.cue("correction")) and not message.is_question
    news = any(state.known.get(slot) != value for slot, value in reading.values.items())
    if not held or news or not (misses or corrects):
        return None
    return given(held, AGAIN) if is_named(message.text, held.get("behalf_who"), held.get("behalf_name")) else None


def capacity(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Der skal stå, at jeg er værge for ham': of the one for whom it is; where it does, that is said."""
    held = {slot: state.known[slot] for slot in BEHALF if state.known.get(slot)}
    told = capacity_told(message)
    others = any(state.known.get(slot) != value for slot, value in reading.values.items() if slot not in BEHALF)
    if not held or not told or others or message.is_question or message.words > TALK_WORDS:
        return None
    if state.asked in FREE_TEXT or message.values("behalf"):
        return None
    again = held["behalf_relation"] == told
    return given(held, AGAIN) if again else changed({"behalf_relation": told})


def own_reason(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Det er mig, der er ordblind, ikke Emil': of whom the reason is that stands in a request for another."""
    reason = state.known.get("recording_explanation")
    if not reason or not state.known.get("behalf_relation") or message.is_question:
        return None
    named = bool(message.values("recording_grounds")) and message.cue("it_is_me")
    if not named and not message.cue("reason_is_mine"):
        return None
    return [Act(CHANGE, reason, slot="recording_explanation"), Act(EMPTY, slot=OWN_REASON)]


def said_again(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """What is known already, said once more, or a correction that is not understood."""
    again = {slot: value for slot, value in reading.values.items() if state.known.get(slot) == value}
    if not again or len(again) != len(reading.values):
        return None
    # 'Det er ikke en telefonsamtale, hun kommer hjem til mig', where that is what stands there
    otherwise = any(one.negated for one in message.found)
    return [_not_understood(message)] if message.cue("contradicts") and not otherwise else given(again, AGAIN)


def at_the_review(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Det er hende, ikke mig': at the review what tells something, and changes nothing, is a correction."""
    if state.asked != "review" or state.pending is not None or message.is_question or state.failures:
        return None
    tells = message.intent in ("inform", "correct") and message.confidence >= SURE
    return [_not_understood(message)] if tells or message.cue("contradicts") else None


def _not_understood(message: Message) -> Act:
    return Act(UNREAD, about=CORRECTS, words=message.text)
