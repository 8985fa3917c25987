"""Lower-case names beside other words, where the name is asked for."""

import pytest

from bot.nlu.values.people.names import in_small_letters


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("gerda madsen", "gerda madsen"),
        ("gerda madsen har jeg lige skrevet", "gerda madsen"),
        ("det er yusuf demir", "yusuf demir"),
        ("ole kristensen som sagt", "ole kristensen"),
        ("bodil kjær igen", "bodil kjær"),
        ("ellers Nadia Halabi", "Nadia Halabi"),
        ("lars larsen hansen skrev jeg før", "lars larsen hansen"),
        ("nå ja hanne lund", "hanne lund"),
    ],
)
def test_a_lower_case_name_is_read_from_its_clause(clause: str, name: str) -> None:
    assert in_small_letters(clause) == name


@pytest.mark.parametrize(
    "clause",
    [
        *("det har jeg lige skrevet", "jeg har jo skrevet det", "har jeg skrevet", "nå ja", "det hele"),
        *("jeg har kun fastnet", "ring helst formiddag", "hvad rager det jer", "det dur ikke", "falkoner alle"),
        *("gerda", "min datter lis", "helst telefon", "jeg gider ikke", "igen igen", "tak for det", "ved ikke"),
    ],
)
def test_words_of_a_sentence_are_not_read_as_a_name(clause: str) -> None:
    assert in_small_letters(clause) is None
