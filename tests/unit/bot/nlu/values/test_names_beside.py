"""A name in small letters that stands beside something else, where the name is asked for."""

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
def test_a_clause_is_a_name_with_what_says_that_it_was_told(clause: str, name: str) -> None:
    assert in_small_letters(clause) == name


@pytest.mark.parametrize(
    "clause",
    [
        *("det har jeg lige skrevet", "jeg har jo skrevet det", "har jeg skrevet", "nå ja", "det hele"),
        *("jeg har kun fastnet", "ring helst formiddag", "hvad rager det jer", "det dur ikke", "falkoner alle"),
        *("gerda", "min datter lis", "helst telefon", "jeg gider ikke", "igen igen", "tak for det", "ved ikke"),
    ],
)
def test_words_of_sentences_are_no_name(clause: str) -> None:
    assert in_small_letters(clause) is None
