"""Random hostile texts: slow to match, apt to break something, or like a value without being one.

The same seed and number give the same text. Most are long, since time grows with the length of a text.
"""

import hashlib
import sys
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from random import Random
from typing import Any

import regex
from attack_texts import one_attack_text
from every_pattern import every_pattern

from common.settings import ROOT
from common.yaml_files import read_yaml

LONGEST = 4000
# Plainly spelt: it must be masked wherever it stands.
CPR = "010190-4938"
_CPR_EVERY = 5
_ORDINARY_WORDS = regex.compile(r"\p{L}{2,}")
# Quadratic time shows in long texts; most other mistakes show in short ones, which are quicker to test.
_LENGTHS = (80, 400, 1500, LONGEST)
# So many repetitions make a word a long message.
_ROUNDS = (3, 20, 200, 2000)
_JOINERS = (" ", "", "  ", ", ", ". ", "\n", "-", "/", ":", "; ", "... ", "\t", " og ", " men ", " eller ", " ikke ")
_CPRS = ("010190-1234", "0101901234", "010190 1234", "01.01.90-1234", "01 01 90 1234", "010190 og de sidste er 1234")
_DATES = (
    "3/4", "d. 3/12", "3. december", "den 3.", "på torsdag", "torsdag den 3.", "3-4", "03.12.2026", "2026-12-03",
    "i morgen", "om 3 uger", "om 99999999 dage", "for 3 dage siden", "uge 50", "tirsdag i uge 50", "2. juledag",
    "første mandag i maj", "31/2", "30. februar", "den 0.", "31.12.9999", "1/1-1900", "anden påskedag", "ugen efter",
    "dagen efter", "fra torsdag", "den sidste i måneden", "om ³ dage", "den ٣.", "uge 99", "kl. 25.99", "kl. 14",
    "halv tre", "kvart over 3", "10-12", "1430",
)  # fmt: skip
_NAMES = (
    "Bo", "Li Ng", "Anne-Marie", "von der Lühe", "O'Neill", "Ø", "MØLLER", "al", "Chr.", "Jørgen", "İpek", "Łukasz",
    "Ng.",
)  # fmt: skip
_CONTACTS = (
    "bo@eksempel.dk", "@", "a@b", "bo@@eksempel..dk", "38 21 42 36", "+45 38214236", "0045", "38214236", "+", "tlf.",
    "bo (a) dk", "bo snabel-a eksempel punktum dk", "www.eksempel.dk", "http://", "mailto:", "bo.@.dk",
    '"bo li"@eksempel.dk',
)  # fmt: skip
_MARKUP = (
    "**", "__", "[a](", "](b)", "![", "<b>", "</b>", "<script>", "<!--", "-->", "&amp;", "&#x41;", "`", "```", "> ",
    "# ", "- ", "|", "{", "}", "{{", "{applicant_name}", "{%", "${", "%s", "\\", "\\n", "'; --", "/restart",
    '/inform{"a": 1}', "\N{WORD JOINER}",
)  # fmt: skip
_BRACKETS = ("()", "[]", "{}", "«»", "»«", "“”", "''", '""', "<>", "(»", "``", "‹›")
_PUNCTUATION = ".,;:!?-–—…/\\|'\"´`_*+=~^°§%&#@()[]{}<>"
# Characters that change a text's length or order where it is folded, composed or shown.
_ODD = (
    "\u0130ßﬁ\ufdfaǆŉ\u1e9e"  # one becomes several in lower case or when normalized
    "²³¹½¼Ⅷ①٣３"  # figures that `int` does not take, or takes
    "\u202e\u202d\u2066\u2069\u200e\u200f"  # which way text runs
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e"  # invisible
    "\u0301\u0308\u030a\u20dd\u0489\u0e33\uf8ff"
    "\u0000\u0007\u001b\u007f\u0085\u2028\u2029\ufffe\uffff"
    "\U0001f468\u200d\U0001f469\U0001f3fd\U000e0064\U000e007f\U0010ffff\U0001d5d4"
    "אבעربي日本한ᄀ"
)
Text = Callable[[Random], str]


def hostile_text(seed: int, number: int) -> str:
    """The text of this seed and number: 1 to LONGEST characters, no surrogates."""
    chance = Random(f"{seed}:{number}")
    text = chance.choice(KINDS)(chance)[: chance.choice(_LENGTHS)]
    return text if text.strip() else f"{text[:-1]}x"


def with_cpr(text: str, number: int) -> str:
    """The text, sometimes with a CPR number inside."""
    if number % _CPR_EVERY:
        return text
    told = f"\nmit cpr-nummer er {CPR}\n"
    middle = min(len(text), LONGEST - len(told)) // 2
    return f"{text[:middle]}{told}{text[middle : LONGEST - len(told)]}"


def one_attack(chance: Random) -> str:
    """An attack text for one of the project's patterns."""
    # Drawn by hash, not by index: the text stays the same when other patterns come and go.
    lot = chance.randbytes(8)
    pattern = max(_sources(), key=lambda one: hashlib.blake2b(one.encode(), key=lot, digest_size=8).digest())
    text = one_attack_text(pattern, chance)
    # Keep the end, which does not match.
    return text[: chance.choice(_LENGTHS) - 1] + text[-1]


def repeated(chance: Random) -> str:
    """Words and values repeated, with an end that does not match."""
    few = [_piece(chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    joiner = chance.choice(_JOINERS)
    text = joiner.join(few * chance.choice(_ROUNDS))
    return text[: LONGEST - 12] + joiner + chance.choice(("x", "", "!", "?", "mandag", "ja", "1", "\n"))


def many_values(chance: Random) -> str:
    """Hundreds of days, names, addresses or numbers, no two alike."""
    maker = chance.choice((_date, _name, _contact, _cpr_like, _figures, _value))
    joiner = chance.choice(_JOINERS)
    return joiner.join(maker(chance) for _ in range(chance.choice((5, 50, 400, 1000))))


def many_words(chance: Random) -> str:
    """Hundreds of citizens' words in random order, some misspelt."""
    misspelt = chance.choice((0.0, 0.3, 1.0))
    words = [chance.choice(_words()) for _ in range(chance.choice((10, 100, 700, 2000)))]
    return " ".join(_slip(word, chance) if chance.random() < misspelt else word for word in words)


def many_lines(chance: Random) -> str:
    """Training lines joined: long but ordinary."""
    return chance.choice((" ", ". ", "\n", ", ")).join(
        chance.choice(_lines()) for _ in range(chance.choice((3, 20, 100)))
    )


def one_long_word(chance: Random) -> str:
    """A word without a blank."""
    letters = chance.choice(
        ("a", "abc", "æøå", "A", "aA", "é", "ij", "0a", "a-", "a'", "a.", "x@", "Ω", _slip("xyz", chance))
    )
    return (letters * LONGEST)[: chance.choice((30, 300, LONGEST))] + chance.choice(("", " ", "!", "."))


def one_category(chance: Random) -> str:
    """Characters of one Unicode category."""
    characters = _of_category(chance.choice(_categories()))
    some = chance.sample(characters, min(len(characters), chance.choice((1, 3, 2000))))
    text = "".join(chance.choice(some) for _ in range(chance.choice((40, 1000, LONGEST))))
    return chance.choice(("", "a", "3/4 ", "jeg hedder ")) + text


def odd_characters(chance: Random) -> str:
    """Words with marks, invisible and other odd characters in and between them ('zalgo', tags, right to left)."""
    words = " ".join(_piece(chance) for _ in range(chance.choice((3, 30, 200))))
    some = "".join(chance.sample(_ODD, 3))
    depth = chance.choice((1, 1, 8, 60))
    often = chance.choice((0.05, 0.5, 1.0))
    return "".join(
        sign + "".join(chance.choice(some) for _ in range(depth)) if chance.random() < often else sign for sign in words
    )


def punctuation(chance: Random) -> str:
    """Signs, in long runs or nested."""
    signs = chance.choice((_PUNCTUATION, "...", "?!", "((", "-- ", "\n", " \t", "'\"", ".,"))
    return "".join(chance.choice(signs) for _ in range(chance.choice((40, 400, LONGEST))))


def nested(chance: Random) -> str:
    """Brackets in brackets, some never closed, around words."""
    pair, depth = chance.choice(_BRACKETS), chance.choice((5, 200, 1900))
    inside = " ".join(_piece(chance) for _ in range(3))
    return pair[0] * depth + inside + pair[1] * chance.choice((depth, depth - 1, 0))


def markup(chance: Random) -> str:
    """Markdown, HTML, templates, commands and queries, around words."""
    pieces = (
        chance.choice(_MARKUP) if chance.random() < 0.6 else _piece(chance) for _ in range(chance.choice((5, 60, 700)))
    )
    return chance.choice(("", " ")).join(pieces)


def mixed(chance: Random) -> str:
    """Several of the others, each cut anywhere."""
    parts = []
    for _ in range(chance.choice((2, 3, 6))):
        text = chance.choice(_UNMIXED)(chance)
        start = chance.randrange(len(text) or 1)
        parts.append(text[start : start + chance.choice((5, 50, 500, 1500))])
    return chance.choice(_JOINERS).join(parts)


_UNMIXED: tuple[Text, ...] = (
    one_attack, repeated, many_values, many_words, many_lines, one_long_word, one_category, odd_characters,
    punctuation, nested,
    markup,
)  # fmt: skip
# Attacks, repetitions and mixtures are weighted: they find most.
KINDS: tuple[Text, ...] = (*_UNMIXED, one_attack, one_attack, repeated, mixed, mixed, mixed)


def _piece(chance: Random) -> str:
    """A word, a phrase or a value."""
    return chance.choice((_value, _word, _word, _phrase, _date, _name, _contact, _figures))(chance)


def _value(chance: Random) -> str:
    return chance.choice((_date, _name, _contact, _cpr_like))(chance)


def _word(chance: Random) -> str:
    return chance.choice(_words())


def _phrase(chance: Random) -> str:
    return chance.choice(_phrases())


def _date(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(_DATES)
    return f"{chance.randrange(1, 40)}{chance.choice(('/', '.', '-', '. ', ' '))}{chance.randrange(1, 15)}"


def _name(chance: Random) -> str:
    return chance.choice(_NAMES) if chance.random() < 0.3 else chance.choice(_words()).capitalize()


def _contact(chance: Random) -> str:
    return chance.choice(_CONTACTS)


def _cpr_like(chance: Random) -> str:
    if chance.random() < 0.3:
        return chance.choice(_CPRS)
    return f"{chance.randrange(0, 999999):06d}{chance.choice(('-', '', ' ', '–'))}{chance.randrange(0, 9999):04d}"


def _figures(chance: Random) -> str:
    return str(chance.randrange(10 ** chance.choice((1, 2, 4, 8, 30))))


def _slip(word: str, chance: Random) -> str:
    """The word with one typing error."""
    if len(word) < 3:
        return word
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abdegnrst")
    return chance.choice((
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ))  # fmt: skip


@lru_cache(maxsize=1)
def _sources() -> tuple[str, ...]:
    return tuple({pattern.pattern for pattern in every_pattern()})


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    """The strings of data/values."""
    found: set[str] = set()
    for file in sorted((ROOT / "data" / "values").glob("*.yml")):
        if file.stem != "cues":
            found |= _texts(read_yaml(file))
    return tuple(sorted(found))


def _texts(content: Any) -> set[str]:
    if isinstance(content, dict):
        return set().union(*map(_texts, content.values()), map(str, content))
    if isinstance(content, list):
        return set().union(*map(_texts, content))
    return {str(content)} if content else set()


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    """The words of data/values, of the cues and of the training lines."""
    cues = (ROOT / "data" / "values" / "cues.yml").read_text(encoding="utf-8")
    return tuple(sorted({word for text in (*_phrases(), cues, *_lines()) for word in _ORDINARY_WORDS.findall(text)}))


@lru_cache(maxsize=1)
def _lines() -> tuple[str, ...]:
    files = sorted((ROOT / "data" / "nlu").glob("*.yml"))
    lines = (line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(line.removeprefix("- ") for line in lines if line.startswith("- ") and not line.endswith(":"))


@lru_cache(maxsize=1)
def _by_category() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sign in map(chr, range(sys.maxunicode + 1)):
        found.setdefault(unicodedata.category(sign), []).append(sign)
    return found


def _categories() -> Sequence[str]:
    # Not Cs: the channel removes surrogates, which has its own test.
    return [name for name in sorted(_by_category()) if name != "Cs"]


@cache
def _of_category(name: str) -> list[str]:
    return _by_category()[name]
