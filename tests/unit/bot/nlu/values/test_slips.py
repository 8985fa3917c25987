"""Dates are read despite one typing error; other words are not read as dates."""

import random
import re
from datetime import datetime

import pytest

from bot.nlu.values.extract import find_values
from common.clock import COPENHAGEN

NOW = datetime(2026, 12, 1, 10, tzinfo=COPENHAGEN)
ANSWERS = (
    "på torsdag kl. 14", "onsdag den 9. december kl. 10", "i morgen klokken ti", "i overmorgen kl. halv ni",
    "fredag i næste uge", "mandag i uge 51", "den tolvte januar", "d. 3. februar kl 13", "om tre uger",
    "om fjorten dage", "tirsdag otte dage", "i forgårs", "for to uger siden", "mandag den syvende december",
    "den femtende december kvart over ni", "tredje mandag i januar", "klokken halv tre på fredag",
    "sidste fredag i november", "onsdag den 16. december kl. 11.30", "i eftermiddag klokken tre", "28. oktober",
    "lørdag den 5. september", "den 1. april", "anden juledag",
)  # fmt: skip
RIGHT, OF_EACH = 0.95, 25


def _said(text: str) -> list[object]:
    found = find_values(text, NOW)
    return [one.value for one in found if one.entity in ("date", "time") and not (one.negated or one.aside)]


def _slip(text: str, chance: random.Random) -> str:
    """The text with one typing error in a longer word: a letter doubled, missing, wrong or swapped."""
    word = chance.choice([found.span() for found in re.finditer(r"[^\W\d]{4,}", text)])
    place = chance.randrange(word[0], word[1] - 1)
    here, following, rest = text[place], text[place + 1], text[place + 2 :]
    other = chance.choice("abdefghklmnoprstuvy")
    slipped = chance.choice((here + here + following, following, other + following, following + here))
    return text[:place] + slipped + rest


def test_most_dates_are_read_despite_one_typing_error() -> None:
    chance = random.Random(7)
    tried = [(text, _slip(text, chance)) for text in ANSWERS for _ in range(OF_EACH)]
    missed = [slipped for text, slipped in tried if _said(slipped) != _said(text)]
    assert len(tried) - len(missed) >= RIGHT * len(tried), missed


@pytest.mark.parametrize(
    ("slipped", "meant"),
    [
        ("onsdag den 16. edcember", "onsdag den 16. december"),
        ("d. 3. gebruar", "d. 3. februar"),
        ("fredag i nste uge", "fredag i næste uge"),
        ("fredag i næst uge", "fredag i næste uge"),
        ("om tre ugre", "om tre uger"),
        ("lrødag den 12. december", "lørdag den 12. december"),
        ("kvrat over ni på fredag", "kvart over ni på fredag"),
        ("amden juledag", "anden juledag"),
    ],
)
def test_neighbouring_words_decide_a_misspelt_date_word(slipped: str, meant: str) -> None:
    assert _said(slipped) == _said(meant) != []


@pytest.mark.parametrize(
    "text",
    [
        "orsdag kl. 10",  # onsdag or torsdag
        "mandag den dyvende december",  # the seventh or the twentieth
        "trsdag",
    ],
)
def test_an_ambiguous_misspelling_gives_no_exact_date(text: str) -> None:
    assert not any(isinstance(one, dict) and one.get("kind") == "exact" for one in _said(text))


@pytest.mark.parametrize(
    "text", ["kl. 10 Maja", "møde kl. 9, må jeg optage", "et brev om en sag", "9 Julie", "i Norge", "i borgen"]
)
def test_other_words_are_not_read_as_misspelt_dates(text: str) -> None:
    assert not [one for one in find_values(text, NOW) if one.entity == "date"]
