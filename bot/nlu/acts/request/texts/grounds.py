"""Corrections of the grounds of a recording; the explanation in words stays."""

from bot.nlu.acts.request.limits import GROUNDS_WORDS, NOT_GROUNDS_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, changed, reopened
from bot.nlu.acts.request.texts.edits import words
from common import patterns
from common.acts import CHANGE, EMPTY, Act
from common.request import State
from common.slots import FREE_TEXT, OWN_REASON

_GROUNDS = "recording_grounds"
_TELLS = patterns.compile(r"\b(?:jeg|mig|min|mit|vi|han|hun|fordi)\b")


def correct_grounds(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The grounds meant, where known ones are denied or new ones named."""
    known = list(state.known.get(_GROUNDS) or ())
    if not known or state.asked in FREE_TEXT or message.is_question:
        return None
    text = message.text.lower()
    said = [(ground, one) for ground, pattern in words().grounds.items() for one in pattern.finditer(text)]
    denied = {ground for ground, one in said if _is_denied(one, message)}
    if message.cue("takes_out") and (denied or _GROUNDS in message.named_slots()):
        denied = {ground for ground, _ in said}  # 'fjern grunden svært ved at huske'
    meant = list(dict.fromkeys(ground for ground, _ in said if ground not in denied))
    # 'Grunden er ikke hukommelsen, det er fordi jeg er tunghør'
    meant = meant or [ground for ground in reading.values.get(_GROUNDS) or () if ground not in denied]
    named = message.cue("names_the_ground") or message.cue("takes_out")
    if meant and (denied & {*known} or (denied and named) or (named and _names_it_alone(message))):
        return changed({_GROUNDS: meant})
    if meant or not denied & {*known} or not named or message.words > NOT_GROUNDS_WORDS:
        return None
    left = [one for one in known if one not in denied]
    return changed({_GROUNDS: left}) if left else reopened([_GROUNDS])


def _names_it_alone(message: Message) -> bool:
    """Whether it names the ground and explains nothing."""
    return message.words <= GROUNDS_WORDS and not _TELLS.search(message.text.lower())


def _is_denied(one: patterns.Match, message: Message) -> bool:
    """Whether the words around a ground deny it."""
    before, behind = message.text[: one.start()], message.text[one.end() :]
    return message.cue_in("denies_what_follows", before) or message.cue_in("denies_what_is_before", behind)


def reason_is_own(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Marks the known reason as the citizen's own, in a request for another."""
    reason = state.known.get("recording_explanation")
    if not reason or not state.known.get("behalf_relation") or message.is_question:
        return None
    named = bool(message.values("recording_grounds")) and message.cue("it_is_me")
    if not named and not message.cue("reason_is_mine"):
        return None
    return [Act(CHANGE, reason, slot="recording_explanation"), Act(EMPTY, slot=OWN_REASON)]
