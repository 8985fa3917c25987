"""Normalises characters (any script's digits to 0-9, dashes to '-') and maps back to the original."""

import html
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from common import patterns

MASK = "(CPR-nummer skjult)"
# Stands for a number that is masked already: nothing is read across it. Otherwise control characters are dropped.
BARRIER = "\0"

# '&nbsp;', '&#48;', and in an address '%20', '%2D' and figures.
_ESCAPED = patterns.compile(
    r"(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)|%(?P<hex>2[0DEFdef]|3[0-9])"
    rf"|(?P<mask>{patterns.escape(MASK)})"
)
# Letters of other scripts that look like O, I and l.
_ALIKE = {"О": "O", "о": "o", "Ο": "O", "ο": "o", "І": "I", "і": "i", "Ι": "I", "ι": "i", "ӏ": "l", "Ӏ": "I"}
_UNSEEN_LETTERS = "\ufffd\u115f\u1160\u3164\uffa0"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Mn", "Me"})
_BY_CATEGORY = {"Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n"}


@dataclass(frozen=True)
class Plain:
    """The normalised text, and where each of its characters begins and ends in the original."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of a span in the normalised text."""
        return self.starts[start], self.ends[end - 1]


def read_signs(text: str) -> Plain:
    """The text with its characters normalised."""
    signs = list(map(_plain_sign, text))
    if "&" in text or "%" in text or MASK in text:
        for found in _ESCAPED.finditer(text):
            start, end = found.span()
            signs[start:end] = [_unescaped(found), *[""] * (end - start - 1)]
    starts = [place for place, sign in enumerate(signs) if sign]
    # What is dropped behind a sign goes with it: the marks of '1️⃣'.
    return Plain("".join(signs), starts, [*starts[1:], len(text)])


def _unescaped(found: patterns.Match) -> str:
    if found["mask"]:
        return BARRIER
    sign = html.unescape(found["entity"]) if found["entity"] else chr(int(found["hex"], 16))
    # '&' alone for what is no entity: the letters of its name are no words of the text.
    return _plain_sign(sign) if len(sign) == 1 else "&"


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() or sign == "\n" else " " if sign.isspace() else ""
    category = unicodedata.category(sign)
    # The replacement character stands where something that nobody could read was taken away.
    if category in _DROPPED or sign in _UNSEEN_LETTERS:
        return " " if sign == "\x85" else ""
    number = unicodedata.numeric(sign, None)
    if number is not None:
        return str(int(number)) if number in range(10) else sign
    if sign in _ALIKE:
        return _ALIKE[sign]
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    plain = unicodedata.normalize("NFKC", sign)
    return "-" if plain == "−" else plain if len(plain) == 1 else sign
