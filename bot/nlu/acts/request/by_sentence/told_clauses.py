"""The clauses of a message, each with what it tells of the request (data/choices/told_of.yml)."""

from collections.abc import Iterator
from dataclasses import replace

from bot.nlu.acts.request.by_sentence.beside_an_answer import clause_spans
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans


def told_clauses(message: Message, *, asking: bool = False) -> Iterator[Message]:
    """The clauses with their learnt answers; `asking`: also those of a question."""
    if not clause_spans(message):
        yield replace(message, intent="inform", confidence=0.0)
    for start, end in told_spans(message, asking=asking):
        yield as_message(message, start, end, learned=True)


def told_spans(message: Message, *, asking: bool = False) -> Iterator[tuple[int, int]]:
    """The spans of those clauses; none of a message of one clause."""
    questions = [span for span in sentence_spans(message.text, message.unbroken) if _asks(message, *span)]
    for start, end in clause_spans(message):
        if asking or not any(first <= start < last for first, last in questions):
            yield start, end


def _asks(message: Message, start: int, end: int) -> bool:
    # Its other clauses belong to the question: 'sådan med kamera på, er det noget, I siger ja til?'
    return message.text[start:end].rstrip().endswith("?")
