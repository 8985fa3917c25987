"""Clauses that steer beside an answer: 'jobcentret, jeg vil gerne stoppe', 'kun lyd. Hvor mange spørgsmål er der igen'.

A clause that steers when it stands alone steers beside an answer as well: it is read by itself, with its own label and
learnt answers, and the rest of the message without it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.request.by_sentence.in_order import Read
from bot.nlu.acts.request.clauses import as_message, keep_spans
from bot.nlu.acts.request.limits import CERTAIN, STEERING_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.certainty import UNDERSTOOD
from bot.nlu.clauses import bare, clauses
from common import acts
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT

_STEERS = {acts.STOP, acts.RESTART, acts.BACK, acts.WAIT, acts.WHY, acts.SIMPLIFY}
# Besides: questions for the request's state, and for a person.
_OF_THE_STATE = {"progress", "noted"}
_ASKED = {"human_handover", "check_status", "help"}
# Labels that steer by themselves.
_LABELS = ("cancel", "restart", "simplify", "human_handover")
_ENDS_IT = {acts.STOP, acts.RESTART}
_TOLD = {acts.SET, acts.CHANGE, acts.ADD_MEETING, acts.REMOVE_MEETING, acts.EMPTY, acts.UNSURE, acts.SKIP}
_FALLBACK = "nlu_fallback"
# 'Stop' in a reason is a word of it, unless it is a sentence of its own.
_ENDS = (".", "!", "?", "\n")


def split_off(message: Message, state: State, read: Read) -> tuple[list[Act], Message] | None:
    """The acts of the clauses that steer, and the message without them; None where it says nothing else.

    `read`: reads a clause.
    """
    if state.pending or message.like_a_command:
        return None
    steering, left = list[Act](), list[tuple[int, int]]()
    for start, end in clauses(message.text):
        found = _steers(message, start, end, state, read)
        steering += [act for act in found if act not in steering]
        if not found:
            left.append((start, end))
    return (steering, keep_spans(message, left)) if steering and left else None


def told_beside(steering: Sequence[Act], told: Sequence[Act], state: State) -> list[Act]:
    """Of the acts of the rest, those that count beside the steering; empty where it tells nothing.

    Beside a wish to stop only an answer counts: 'Stop. Jeg har fundet referatet i min e-Boks' says why.
    """
    told = [act for act in told if act.act != acts.UNREAD]
    if any(act.act in _ENDS_IT for act in steering):
        told = [act for act in told if act.slot in state.asks and act.slot not in FREE_TEXT]
    tells = any(act.act in _TOLD or (act.act in (acts.YES, acts.NO) and act.slot) for act in told)
    return list(told) if tells else []


def _steers(message: Message, start: int, end: int, state: State, read: Read) -> list[Act]:
    """The steering acts of a clause; none where it tells anything else."""
    clause = as_message(message, start, end, learned=True)
    words = bare(clause.text)
    label, certainty = message.labels.get(words, (clause.intent, 0.0))
    if clause.has_values or not 0 < len(words.split()) <= STEERING_WORDS or clause.cue("denies_stopping"):
        return []
    if state.asked in FREE_TEXT and not _is_a_sentence(message.text, start, end):
        return []
    if label in _LABELS and certainty >= CERTAIN:
        act, value = acts.named(label)
        return [Act(act, value, label=label, words=words)]
    if certainty < UNDERSTOOD:
        label, certainty = _FALLBACK, 0.0
    said = read(replace(clause, intent=label, confidence=certainty), state)
    return said if said and all(map(_is_steering, said)) else []


def _is_steering(act: Act) -> bool:
    return act.act in _STEERS or act.slot in _OF_THE_STATE or act.value in _ASKED


def _is_a_sentence(text: str, start: int, end: int) -> bool:
    before, said = text[:start].rstrip(" "), text[start:end].rstrip(" ")
    return (not before or before.endswith(_ENDS)) and (end == len(text) or said.endswith(_ENDS))
