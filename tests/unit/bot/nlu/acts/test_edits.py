"""Sentences that replace, extend, shorten or reopen a text of the request."""

import pytest

from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.edits import ADD, REMOVE, REOPEN, REPLACE, edits_of, is_edit, takes_out
from bot.nlu.acts.request.texts.removed_words import without_words
from bot.nlu.acts.request.texts.said_to_us import own_words

_HEAR = "jeg kan ikke høre, hvad de siger"
_WISH = "det der blev sagt om fleksjob"
_EXPLANATION, _WANTED, _QUESTION = "recording_explanation", "notes_wanted", "question_text"


@pytest.mark.parametrize(
    ("text", "slot", "told"),
    [
        (f"forklaringen skal bare være: {_HEAR}", _EXPLANATION, _HEAR),
        (f"forklaringen skal være {_HEAR}", _EXPLANATION, _HEAR),
        (f"ret forklaringen til bare: {_HEAR}", _EXPLANATION, _HEAR),
        (f"kan du rette forklaringen til {_HEAR}", _EXPLANATION, _HEAR),
        (f"kan forklaringen være: {_HEAR}", _EXPLANATION, _HEAR),
        (f"Forklaring: {_HEAR}", _EXPLANATION, _HEAR),
        (f"begrundelsen skal være: {_HEAR}", _EXPLANATION, _HEAR),
        (f"ret lige forklaringen, så der bare står: {_HEAR}", _EXPLANATION, _HEAR),
        (f"ret forklaringen til:\n{_HEAR}", _EXPLANATION, _HEAR),
        (f"skriv i stedet: {_HEAR} og send den så", "", _HEAR),
        (f"bare skriv at {_HEAR}", "", _HEAR),
        (f"nej ikke det. kun: {_HEAR}", "", _HEAR),
        (f"der skal ikke stå 'hele referatet', skriv hellere: {_WISH}. og hvad med optagelsen?", "", _WISH),
        (f"det jeg vil have skal bare være: {_WISH}", _WANTED, _WISH),
        (f"ret hvad jeg vil have til bare: {_WISH}", _WANTED, _WISH),
        (f"Hvad du vil have: {_WISH}", _WANTED, _WISH),
        (f"ret ønsket til {_WISH}. ellers kan den sendes", _WANTED, _WISH),
        (f"teksten skal være: {_WISH}", "text", _WISH),
        ("ret spørgsmålet til: Må jeg få aktindsigt?", _QUESTION, "Må jeg få aktindsigt?"),
    ],
)
def test_a_text_is_replaced(text: str, slot: str, told: str) -> None:
    (edit,) = edits_of(text, sentence_spans(text))
    assert (edit.operation, edit.slot, text[edit.start : edit.end]) == (REPLACE, slot, told)
    assert is_edit(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Forklaringen er kun den halve, jeg skrev også at jeg bliver træt", "jeg bliver træt"),
        ("der mangler noget, jeg skrev at jeg bliver træt af det", "jeg bliver træt af det"),
        ("I har glemt at jeg bliver meget træt", "jeg bliver meget træt"),
        ("den første del skal også med: hvem kan jeg klage til. så må I gerne sende", "hvem kan jeg klage til"),
        ("skriv også at jeg bliver meget træt. hvem ser det her?", "jeg bliver meget træt"),
    ],
)
def test_words_are_added_to_a_text(text: str, told: str) -> None:
    (edit,) = edits_of(text, sentence_spans(text))
    assert (edit.operation, text[edit.start : edit.end]) == (ADD, told)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("fjern 'min kone skændes' fra forklaringen og send den så", [0, 2]),
        ('slet "hvem var med?" det var et spørgsmål', [0, 1]),
        ("slet bare sætningen om min kone, resten er rigtigt", [0, 2]),
        ("den med min kone skal ikke med i forklaringen", [0, 2]),
        ("der skal ikke stå at vi skændes", [0, 2]),
        ("der skal ikke stå noget om min kone", [0, 2]),
        ("tag det med min kone ud", [0, 2]),
        ("nej det sidste skal jo ikke stå der", [0, 1]),
        ("den første sætning skal væk", [1, 2]),
        ("stryg spørgsmålet i teksten", [0, 1]),
        ("Slet sætningen Min kone skændes med dem", [0, 2]),
        ("hele den sidste sætning skal væk, altså »hvem var med«", [0, 1]),
        ("fjern lige min kone fra teksten", [0, 2]),
    ],
)
def test_words_are_removed_from_a_text(text: str, left: list[int]) -> None:
    told = ("Jeg glemmer alt.", "Min kone skændes med dem.", "Hvem var med?")
    assert edits_of(text, sentence_spans(text))[0].operation == REMOVE
    assert takes_out(text)
    assert without_words(text, " ".join(told)) == " ".join(told[place] for place in left)


@pytest.mark.parametrize(
    ("said", "text", "left"),
    [
        (
            'slet "og hørelsen er dårlig"',
            "Jeg glemmer, og hørelsen er dårlig. Det er svært.",
            "Jeg glemmer. Det er svært.",
        ),
        ("stryg ordet december", "Den 9. halvdelen går tabt. december?", "Den 9. halvdelen går tabt."),
        ("slet det om at jeg er nervøs", "Jeg hører dårligt\njeg bliver så nervøs ved det", "Jeg hører dårligt"),
        ("tag det sidste om det ud af teksten", "Hele referatet. Mødet den 20. nok var den 23.", "Hele referatet."),
        ("slet sætningen om min kat", "Jeg glemmer alt. Min kone skændes med dem.", None),
        ('"Jeg glemmer alt" skal væk', "Jeg glemmer alt.", None),
    ],
)
def test_what_goes_is_found_in_the_text(said: str, text: str, left: str | None) -> None:
    assert without_words(said, text) == left


@pytest.mark.parametrize("text", ["forklaringen er forkert", "ret ønsket", "teksten skal rettes", "ønsket passer ikke"])
def test_a_text_is_reopened_without_new_words(text: str) -> None:
    assert [edit.operation for edit in edits_of(text, sentence_spans(text))] == [REOPEN]
    assert not is_edit(text)


@pytest.mark.parametrize(
    "text", ["ja, send den", "ret datoen til den 11.", "fjern min mail", "møde 2 er kl. 14", _HEAR]
)
def test_other_messages_edit_no_text(text: str) -> None:
    assert edits_of(text, sentence_spans(text)) == []


@pytest.mark.parametrize(
    "text", ["jeg skrev det lige, hele referatet", "som jeg skrev: hele referatet", "det skrev jeg jo, hele referatet"]
)
def test_a_lead_in_before_repeated_words_is_dropped(text: str) -> None:
    assert own_words(text) == "hele referatet"
