"""Sentences and parts of a message never end inside a value, nor at a full stop without white space after it."""

from datetime import datetime

import pytest

from bot.nlu.acts.request.by_sentence.parts_apart import acts_of
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.reading import read
from bot.nlu.parts import split
from bot.nlu.values import find_values
from common.clock import COPENHAGEN
from common.request import State

_NOW = datetime(2026, 11, 24, 10, 20, tzinfo=COPENHAGEN)


def _message(text: str, intent: str = "inform") -> Message:
    found = (Found(one.entity, one.value, one.start, one.end, one.negated, one.rule) for one in find_values(text, _NOW))
    return Message(text, intent, 0.9, tuple(found))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("mette.lund@live.dk, det er jo på vegne af Emil", ["mette.lund@live.dk, det er jo på vegne af Emil"]),
        ("Skriv til li@eksempel.dk. Ring ikke", ["Skriv til li@eksempel.dk", "Ring ikke"]),
        ("se www.frederiksberg.dk/optag?side=2 om det. Tak", ["se www.frederiksberg.dk/optag?side=2 om det", "Tak"]),
        ("Mødet er d. 9. december kl. 10. Jeg glemmer alt", ["Mødet er d. 9. december kl. 10", "Jeg glemmer alt"]),
        ("den 9. Jeg mener december", ["den 9. Jeg mener december"]),
        ("mødet er kl.10.30.Vi ses", ["mødet er kl.10.30.Vi ses"]),
        ("Ja!Må jeg det?jeg glemmer", ["Ja", "Må jeg det", "jeg glemmer"]),
        ("ring 38.21.42.36 i morgen.\nTak", ["ring 38.21.42.36 i morgen", "Tak"]),
        ("...", []),
    ],
)
def test_sentences_end_at_marks_but_not_inside_values(text: str, sentences: list[str]) -> None:
    assert [one.strip() for one in _message(text).sentences] == sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("mette.lund@live.dk, det er jo på vegne af Emil", 1),
        ("mødet er d. 4. December kl. 10 - 12", 1),
        ("ring på 38 21 - 42 36", 1),
        ("Det er d. 4. December. Skal de vide det?", 2),
        ("Det er på torsdag kl. 10 - skal de vide det?", 2),
    ],
)
def test_no_part_ends_inside_a_value(text: str, parts: int) -> None:
    assert len(split(text)) == parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mette.lund@live.dk, det er jo på vegne af Emil", "mette.lund@live.dk, det er jo på vegne af Emil"),
        (
            "Hej. Mødet er d. 9. december kl. 10.30, det er for min mor. Tak",
            "Mødet er d. 9. december kl. 10.30, det er for min mor",
        ),
        ("jeg søger for min mor! Hun glemmer", "jeg søger for min mor"),
    ],
)
def test_the_words_about_the_person_are_whole_sentences(text: str, words: str) -> None:
    state = State("recording", "applicant_name", {"request_type": "recording"}, frozenset(), _NOW.date())
    told = {act.slot: act.value for act in acts_of(_message(text), state)}
    assert told["behalf_words"] == words


def test_an_email_address_does_not_end_a_question() -> None:
    text = "må jeg sende den til min søster på li@eksempel.dk?"
    assert "recording_purpose" not in read(_message(text), "recording", "applicant_name", _NOW.date()).values
