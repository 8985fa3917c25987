"""The `Value` type, and helpers for the text in which values are found."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from common import patterns


@dataclass(frozen=True)
class Value:
    """One value of a message: `text[start:end]` as written, `value` as JSON, `rule` the rule that found it.

    `negated`: the citizen denies it, or it is no longer so. `aside`: it belongs to another matter than the request.
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
    """The text in NFC, and for each of its characters (and its end) the index in `text` that it came from."""
    if unicodedata.is_normalized("NFC", text):
        return text, list(range(len(text) + 1))
    parts: list[str] = []
    origin: list[int] = []
    for found in _CLUSTER.finditer(text):
        part = unicodedata.normalize("NFC", found.group())
        parts.append(part)
        origin.extend([found.start()] * len(part))
    return "".join(parts), [*origin, len(text)]
