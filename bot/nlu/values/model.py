"""What a found value is, and the text it is found in."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from common import patterns


@dataclass(frozen=True)
class Value:
    """One value of a message: ``text[start:end]`` says it; ``value`` is what it means (JSON-able).

    ``negated``: the citizen names it as not so, or as what it was before ('ikke torsdag', 'fra torsdag til fredag').
    ``aside``: it is of something else than what is asked for ('brevet er fra den 24.').
    """

    entity: str
    start: int
    end: int
    value: Any
    rule: str
    negated: bool = False
    aside: bool = False


def cover(text: str, spans: Iterable[tuple[int, int]], sign: str) -> str:
    """The text, of the same length, with each character inside these spans replaced by `sign`."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = sign * (end - start)
    return "".join(signs)


_CLUSTER = patterns.compile(r".[\u0300-\u036f]*", patterns.DOTALL)


def compose(text: str) -> tuple[str, list[int]]:
    """The text with letters and accents as one character each, and where each character (and the end) stood."""
    if unicodedata.is_normalized("NFC", text):
        return text, list(range(len(text) + 1))
    parts: list[str] = []
    origin: list[int] = []
    for found in _CLUSTER.finditer(text):
        part = unicodedata.normalize("NFC", found.group())
        parts.append(part)
        origin.extend([found.start()] * len(part))
    return "".join(parts), [*origin, len(text)]
