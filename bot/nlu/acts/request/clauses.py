"""The clauses of a message inside a request: where one may end and another begin, and what is left without some."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.nlu.acts.request.message import ANSWER, Found, Message, cues
from bot.nlu.acts.request.sentences import sentence_spans

Span = tuple[int, int]
_LABEL = "inform"


def clause_spans(message: Message) -> list[Span]:
    """The sentences of a message, each at 'og jeg', ', mødet er' and the like: 'kun lyd og mødet er kl. 14'."""
    return [clause for span in sentence_spans(message.text, message.whole) for clause in clauses_of(message, *span)]


def clauses_of(message: Message, start: int, end: int) -> list[Span]:
    """One sentence at its joints; no clause ends inside a value."""
    joints = [start + joint.start() for joint in cues()["joins_clauses"].finditer(message.text[start:end].lower())]
    joints = [one for one in joints if not any(first < one < last for first, last in message.whole)]
    spans = list(pairwise([start, *joints, end]))
    made = spans[:1]
    for span in spans[1:]:
        if _goes_on(message, made[-1], span):
            made[-1] = (made[-1][0], span[1])
        else:
            made.append(span)
    return made


def _goes_on(message: Message, before: Span, clause: Span) -> bool:
    """'Vi mødes ikke, det er på telefonen', 'datoen er forkert, det er den 11.': what is denied, and what is meant."""
    says_otherwise = message.cue_in("says_otherwise", message.text[slice(*clause)])
    return says_otherwise and message.cue_in("contradicts", message.text[slice(*before)])


def as_said(message: Message, start: int, end: int, *, learned: bool = False) -> Message:
    """A part of a message as a message of its own; what was learnt of the whole is not said of it.

    `learned`: it answers what was learnt of its own clauses.
    """
    said = message.text[start:end]
    begin = start + len(said) - len(said.lstrip())
    part = message.within(begin, begin + len(said.strip()))
    found = tuple(one for one in part.found if one.entity != ANSWER)
    own = [one for clause in part.clauses for one in clause.value] if learned else []
    answers = (Found(ANSWER, own, 0, len(part.text)),) if own else ()
    return replace(part, intent=_LABEL, confidence=0.0, found=(*found, *answers))


def left_of(message: Message, spans: Sequence[Span]) -> Message:
    """The message as these parts of it alone, without what joins them to what is gone."""
    text, found, clauses = "", list[Found](), list[Found]()
    for start, end in spans:
        moved = len(text) - start
        text += message.text[start:end]
        values = (one for one in message.found if one.entity != ANSWER and start <= one.start < end)
        found += [replace(one, start=one.start + moved, end=one.end + moved) for one in values]
        learned = (one for one in message.clauses if one.start < end and start < one.end)
        clauses += [replace(one, start=one.start + moved, end=one.end + moved) for one in learned]
    if spans[-1][1] < len(message.text):
        text = text.rstrip(" \n,;")
    joiner = cues()["between_clauses"].match(text.lower()) if spans[0][0] else None
    left = replace(message, text=text, intent=_LABEL, confidence=0.0, found=tuple(found), clauses=tuple(clauses))
    return left.within(joiner.end() if joiner else 0, len(text))
