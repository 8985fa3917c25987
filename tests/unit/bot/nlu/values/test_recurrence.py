"""Recurring meetings, kept in the citizen's words."""

from pathlib import Path

import pytest
from value_tables import TUESDAY, rows

from bot.nlu.values import find_values

HERE = Path(__file__).parent

_ROWS = rows(HERE / "recurrence.tsv", 2)


@pytest.mark.parametrize(("text", "words"), _ROWS, ids=[row[0][:60] for row in _ROWS])
def test_a_recurrence_keeps_the_citizens_words(text: str, words: str) -> None:
    found = [one for one in find_values(text, TUESDAY) if one.entity == "recurrence"]
    assert ["!" * one.negated + one.value for one in found] == ([] if words == "-" else [words])
    assert all(text[one.start : one.end] == one.value for one in found)
