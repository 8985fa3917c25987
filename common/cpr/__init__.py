"""Finds and masks CPR numbers in any spelling, before a text is stored, logged or sent.

A CPR number is a day of birth (ddmmyy; 60 is added to the day of a replacement number) and four digits. There is no
check by modulus 11: valid numbers without it have been issued since 2007. In doubt a number is masked, but not
telephone numbers, case numbers or a day with a time.

All functions may raise patterns.OutOfTime. Such a text is not masked and must not be kept.
"""

from collections.abc import Sequence

from common.cpr.number_words import NUMBER_WORDS, spoken_numbers
from common.cpr.search import Span, merged, search
from common.cpr.signs import MASK, read_signs
from common.cpr.split import search_split

__all__ = ["MASK", "NUMBER_WORDS", "find", "mask", "mask_after", "spoken_numbers"]

# Masking may join what stood on both sides of a number, so the text is searched again.
_MOST_ROUNDS = 10


def find(text: str) -> list[Span]:
    """The spans of CPR numbers in the text, by place, not overlapping."""
    plain = read_signs(text)
    return [plain.span(start, end) for start, end in search(plain.text)]


def mask(text: str) -> tuple[str, int]:
    """The text with each CPR number replaced by `MASK`, and how many there were.

    Idempotent; takes time linear in the length of the text.
    """
    return mask_after(text, ())


def mask_after(text: str, before: Sequence[str], asked: str = "") -> tuple[str, int]:
    """As `mask`; also masks what completes a CPR number that earlier messages began.

    `before`: the citizen's last messages as stored, the latest last. `asked`: the assistant's question since then.
    """
    earlier = [read_signs(one).text for one in before]
    found = 0
    for _ in range(_MOST_ROUNDS):
        plain = read_signs(text)
        spans = merged([*search(plain.text), *search_split(plain.text, earlier, asked)])
        if not spans:
            break
        text, count = _masked(text, [plain.span(start, end) for start, end in spans])
        found += count
    return text, found


def _masked(text: str, spans: list[Span]) -> tuple[str, int]:
    parts: list[str] = []
    place = 0
    for start, end in spans:
        parts += [text[place:start], MASK]
        place = end
    return "".join([*parts, text[place:]]), len(spans)
