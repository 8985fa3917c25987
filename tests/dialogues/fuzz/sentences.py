"""Sentences of citizens with the values that a person reads from them (sentences.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from fuzz.places import answer_to

_FILE = Path(__file__).with_name("sentences.toml")
_KEYS = {"lines", "fills", "date", "time", "meetings", "fits", "marks", "topic", "cpr", "repeat"}
Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Sentence:
    """A text and its values; sentences.toml explains the fields."""

    text: str
    fills: Values = field(default_factory=dict)
    fits: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    topic: str | None = None
    cpr: str | None = None
    meetings: tuple[Values, ...] = ()  # the values of each meeting, where there are several

    def __add__(self, other: "Sentence") -> "Sentence":
        """Both sentences in one message; a yes beside anything but values is no longer a yes."""
        fills = {
            slot: self.fills.get(slot, frozenset()) | other.fills.get(slot, frozenset())
            for slot in {*self.fills, *other.fills}
        }
        marks = self.marks | other.marks
        if not all("yes" in one.marks or one.fills for one in (self, other)) or (self.marks ^ other.marks) - {"yes"}:
            marks = marks - {"yes"} | ({"half_yes"} if "yes" in marks else set())
        return Sentence(f"{self.text}. {other.text}", fills, self.fits & other.fits, marks, None, self.cpr or other.cpr)


@lru_cache(maxsize=1)
def sentences() -> tuple[Sentence, ...]:
    """All sentences, in the file's order. Raises ValueError for an unknown key of a group."""
    found: list[Sentence] = []
    for group in tomllib.loads(_FILE.read_text(encoding="utf-8"))["group"]:
        if unknown := set(group) - _KEYS:
            raise ValueError(f"{_FILE.name}: {unknown}")
        fills = {slot: frozenset(values) for slot, values in group.get("fills", {}).items()}
        fills |= {f"meeting_{key}": frozenset(group[key]) for key in ("date", "time") if key in group}
        meetings = tuple(_meeting(one) for one in group.get("meetings", ()))
        for one in meetings:
            fills |= {slot: fills.get(slot, frozenset()) | values for slot, values in one.items()}
        fits = frozenset({*group.get("fits", ()), *fills})
        found += [
            Sentence(
                line * group.get("repeat", 1),
                fills,
                fits,
                frozenset(group.get("marks", ())),
                group.get("topic"),
                group.get("cpr"),
                meetings,
            )
            for line in group["lines"]
        ]
    return tuple(found)


def _meeting(group: Mapping[str, list[str]]) -> Values:
    return {f"meeting_{key}": frozenset(values) for key, values in group.items()}


@cache
def answers(slot: str | None) -> tuple[Sentence, ...]:
    """The likely answers to a slot; wishes for None."""
    return tuple(one for one in sentences() if (slot or "request_type") in one.fits)


@lru_cache(maxsize=1)
def questions() -> tuple[Sentence, ...]:
    """The sentences that ask about a topic."""
    return tuple(one for one in sentences() if one.topic)


@cache
def marked(*marks: str) -> tuple[Sentence, ...]:
    """The sentences with one of these marks."""
    return tuple(one for one in sentences() if one.marks & set(marks))


def plain_answer(slot: str) -> Sentence:
    """The sentence that plainly answers the question of a slot."""
    return next(one for one in sentences() if one.text == answer_to(slot))
