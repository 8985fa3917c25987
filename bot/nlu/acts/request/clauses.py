"""Clauses of a message, and messages made of some of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.nlu.acts.request.message import ANSWER, TYPE_OF_INTENT, Found, Message, cues
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.clauses import bare

Span = tuple[int, int]
_LABEL = "inform"


def clause_spans(message: Message) -> list[Span]:
    """Spans of the clauses, split at sentence ends and at joints within sentences."""
    return [clause for span in sentence_spans(message.text, message.unbroken) for clause in clauses_of(message, *span)]


def clauses_of(message: Message, start: int, end: int) -> list[Span]:
    """Spans of the clauses of one sentence; none ends inside a value."""
    joints = [start + joint.start() for joint in cues()["joins_clauses"].finditer(message.text[start:end].lower())]
    joints = [one for one in joints if not any(first < one < last for first, last in message.unbroken)]
    spans = list(pairwise([start, *joints, end]))
    made = spans[:1]
    for span in spans[1:]:
        if _goes_on(message, made[-1], span):
            made[-1] = (made[-1][0], span[1])
        else:
            made.append(span)
    return made


def _goes_on(message: Message, before: Span, clause: Span) -> bool:
    """Whether a clause states what the one before it denies."""
    says_otherwise = message.cue_in("says_otherwise", message.text[slice(*clause)])
    return says_otherwise and message.cue_in("contradicts", message.text[slice(*before)])


def as_message(message: Message, start: int, end: int, *, learned: bool = False) -> Message:
    """A part of a message as a message of its own, without the whole message's learnt answers.

    `learned`: with the learnt answers of its own clauses.
    """
    said = message.text[start:end]
    begin = start + len(said) - len(said.lstrip())
    part = message.within(begin, begin + len(said.strip()))
    found = tuple(one for one in part.found if one.entity != ANSWER)
    own = [one for clause in part.clauses for one in clause.value] if learned else []
    # Also where none is likely: what reads it then knows that the model was asked.
    answers = (Found(ANSWER, own, 0, len(part.text)),) if own or (learned and part.clauses) else ()
    return replace(part, intent=_LABEL, confidence=0.0, found=(*found, *answers))


def with_own_wish(part: Message) -> Message:
    """A part of a message with the label of its own, where that wishes for a request."""
    label, certainty = part.labels.get(bare(part.text), ("", 0.0))
    return replace(part, intent=label, confidence=certainty) if label in TYPE_OF_INTENT else part


def keep_spans(message: Message, spans: Sequence[Span], *, learned: bool = False) -> Message:
    """The message reduced to these parts, without the words that joined them to the rest.

    `learned`: with the learnt answers of its own clauses.
    """
    text, found, clauses = "", list[Found](), list[Found]()
    for start, end in spans:
        # 'Ja okay.' and 'jeg hører dårligt' stay two sentences.
        text += " " if text and not text[-1].isspace() and message.text[start].isalnum() else ""
        moved = len(text) - start
        text += message.text[start:end]
        values = (one for one in message.found if one.entity != ANSWER and start <= one.start < end)
        found += [replace(one, start=one.start + moved, end=one.end + moved) for one in values]
        within = (one for one in message.clauses if one.start < end and start < one.end)
        clauses += [replace(one, start=one.start + moved, end=one.end + moved) for one in within]
    if spans[-1][1] < len(message.text):
        text = text.rstrip(" \n,;")
    joiner = cues()["between_clauses"].match(text.lower()) if spans[0][0] else None
    own = [one for clause in clauses for one in clause.value] if learned else []
    found += [Found(ANSWER, own, 0, len(text))] if own else []
    left = replace(
        message, text=text, intent=_LABEL, confidence=0.0, found=tuple(found), clauses=tuple(clauses), apart=True
    )
    return left.within(joiner.end() if joiner else 0, len(text))
