"""A message with several questions is split between them; one with a single question is not."""

import pytest

from bot.nlu.parts import MOST, split, ways_to_cut

SEVERAL = [
    ("Må jeg optage mødet, og skal de andre vide det?", ["Må jeg optage mødet", "og skal de andre vide det?"]),
    ("hvem bestemmer det og hvornår kan jeg ringe", ["hvem bestemmer det", "og hvornår kan jeg ringe"]),
    ("Jeg har møde den 9. december. Må jeg optage det?", ["Jeg har møde den 9. december.", "Må jeg optage det?"]),
    ("Det er den 3. kl. 14. Skal de vide det?", ["Det er den 3. kl. 14.", "Skal de vide det?"]),
    (
        "jeg vil spørge, hvem der bestemmer, og hvor lang tid det tager",
        ["jeg vil spørge", "hvem der bestemmer", "og hvor lang tid det tager"],
    ),
    ("Hej. Kan jeg få referatet?", ["Hej. Kan jeg få referatet?"]),
    ("lyd. Hvad sker der, hvis de siger nej?", ["lyd.", "Hvad sker der, hvis de siger nej?"]),
    (
        "nej, intet. men spørgsmålet skal være: må man klage, og til hvem, og hvor lang er fristen?",
        ["nej, intet.", "men spørgsmålet skal være: må man klage, og til hvem, og hvor lang er fristen?"],
    ),
    ("1. må jeg optage 2. skal de vide det", ["må jeg optage", "skal de vide det"]),
    ("li@eksempel.dk. Hvornår får jeg svar?", ["li@eksempel.dk.", "Hvornår får jeg svar?"]),
    ("telefonnr? åbningstid? adresse?", ["telefonnr?", "åbningstid?", "adresse?"]),
    ("må jeg optage og så vil jeg gerne have referatet", ["må jeg optage", "og så vil jeg gerne have referatet"]),
    ("kan min kone komme med\nhvem afgør det", ["kan min kone komme med", "hvem afgør det"]),
]
ONE = [
    "hvorfor skal I vide, hvad jeg hedder?",
    "hvem er det, der bestemmer, om jeg må optage",
    "jeg har svært ved at huske, hvad der bliver aftalt",
    "må jeg optage lyd og billede",
    "jeg er syg og kan ikke komme",
    "hvem og hvad skal jeg skrive",
    "mødet er den 3. december kl. 10.30 og varer en time",
    "jeg hører dårligt og skal møde op på torsdag",
]


@pytest.mark.parametrize(("text", "parts"), SEVERAL)
def test_a_message_is_split_into_what_it_asks(text: str, parts: list[str]) -> None:
    found = split(text)
    assert [part.text for part in found] == parts
    assert [text[part.start : part.end] for part in found] == parts


CUT = [
    ("lyd og må jeg filme mødet", [("lyd", "og må jeg filme mødet")]),
    ("jeg hører dårligt hvem bestemmer det?", [("jeg hører dårligt", "hvem bestemmer det?")]),
    ("Bo Holm 22334455 hvem læser det?", [("Bo Holm 22334455", "hvem læser det?")]),
    ("kan jeg tage en med, eller kan jeg få det på skrift?", [("kan jeg tage en med", "kan jeg få det på skrift?")]),
    ("må jeg optage lyd eller video?", []),
    ("Optagelsen skal jeg bruge som bevis.", []),
    ("optagelsen skal jeg bruge som bevis", []),
    ("derfor kan jeg ikke huske det", []),
    ("hvor længe må jeg gemme den?", []),
]


@pytest.mark.parametrize(("text", "ways"), CUT)
def test_a_question_may_begin_without_punctuation_before_it(text: str, ways: list[tuple[str, str]]) -> None:
    [part] = split(text)
    assert [(first.text, second.text) for first, second in ways_to_cut(text, part, in_form=True)] == ways


@pytest.mark.parametrize("text", ONE)
def test_a_message_with_one_question_is_not_split(text: str) -> None:
    assert [part.text for part in split(text)] == [text]


def test_statements_of_a_letter_are_no_questions() -> None:
    text = "Jeg vil gerne søge om lov.\nJeg har svært ved at huske, hvad der bliver aftalt. Jeg vil kun optage lyd."
    assert [part.asks for part in split(text)] == [False, False, False]


def test_a_message_has_at_most_twelve_parts_and_the_last_holds_the_rest() -> None:
    text = " ".join(f"Må jeg optage møde {number}?" for number in range(40))
    found = split(text)
    assert len(found) == MOST
    assert found[-1].text.endswith("39?")


def test_text_after_the_first_thousand_characters_is_in_the_last_part() -> None:
    text = (
        f"Skal de andre vide det? Jeg vil gerne optage mødet. {'Jeg glemmer det hele. ' * 60}Mødet er den 3. december."
    )
    found = split(text)
    assert found[-1].end == len(text)
    assert found[-1].text.endswith("Mødet er den 3. december.")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("og skal de andre vide det", True),
        ("jeg vil gerne vide hvem der bestemmer", True),
        ("hvorfor?", True),
        ("jeg hører meget dårligt", False),
    ],
)
def test_a_question_is_known_by_its_form(text: str, asks: bool) -> None:
    assert split(text)[0].asks is asks
