"""What a follow-up names: which of what was listed, or what it asks about beside."""

import pytest

from bot.nlu.acts.following import is_merely, named


@pytest.mark.parametrize(
    ("how", "words", "name"),
    [
        ("which", "den første tak", "first"),
        ("which", "ikke det første, men det andet", "second"),
        ("which", "nr. 3", "third"),
        ("which", "den midterste", ""),
        ("also", "gælder det også hvis de ringer", "phone"),
        ("also", "også til et videomøde?", "online"),
        ("also", "gælder det også for min mor", "other_person"),
        ("why", "hvorfor det første", ""),
    ],
)
def test_what_is_named(how: str, words: str, name: str) -> None:
    assert named(how, words) == name


@pytest.mark.parametrize(
    ("words", "merely"), [("Okay.", True), ("det er fint", True), ("ja tak", False), ("ja", False)]
)
def test_an_acknowledgement_takes_no_offer(words: str, merely: bool) -> None:
    assert is_merely(words) is merely
