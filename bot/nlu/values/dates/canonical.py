"""Rewrites a message to one spelling, so that the rules for dates and times are written once.

Lower case, æ ø å as letters a-z, single blanks, typos corrected, ordinal words as '3º'. Each character maps back to
its place in the message.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.values.dates.slips import mend
from bot.nlu.values.lexicon import Words, fold, load, word_set
from bot.nlu.values.model import cover
from common import patterns

CLAIMED = "~"  # covers a time that was read; a date may continue behind it
HIDDEN = "¤"  # covers an address or a number; no date continues behind it
_TOKEN = patterns.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_NUMBER_OR_DAY = patterns.compile(r"\d{1,2}(?!\d)|d\b|den\b")


@dataclass(frozen=True)
class Lexicon:
    """The words of data/values/dates.yml, folded. `spelling`: how the rules write each word."""

    words: Words
    fixed: frozenset[str]
    spelling: dict[str, str]
    weak_weekdays: dict[str, str]
    short_months: dict[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    numbers: dict[str, int]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words, built at the first message."""
    data = load("dates")
    spelling: dict[str, str] = {}
    for group in ("weekdays", "months", "words"):
        for word, others in data[group].items():
            spelling.update({fold(other): fold(word) for other in others})
            spelling[fold(word)] = fold(word)
    weekdays = tuple(fold(day) for day in data["weekdays"])
    for day in weekdays:
        spelling.update({day + ending: day + ending for ending in ("s", "en")})
    # Known forms, so that 'uger' is not taken for a typo of 'uge'.
    for word in ("uger", "ugen", "maaneder", "maaneden", "dag", "minut"):
        spelling[word] = word
    ordinals = {fold(word): f"{number}º" for number, word in enumerate(data["ordinals"], 1)}
    numbers = {fold(word): number for number, word in enumerate(data["numbers"], 1)} | {"et": 1, "een": 1}
    feasts = {fold(word) for feast in data["feasts"] for name in feast["names"] for word in name.split()}
    known = {*spelling, *ordinals, *numbers, *feasts}
    return Lexicon(
        words=Words(known, (fold(word) for word in data["protected"])),
        fixed=frozenset({*known, *(fold(word) for name in ("weak_weekdays", "short_months") for word in data[name])}),
        spelling={word: ordinals.get(meant, meant) for word, meant in spelling.items()} | ordinals,
        weak_weekdays={fold(word): fold(day) for word, day in data["weak_weekdays"].items()},
        short_months={fold(word): fold(month) for word, month in data["short_months"].items()},
        weekdays=weekdays,
        months=tuple(fold(month) for month in data["months"]),
        numbers=numbers,
    )


class Canonical:
    """A message in one spelling (`text`); the spans `hidden` are covered. `span` maps back to the original."""

    def __init__(self, text: str, hidden: Iterable[tuple[int, int]] = ()) -> None:
        plain = cover("".join(_ascii_digit(sign) for sign in text), hidden, HIDDEN)
        parts: list[str] = []
        self._start: list[int] = []
        self._end: list[int] = []
        tokens = list(_TOKEN.finditer(plain))
        for index, (token, word) in enumerate(zip(tokens, _spelt(tokens), strict=True)):
            if index and token.start() > tokens[index - 1].end():
                parts.append(" ")
                self._start.append(tokens[index - 1].end())
                self._end.append(token.start())
            parts.append(word)
            self._start.extend([token.start()] * len(word))
            self._end.extend([token.end()] * len(word))
        self.text = "".join(parts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of `self.text[start:end]`, which must not be empty."""
        return self._start[start], self._end[end - 1]

    def claim(self, spans: Iterable[tuple[int, int]]) -> str:
        """The canonical text with these spans of it covered by `CLAIMED`."""
        return cover(self.text, spans, CLAIMED)


def _ascii_digit(sign: str) -> str:
    if sign.isascii():
        return sign
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


def _spelt(tokens: list[patterns.Match]) -> list[str]:
    words = mend([token.group() for token in tokens], [_spell(tokens, n) for n in range(len(tokens))], lexicon().fixed)
    return [lexicon().spelling.get(word, word) for word in words]


def _spell(tokens: list[patterns.Match], index: int) -> str:
    word = tokens[index].group()
    if not word[0].isalpha():
        return {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "’": "'"}.get(word, word)
    word = fold(word)
    known = lexicon()
    before = tokens[index - 1].group() if index else ""
    after = [token.group().lower() for token in tokens[index + 1 : index + 4]]
    if word in known.weak_weekdays and _is_short_weekday(word, fold(before), after, len(tokens)):
        return known.weak_weekdays[word]
    if word in known.short_months and _is_short_month(word, [token.group() for token in tokens[:index][-2:]], after):
        return known.short_months[word]
    if word in known.numbers and fold(before) == "uge" and _is_number_of_a_week(tokens, index):
        return str(known.numbers[word])
    if word in known.spelling:
        return known.spelling[word]
    near = known.words.nearest(word)
    return known.spelling.get(near, near)


def _is_number_of_a_week(tokens: list[patterns.Match], index: int) -> bool:
    """Whether the number word behind 'uge' is the week's: 'i uge syv', not 'i næste uge to møder'."""
    return index < 2 or not tokens[index - 2].group().isalpha() or fold(tokens[index - 2].group()) in ("i", "til", "om")


def _is_short_weekday(word: str, before: str, after: list[str], length: int) -> bool:
    if before in word_set("dates", "no_weekday_after"):
        return False
    if before == "paa" and word in ("man", "tir", "tor") and (not after or after[0] in ("kl", "klokken", "d", ",")):
        return True
    if word in ("fre", "fred"):
        return word == "fre" or bool(after[:1] == ["."] or _NUMBER_OR_DAY.fullmatch("".join(after[:1])))
    if not after:
        return length == 1 and word != "man"
    if after[0] == ".":
        return length == 2 or bool(after[1:] and (_NUMBER_OR_DAY.match(after[1]) or after[1] in ("kl", ",")))
    return bool(after[0] in ("d", "den") and after[1:] and (after[1].isdigit() or after[1] == ".")) or (
        after[0].isdigit() and len(after) > 1 and after[1] in ("/", ".", "-")
    )


def _is_short_month(word: str, before: list[str], after: list[str]) -> bool:
    last = [fold(token) for token in before if token != "."][-1:]
    if last and (last[0].isdigit() or lexicon().spelling.get(last[0], "").endswith("º")):
        return True
    if last and last[0] in ("primo", "medio", "ultimo", "i", "til", "engang") and word not in ("jul", "jan", "mar"):
        return True
    following = [token for token in after if token not in (".", "d", "den")][:1]
    return bool(following and following[0].isdigit() and len(following[0]) <= 2)
