"""Whose a reason is, in a request for another: the citizen's own, or the other person's (conversation.md, 6)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.nlu.acts.request.message import Found, Message, cues
from bot.nlu.acts.request.slot_values import Reading, given
from bot.nlu.acts.request.texts.ground_mentions import said_of_grounds, word
from bot.nlu.values import values_in
from bot.nlu.values.people.relations import only_kin
from common.acts import ADDS, AGAIN, CHANGE, EMPTY, SET, Act
from common.request import State
from common.slots import LONGEST_BEHALF_WORDS, OWN_REASON

_REASON, _GROUNDS = "recording_explanation", "recording_grounds"
_ASKS_WHO_COMES = "support_person_possible"


def own_reason_mark(told: Iterable[Act], known: Mapping[str, Any], settled: Collection[str] = ()) -> list[Act]:
    """EMPTY of OWN_REASON, where the explanation of a request for another is about the citizen alone."""
    said = {act.slot: act for act in told if act.act in (SET, CHANGE, EMPTY) and act.slot}
    told_now = {slot: act.value for slot, act in said.items() if act.act != EMPTY}
    behalf = {**known, **told_now}.get("behalf_relation")
    if not behalf or OWN_REASON in said or not said.keys() & {_REASON, "behalf_relation"}:
        return []
    before, new = str(known.get(_REASON) or ""), said.get(_REASON)
    # A reason told before it is asked for is added to, and stays whose it is.
    adds = bool(new and before and (new.act == SET or new.about == ADDS))
    # One that is made shorter as well.
    shorter = new is not None and bool(before) and {*str(new.value).split()} <= {*before.split()}
    if adds and OWN_REASON in settled:
        return [Act(EMPTY, slot=OWN_REASON)]
    if shorter:
        return [Act(EMPTY, slot=OWN_REASON)] if OWN_REASON in settled else []
    text = before if adds or not new else str(new.value)
    return [Act(EMPTY, slot=OWN_REASON)] if _is_own(text) else []


def _is_own(text: str) -> bool:
    """Whether a reason is about the citizen alone: by the clauses that tell a condition, where there are any."""
    found = tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in values_in(text))
    said = said_of_grounds(Message(text, "inform", 0.0, found))
    clauses = [text[slice(*clause)].lower() for clause in said.clauses]
    telling = {one.clause for one in said.mentions if not one.denied}
    conditions = [
        words
        for clause, words in zip(said.clauses, clauses, strict=True)
        if clause in telling or word("conditions").search(words)
    ]
    if any(word("of_another").search(one) and not word("of_oneself").search(one) for one in conditions):
        return False
    return bool(cues()["of_oneself"].search(text.lower()))


def reason_is_anothers(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Marks the known reason as the other person's: 'det er ikke mig, der glemmer, det er min mor'."""
    held = {slot: state.known[slot] for slot in (_REASON, _GROUNDS) if state.known.get(slot)}
    others = any(state.known.get(slot) != value for slot, value in reading.values.items())
    if not held or others or message.is_question or not message.cue("it_is_not_me"):
        return None
    tells = bool(said_of_grounds(message).mentions) or bool(word("conditions").search(message.text.lower()))
    if not state.known.get("behalf_relation"):
        named = only_kin(message.text) if tells else None
        said = message.text[:LONGEST_BEHALF_WORDS]
        words = {"behalf_relation": "relative", "behalf_who": named.who, "behalf_words": said} if named else {}
        return given(words) or None
    if state.asked == _ASKS_WHO_COMES and not tells:
        return None
    if OWN_REASON in state.settled and _REASON in held:
        return [Act(CHANGE, held[_REASON], slot=_REASON)]
    shown = _GROUNDS if _GROUNDS in held else _REASON
    return given({shown: held[shown]}, AGAIN)


def reason_is_own(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Marks the known reason as the citizen's own, in a request for another."""
    reason = state.known.get(_REASON)
    if not reason or not state.known.get("behalf_relation") or message.is_question:
        return None
    named = bool(message.values(_GROUNDS)) and message.cue("it_is_me")
    if not named and not message.cue("reason_is_mine"):
        return None
    return [Act(CHANGE, reason, slot=_REASON), Act(EMPTY, slot=OWN_REASON)]
