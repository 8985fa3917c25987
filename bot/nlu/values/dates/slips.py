"""Corrects typos in the words of a date, where the neighbouring words leave little doubt.

`lexicon.Words` corrects long words wherever they stand. Here the neighbours say what a word must be: a month behind
'den 16.' ('edcember'), a unit behind 'om tre' ('ugre'). One edit or transposition is allowed, also in the first
letter. Ordinary words, and words that are equally near to two others, stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.nlu.values.lexicon import fold, load, word_set
from common import patterns

_SHORTEST, _LONG = 3, 8
_NUMBER = r"(?:\d+|[a-z]*(?:en|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|fjorten|femten|seksten|atten|tyve|et))"
_UNIT = r"(?:uger?|dage?|maaned(?:er)?|aar)"
_FEAST = r"(?:jule|paaske|pinse|nytaars)dag\b"


@dataclass(frozen=True)
class _Place:
    """Words that are expected between `before` and `after`."""

    words: tuple[tuple[str, str], ...]  # in lower case, and folded
    before: patterns.Pattern
    after: patterns.Pattern


def _place(words: Sequence[str], before: str = "", after: str = "") -> _Place:
    return _Place(
        tuple((word, fold(word)) for word in words),
        patterns.compile(rf"(?:{before})$"),
        patterns.compile(rf"^(?:{after})"),
    )


@lru_cache(maxsize=1)
def _places() -> tuple[_Place, ...]:
    data = load("dates")
    weekdays, months, numbers = list(data["weekdays"]), list(data["months"]), list(data["numbers"])
    long_months = [
        month for month in months if len(month) > len("juni")
    ]  # 'maj' and 'juli' are too near to the names 'Maja' and 'Julie'
    feasts = [name for feast in data["feasts"] for name in feast["names"] if name.isalpha() and len(name) >= _LONG]
    week = rf"(?:{'|'.join(map(fold, weekdays))})"
    month = rf"(?:{'|'.join(map(fold, months))})"
    hour = rf"(?:\d|(?:{'|'.join(map(fold, numbers[:12]))})\b)"
    return (
        _place(long_months, rf"(?:\d|º)\.?|\b{month} (?:og|eller)"),
        _place(long_months, r"\b(?:i|til|primo|medio|ultimo)", r"(?: 20\d\d\b|[ .,!?]*$)"),
        _place([f"{day}s" for day in weekdays], r"\bi"),
        _place(
            data["ordinals"], r"\b(?:den|d\.?)", rf" (?:(?:i )?{month}|kl\b|klokken\b|i (?:den|næste|naeste) |[.,!?]|$)"
        ),
        _place(data["ordinals"][:5], "", rf" (?:{_FEAST}|{week}(?:en)? i )"),
        _place([number for number in numbers if len(number) > len("to")], rf"\b(?:om|for|{week})", rf" {_UNIT}\b"),
        _place(["uger", "dage", "måneder"], rf"\b(?:om|for|{week}) {_NUMBER}"),
        _place(["uge", "måned"], rf"\b(?:om|for|{week}) {_NUMBER}"),
        _place(["uge"], r"\b(?:i|næste|naeste|sidste|denne|forrige|kommende)", r"(?: \d|[ .,!?]*$)"),
        _place(["siden"], rf"\b{_UNIT}"),
        _place(["næste", "sidste", "forrige", "kommende"], "", rf" (?:uge|{week})\b"),
        _place(["morgen", "overmorgen", "forgårs", "eftermiddag", "formiddag"], r"\bi"),
        _place(["klokken"], "", rf" (?:\d|halv|kvart|{hour})"),
        _place(["halv"], r"\b(?:klokken|kl\.?|ca\.?)", rf" {hour}"),
        _place(["kvart"], "", rf" (?:over|i) {hour}"),
        _place(["over"], r"\b(?:kvart|fem|ti|tyve|minutter)", rf" {hour}"),
        # Long words, anywhere.
        _place([*weekdays, *(month for month in months if len(month) >= _LONG - 1), *feasts]),
    )


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    words = word_set("common_words", "words") | word_set("dates", "protected") | word_set("dates", "words")
    return words - word_set("dates", "slips_though_words")


def mend(written: Sequence[str], spelt: list[str], known: frozenset[str]) -> list[str]:
    """The words `spelt` with typos corrected.

    `written` and `spelt`: the tokens of a message as written and in canonical spelling, of equal length. `known`:
    words that are no typos.
    """
    mended = list(spelt)
    for _ in range(2):  # a corrected word may be the neighbour that corrects another
        for place, word in enumerate(mended):
            if len(written[place]) >= _SHORTEST and word.isalpha() and word not in known and word not in _ordinary():
                near = _near(written[place].lower(), word)
                mended[place] = (_fitting(near, *_neighbours(mended, place)) if near else None) or word
    return mended


def _neighbours(words: list[str], place: int) -> tuple[str, str]:
    before = " ".join(words[max(0, place - 3) : place])
    return before.replace(" .", "."), " " + " ".join(words[place + 1 : place + 4])


def _fitting(near: dict[int, list[str]], before: str, after: str) -> str | None:
    for number, place in enumerate(_places()):
        if number in near and place.before.search(before) and place.after.match(after):
            return near[number][0] if len(near[number]) == 1 else None
    return None


@lru_cache(maxsize=20_000)
def _near(written: str, word: str) -> dict[int, list[str]]:
    """The expected words that are one edit away, by the index of their place."""
    near: dict[int, list[str]] = {}
    for number, place in enumerate(_places()):
        fits = {folded for known, folded in place.words if _is_one_slip(written, word, known, folded)}
        if fits:
            near[number] = sorted(fits)
    return near


def _is_one_slip(written: str, word: str, known: str, folded: str) -> bool:
    if abs(len(written) - len(known)) > 1 and abs(len(word) - len(folded)) > 1:
        return False
    return 1 in (OSA.distance(written, known, score_cutoff=1), OSA.distance(word, folded, score_cutoff=1))
