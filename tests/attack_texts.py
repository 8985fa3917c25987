"""Texts that make a regular expression backtrack as long as possible, made from the expression itself.

Backtracking is slow where a repetition can match the same text in several ways, and the rest then does not match. So
for each repetition in a pattern: what leads up to it, many rounds of what it repeats, and an end that does not fit;
and, since a search begins anew at each place, many rounds of everything up to the repetition.
"""

import re
import re._constants as sre
import re._parser as parser
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

LONGEST = 4000
_MANY = 8  # fewer rounds do not backtrack
_VARIANTS = 4
_WIDEST = 150
_ENDS = ("", "x", "!", " ", "\n", "1")
_COMMON = ("a", " ", "0", ".", "a ", "1 ", "1.", "nej ", "og ", "det er ", "æ", "-", "\n", "A", "a.", "'", "(", "@")
_UNICODE_CLASS = re.compile(r"\\p\{\w+\}")
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def attack_texts(pattern: str) -> list[str]:
    """Distinct attack texts for a pattern, each of at most LONGEST characters."""
    # `re` does not know Unicode's classes: one character stands for each.
    tree = parser.parse(_UNICODE_CLASS.sub("\N{ZERO WIDTH SPACE}", pattern))
    texts = {_many(one): None for one in _COMMON}
    for before, body in _repetitions(list(tree), ""):
        for variant in range(max(_VARIANTS, _branches(body))):
            rounds = [_sample(body, variant), _sample(body, variant, 2)]
            for one in filter(None, dict.fromkeys(rounds)):
                ends = _ENDS if variant < _VARIANTS else _ENDS[1:2]
                texts |= {(before + _many(one))[: LONGEST - len(end)] + end: None for end in ends}
                if variant >= _VARIANTS:
                    continue
                texts[_many(before + one)] = None
                texts[_many(before + one * 3)] = None
                texts[_many(one + " ")] = None
    return list(texts)


def one_attack_text(pattern: str, chance: Random) -> str:
    """One attack text at random, made without making the others; every branch of a repetition can come up."""
    tree = _all_repetitions(pattern)
    if not tree:
        return _many(chance.choice(_COMMON))
    before, body = chance.choice(tree)
    one = _sample(body, chance.randrange(max(_VARIANTS, _branches(body))), chance.choice((1, 2))) or " "
    rounds = chance.choice((before + _many(one), _many(before + one), _many(before + one * 3), _many(one + " ")))
    end = chance.choice(_ENDS)
    return rounds[: LONGEST - len(end)] + end


@cache
def _all_repetitions(pattern: str) -> list[tuple[str, list[Any]]]:
    return list(_repetitions(list(parser.parse(pattern)), ""))


def _branches(nodes: list[Any]) -> int:
    """How many ways the widest choice in the nodes has."""
    widest = 1
    for kind, value in nodes:
        if kind is sre.BRANCH:
            widest = max(widest, len(value[1]), *(_branches(list(branch)) for branch in value[1]))
        elif kind is sre.SUBPATTERN:
            widest = max(widest, _branches(list(value[3])))
        elif kind in _REPEATS:
            widest = max(widest, _branches(list(value[2])))
    return min(widest, _WIDEST)


def _many(one: str) -> str:
    return (one * (LONGEST // len(one) + 1))[:LONGEST]


def _repetitions(nodes: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    """Each repetition in the pattern: a text that leads up to it, and what it repeats."""
    for kind, value in nodes:
        if kind in _REPEATS:
            _low, high, body = value
            if high >= _MANY:
                yield before, list(body)
            yield from _repetitions(list(body), before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _repetitions(list(branch), before)
        elif kind is sre.SUBPATTERN:
            yield from _repetitions(list(value[3]), before)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repetitions(list(value[1]), before)
        elif kind is sre.ATOMIC_GROUP:
            yield from _repetitions(list(value), before)
        before += _sample([(kind, value)], 0)


def _sample(nodes: list[Any], variant: int, rounds: int = 1) -> str:
    """A text that the nodes match, as far as that can be told without trying; `variant` chooses between branches."""
    return "".join(_of(kind, value, variant, rounds) for kind, value in nodes)


def _of(kind: Any, value: Any, variant: int, rounds: int) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind in _REPEATS:
        low, high, body = value
        return _sample(list(body), variant, rounds) * max(low, min(rounds, high))
    if kind is sre.BRANCH:
        return _sample(list(value[1][variant % len(value[1])]), variant, rounds)
    if kind is sre.SUBPATTERN:
        return _sample(list(value[3]), variant, rounds)
    if kind is sre.ATOMIC_GROUP:
        return _sample(list(value), variant, rounds)
    if kind is sre.IN:
        return _in(value, variant)
    return "a" if kind in (sre.ANY, sre.NOT_LITERAL) else ""


def _in(choices: list[Any], variant: int) -> str:
    if choices[0][0] is sre.NEGATE:
        taken = {value for kind, value in choices if kind is sre.LITERAL}
        spaces = any(kind is sre.CATEGORY and value is sre.CATEGORY_SPACE for kind, value in choices)
        words = any(kind is sre.CATEGORY and value is sre.CATEGORY_WORD for kind, value in choices)
        wanted = "-,!(" if words else "ab1." if spaces else "a 1-"
        return next((sign for sign in wanted[variant % 4 :] + wanted if ord(sign) not in taken), "")
    kind, value = choices[variant % len(choices)]
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.RANGE:
        return chr(value[0])
    return {
        sre.CATEGORY_DIGIT: "1",
        sre.CATEGORY_SPACE: " ",
        sre.CATEGORY_WORD: "a",
        sre.CATEGORY_NOT_DIGIT: "a",
        sre.CATEGORY_NOT_SPACE: "a",
        sre.CATEGORY_NOT_WORD: "-",
    }[value]
