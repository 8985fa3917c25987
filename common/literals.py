"""What a text must hold for a pattern to match it: a cheap test that spares most matches.

`needed` reads it from the pattern, `Pieces` from the text. Both write letters in lower case, digits as 0 and white
space as a blank, so that they can be compared whatever the pattern's flags.
"""

import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Sequence
from itertools import product
from operator import add
from typing import Any, TypeAlias

# Characters of a piece: longer ones would be rarer, but a text has as many of them as of each shorter length.
LONGEST = 4
# Strings that are followed through a pattern, and characters of a class that are told apart.
_MOST_STRINGS = 400
_MOST_CHARACTERS = 12
_LATIN = frozenset(map(chr, range(256)))
# No other character of a pattern's letters, digits or white space is written with these.
USUAL = _LATIN | set("–—‘’‚“”„…•€→")
_FOLDED = {ord(sign): "0" if sign.isdecimal() else " " if sign.isspace() else sign.lower() for sign in _LATIN}
# How likely a piece of so many characters is in a text: which of a pattern's parts is looked for.
_LIKELY = (1000.0, 1.0, 0.3, 0.1, 0.03)

# All strings that a part of a pattern matches, None where they are too many; strings one of which is in each match.
_Strings: TypeAlias = frozenset[str]
_Part: TypeAlias = tuple[_Strings | None, _Strings | None]
_NOTHING: _Strings = frozenset({""})
_UNKNOWN: _Part = None, None


def needed(pattern: str, flags: int) -> frozenset[str] | None:
    """Pieces, one of which is in every text that the pattern matches; None where there are no such.

    `pattern`: in the syntax of Python's `re`; `flags`: those of `common.patterns`.
    """
    _, strings = _sequence(parser.parse(pattern, flags))
    return frozenset(string[:LONGEST] for string in strings) if strings else None


def pieces(text: str) -> frozenset[str] | None:
    """All pieces of a text; None for a text with rare characters, which may be another writing of a pattern's."""
    if not USUAL.issuperset(text):
        return None
    text = text.translate(_FOLDED)
    found, longest = set(text), list(text)
    for length in range(1, LONGEST):
        longest = list(map(add, longest, text[length:]))
        found.update(longest)
    return frozenset(found)


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Part:
    found: list[_Strings] = []
    # The strings of the parts since the last one that is unknown.
    strings, known = _NOTHING, True
    for kind, content in items:
        these, inside = _part(kind, content)
        if inside:
            found.append(inside)
        if these is not None and len(strings) * len(these) <= _MOST_STRINGS:
            strings = frozenset(map("".join, product(strings, these)))
            continue
        found.append(strings)
        strings, known = these or _NOTHING, False
    found.append(strings)
    told = [one for one in found if "" not in one]
    return strings if known else None, min(told, key=_likely) if told else None


def _likely(strings: frozenset[str]) -> float:
    return sum(_LIKELY[min(len(string), LONGEST)] for string in strings)


def _part(kind: Any, content: Any) -> _Part:
    if kind is code.LITERAL:
        return _characters([(kind, content)])
    if kind is code.IN:
        return _characters(content)
    if kind is code.BRANCH:
        return _either([_sequence(branch) for branch in content[1]])
    if kind is code.SUBPATTERN:
        return _sequence(content[3])
    if kind is code.ATOMIC_GROUP:
        return _sequence(content)
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return _repeated(*content)
    if kind is code.ASSERT:
        return _NOTHING, _sequence(content[1])[1]
    return (_NOTHING, None) if kind in (code.AT, code.ASSERT_NOT) else _UNKNOWN


def _characters(items: Sequence[tuple[Any, Any]]) -> _Part:
    """One character of a class."""
    found: set[str] = set()
    for kind, content in items:
        if kind is code.CATEGORY and content in (code.CATEGORY_DIGIT, code.CATEGORY_SPACE):
            found.add("0" if content is code.CATEGORY_DIGIT else " ")
            continue
        first, last = content if kind is code.RANGE else (content, content) if kind is code.LITERAL else (0, 256)
        if last >= len(_FOLDED):
            return _UNKNOWN
        found.update(_FOLDED[letter] for letter in range(first, last + 1))
    return (frozenset(found), None) if len(found) <= _MOST_CHARACTERS else _UNKNOWN


def _either(branches: Sequence[_Part]) -> _Part:
    strings = [these for these, _ in branches if these is not None]
    inside = [needs for _, needs in branches if needs]
    every = frozenset[str]().union(*strings)
    return (
        every if len(strings) == len(branches) and len(every) <= _MOST_STRINGS else None,
        frozenset[str]().union(*inside) if len(inside) == len(branches) else None,
    )


def _repeated(least: int, most: int, items: Iterable[tuple[Any, Any]]) -> _Part:
    strings, inside = _sequence(items)
    if (least, most) == (1, 1):
        return strings, inside
    if least:
        return None, inside
    return (strings | {""} if strings is not None and most == 1 else None), None
