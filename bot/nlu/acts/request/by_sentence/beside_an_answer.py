"""Clauses that steer or correct a choice beside an answer: 'jobcentret, jeg vil stoppe', 'ja, men bisidder er nej'.

What a clause does when it stands alone, it does beside an answer as well: it is read by itself, with its own label and
learnt answers, and the rest of the message without it.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.request.by_sentence.in_order import Read
from bot.nlu.acts.request.clauses import as_message, keep_spans
from bot.nlu.acts.request.dialogue.steering import asks_to_send
from bot.nlu.acts.request.limits import CERTAIN, STEERING_WORDS
from bot.nlu.acts.request.message import Message, slot_names
from bot.nlu.acts.request.named_choices import named_choice
from bot.nlu.certainty import BEYOND_DOUBT, UNDERSTOOD
from bot.nlu.clauses import bare, clauses
from common import acts
from common.acts import WILL_ASK, Act
from common.request import State
from common.slots import BINDING, EXPLICIT, FREE_TEXT

_STEERS = {acts.STOP, acts.RESTART, acts.BACK, acts.WAIT, acts.WHY, acts.SIMPLIFY, acts.KEEP}
# Besides: questions for the request's state, and for a person.
_OF_THE_STATE = {"progress", "noted"}
_ASKED = {"human_handover", "check_status", "help"}
# Labels that steer by themselves.
_LABELS = ("cancel", "restart", "simplify", "human_handover")
_ENDS_IT = {acts.STOP, acts.RESTART}
# These count also where the rest tells nothing.
_COUNTS_ALONE = {acts.CHANGE, acts.SET, acts.KEEP}
# Choices whose names are no values, unlike 'lyd'.
_NAMED_ALONE = ("support_person_possible", "recording_purpose", "meeting_kind")
_GESTURES = ("thank", "goodbye", "greet", WILL_ASK)
# In words: the name of a slot and a joiner.
_NAME_WORDS = 2
_TOLD = {acts.SET, acts.CHANGE, acts.ADD_MEETING, acts.REMOVE_MEETING, acts.EMPTY, acts.UNSURE, acts.SKIP}
_FALLBACK = "nlu_fallback"
# 'Stop' in a reason is a word of it, unless it is a sentence of its own.
_ENDS = (".", "!", "?", "\n")


def split_off(message: Message, state: State, read: Read) -> tuple[list[Act], Message] | None:
    """The acts of those clauses, and the message without them; None where it says nothing else.

    `read`: reads a clause.
    """
    if state.pending or message.like_a_command or message.values("reference"):
        return None
    apart, left = list[Act](), list[tuple[int, int]]()
    for start, end in clause_spans(message):
        found = _apart(message, start, end, state, read)
        done = {(act.act, act.slot, str(act.value)) for act in apart}
        apart += [act for act in found or () if (act.act, act.slot, str(act.value)) not in done]
        if found is None:
            left.append((start, end))
    if not left or (not apart and len(left) == len(clause_spans(message))):
        return None
    rest = keep_spans(message, left, learned=True)
    return apart, rest.within(0, len(rest.text.rstrip(" .,")))


def clause_spans(message: Message) -> list[tuple[int, int]]:
    """The clauses; none ends inside a value or after a name alone: 'bisidder, det er ja'."""
    made: list[tuple[int, int]] = []
    for start, end in clauses(message.text):
        before = made[-1] if made else None
        inside = any(first < start < last for first, last in message.unbroken)
        if before and (inside or _only_names(message.text[slice(*before)])):
            made[-1] = (before[0], end)
        else:
            made.append((start, end))
    return made if len(made) > 1 else []


def _only_names(clause: str) -> bool:
    """Whether a clause is hardly more than the name of a slot."""
    words = bare(clause)
    if clause.rstrip().endswith(_ENDS):
        return False
    return len(words.split()) <= _NAME_WORDS and any(slot_names()[slot].search(words.lower()) for slot in _NAMED_ALONE)


def joined(apart: Sequence[Act], rest: Sequence[Act], state: State) -> list[Act]:
    """The acts of those clauses behind those of the rest; empty where the rest tells nothing and is read with them.

    Beside a wish to stop only an answer counts: 'Stop. Jeg har fundet referatet i min e-Boks' says why.
    """
    told = [act for act in rest if act.act != acts.UNREAD or act.about == acts.LEFT]
    if any(act.act == acts.KEEP for act in apart):
        told = [act for act in told if act.slot != state.asked]
    if any(act.act in _ENDS_IT for act in apart):
        if not state.has_given:
            return list(apart)  # stopped at once
        answers = (act for act in told if act.act == acts.SET and act.slot not in FREE_TEXT and act.value != "unknown")
        told = [act for act in answers if act.slot == state.asked or (act.slot in EXPLICIT and act.slot in state.asks)]
    if any(act.act == acts.CHANGE for act in apart):
        # It is asked for once more behind what changed.
        told = [act for act in told if act.act != acts.YES or act.slot not in BINDING]
    tells = any(act.act in _TOLD or (act.act in (acts.YES, acts.NO) and act.slot) for act in told)
    # 'Slet spørgsmålet og stop' asks for no new text.
    reopens = any(act.act == acts.REOPEN for act in rest) and any(act.act == acts.STOP for act in apart)
    changes = reopens or any(act.act in _COUNTS_ALONE for act in apart)
    return [*(told if tells else ()), *apart] if tells or changes else []


def _apart(message: Message, start: int, end: int, state: State, read: Read) -> list[Act] | None:
    """The acts of a clause that steers, or names a choice and its value; none of thanks; None for other clauses."""
    clause = as_message(message, start, end, learned=True)
    words = bare(clause.text)
    if not words or (state.asked in FREE_TEXT and not _is_a_sentence(message.text, start, end)):
        return None
    named = [act for act in named_choice(clause, state) or () if act.about != acts.AGAIN]
    said = named or _steering(message, clause, words, state, read)
    if said and said[0].act == acts.WAIT and end < len(message.text):
        return None  # 'Vent, det var den 15.': only behind what is told it asks to wait
    return said


def _steering(message: Message, clause: Message, words: str, state: State, read: Read) -> list[Act] | None:
    """The acts of a clause that steers, none of thanks; `words`: its own, without a joiner."""
    label, certainty = message.labels.get(words, (clause.intent, 0.0))
    if clause.has_values or len(words.split()) > STEERING_WORDS or clause.cue("denies_stopping"):
        return None
    if label in _GESTURES and certainty >= BEYOND_DOUBT:
        return []
    # Beside 'send' a label stops nothing: 'så lader vi den ligge. Ja, send'.
    sends = message.cue("plain_send") or (state.asked == "review" and asks_to_send(message))
    if label in _LABELS and certainty >= CERTAIN and not sends:
        act, value = acts.named(label)
        return [Act(act, value, label=label, certainty=round(certainty, 3), words=words)]
    # 'Jeg hører dårligt. Det er ikke nemt at følge med' is one reason.
    if certainty < (CERTAIN if state.asked in FREE_TEXT else UNDERSTOOD):
        label, certainty = _FALLBACK, 0.0
    said = read(replace(clause, intent=label, confidence=certainty), state)
    return said if said and all(map(_is_steering, said)) else None


def _is_steering(act: Act) -> bool:
    return act.act in _STEERS or act.slot in _OF_THE_STATE or (act.act == acts.ASK and act.value in _ASKED)


def _is_a_sentence(text: str, start: int, end: int) -> bool:
    before, said = text[:start].rstrip(" "), text[start:end].rstrip(" ")
    return (not before or before.endswith(_ENDS)) and (end == len(text) or said.endswith(_ENDS))
