"""The words of a reason that tell one ground and nothing else."""

from itertools import pairwise

from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.ground_mentions import said_of_grounds
from bot.nlu.acts.request.texts.removed_words import without_spans
from bot.nlu.values import find_values
from common import patterns
from common.clock import now

_JOINT = patterns.compile(r"\s(?=(?:og|men) )|(?<=[.!?])\s", patterns.IGNORECASE)


def without_ground(text: str, ground: str) -> str | None:
    """The text without the sentences, else what 'og' joins in them, that tell only this ground.

    None where none do, or all.
    """
    sentences = sentence_spans(text)
    clauses = list(pairwise([0, *(one.start() for one in _JOINT.finditer(text)), len(text)]))
    for spans in (sentences, clauses):
        gone = [span for span in spans if _told(text[slice(*span)]) == [ground]]
        if gone and (left := without_spans(text, gone)):
            return left
    return None


def _told(said: str) -> list[str]:
    """The grounds that words tell."""
    found = tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in find_values(said, now()))
    return said_of_grounds(Message(said, "inform", 0.0, found)).told
