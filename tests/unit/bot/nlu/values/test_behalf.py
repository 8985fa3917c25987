"""For whom a citizen writes, and the person's name."""

from pathlib import Path

import pytest
from slowest import core_time
from value_tables import TUESDAY, rows

from bot.nlu.values import find_values
from bot.nlu.values.people.behalf import behalf_name, find_behalf
from bot.nlu.values.phrases.recurrence import find_recurrence

HERE = Path(__file__).parent

_ROWS = rows(HERE / "behalf.tsv", 4)


def _told(text: str) -> list[tuple[str, str, str]]:
    found = [one for one in find_values(text, TUESDAY) if one.entity == "behalf"]
    return [
        ("!" * one.negated + one.value["relation"], one.value["who"] or "-", one.value["name"] or "-") for one in found
    ]


@pytest.mark.parametrize(("text", "relation", "who", "name"), _ROWS, ids=[row[0][:60] for row in _ROWS])
def test_for_whom_the_request_is(text: str, relation: str, who: str, name: str) -> None:
    assert _told(text) == ([] if relation == "none" else [(relation, who, name)])


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("kan jeg søge for min mor?", "din mor"),
        ("min kone var til møde. kan jeg få referatet på hendes vegne", "din kone"),
        ("min mand var til møde, kan jeg få referatet på hans vegne eller skal han selv skrive?", "din mand"),
        # None of these asks whether one may for somebody else.
        ("jeg vil gerne optage mødet, for min mor er syg og kan ikke komme med", None),
        ("jeg vil gerne optage for min mor er syg", None),
        ("må jeg optage for min søn skal se det bagefter", None),
        ("kan min mor tage med til mødet? jeg vil gerne optage", None),
        ("min bror har søgt på vores fars vegne, må jeg også optage?", None),
        ("må min mand optage for mig", None),
        ("hvem kan søge for min mor?", None),
    ],
)
def test_asking_whether_one_may_request_for_somebody(text: str, who: str | None) -> None:
    assert [one.value["who"] for one in find_behalf(text, asked=True)] == ([who] if who else [])
    assert not find_behalf(text)  # a question alone says nothing


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("Karen Holm", "Karen Holm"),
        ("hun hedder Karen Holm", "Karen Holm"),
        ("Karen", "Karen"),
        ("karen holm", "karen holm"),
        ("det er Karen Holm, født 1941", "Karen Holm"),
        ("min mor hedder Karen Holm", "Karen Holm"),
        ("Hendes navn er Anne-Marie Ørsted Ng", "Anne-Marie Ørsted Ng"),
        ("Hr. Per Holm", "Per Holm"),
        ("han hedder Svend Åge Riis. Han bor i Valby", "Svend Åge Riis"),
        ("Karen Holm og hun bor på Godthåbsvej 3", "Karen Holm"),
        ("jeg hedder Bo Li og hun hedder Karen Holm", "Karen Holm"),
        ("nej", None),
        ("ved ikke", None),
        ("min mor", None),
        ("det vil jeg ikke sige", None),
        ("det er ligegyldigt", None),
        ("hvorfor skal I vide det?", None),
        ("hun er død", None),
        ("", None),
        ("a" * 4000, None),
    ],
)
def test_the_persons_name_is_read_where_it_is_asked_for(answer: str, name: str | None) -> None:
    assert behalf_name(answer) == name


def test_the_span_covers_the_person_and_what_is_said_of_them() -> None:
    text = "Hej. Min søn på 14 skal til møde, og jeg vil gerne optage for ham. Tak"
    (one,) = [value for value in find_values(text, TUESDAY) if value.entity == "behalf"]
    assert text[one.start : one.end] == "Min søn på 14 skal til møde, og jeg vil gerne optage for ham"


def test_a_repeated_person_is_one_value_and_a_corrected_one_is_negated() -> None:
    assert _told("jeg skriver for min mor. Det er min mors møde, jeg søger på hendes vegne") == [
        ("relative", "din mor", "-")
    ]
    assert _told("jeg skriver for min mor, nej jeg skriver for min far") == [
        ("!relative", "din mor", "-"),
        ("relative", "din far", "-"),
    ]


def test_the_persons_name_is_not_read_as_the_citizens() -> None:
    for text in ("jeg er værge for Per Holm", "jeg skriver for min mor, Karen Holm", "min mor hedder Karen Holm"):
        assert not [one for one in find_values(text, TUESDAY) if one.entity == "name"]


@pytest.mark.parametrize(
    "piece",
    ["min mor ", "for min mor ", "jeg skriver for ", "Karen Holm ", "min søn på 14 ", "på vegne af ",
     "jeg søger for ham ",
     "hver ", "hver gang jeg ", "alle møder fra ", "alle møder i i ",
     "hver anden tirsdag og ", "ikke ", "kl. 10 ", "\ue000", "Å "],
)  # fmt: skip
def test_long_texts_of_people_and_meetings_are_read_quickly(piece: str) -> None:
    find_values("hej", TUESDAY)
    text = (piece * 4000)[:4000]
    with core_time() as spent:
        find_behalf(text)
        find_recurrence(text)
    assert spent.seconds < 0.4
