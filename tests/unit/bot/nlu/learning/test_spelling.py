"""Words that no training line has are read as the frequent word that differs in one letter."""

import pytest

from bot.nlu.learning.spelling import Spelling


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    lines = ["må jeg optage et møde når jobcentret ringer"] * 4 + ["optagr", "min søster hedder karen"]
    return Spelling.of(Spelling.fit(lines).state())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hej må jeg optge når jobcentret rigner", "hej må jeg optage når jobcentret ringer"),
        ("må jeg optaage", "må jeg optage"),
        ("må jeg optagr", "må jeg optagr"),  # a training line has it
        ("Ringar er mit navn, ringar@eksempel.dk", "Ringar er mit navn, ringar@eksempel.dk"),
        ("min søstr", "min søstr"),  # 'søster' is not frequent
        ("", ""),
    ],
)
def test_a_misspelt_word_is_read_as_the_frequent_one(spelling: Spelling, written: str, read: str) -> None:
    assert spelling.corrected(written) == read
