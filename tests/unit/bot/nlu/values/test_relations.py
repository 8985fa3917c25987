"""The relation and the name of the person for whom a request is, told in other sentences."""

from pathlib import Path

import pytest
from slowest import core_time
from value_tables import TUESDAY, rows

from bot.nlu.values import find_values
from bot.nlu.values.people.relations import told_name, told_relations

HERE = Path(__file__).parent

_ROWS = rows(HERE / "relations.tsv", 5)


@pytest.mark.parametrize(("text", "relation", "who", "young", "of"), _ROWS, ids=[row[0][:60] for row in _ROWS])
def test_a_relation_is_read(text: str, relation: str, who: str, young: str, of: str) -> None:
    told = [
        (one.relation or "-", one.who or "-", "young" if one.young else "-", one.name or "-")
        for one in told_relations(text)
    ]
    assert told[:1] == ([] if relation == "none" else [(relation, who, young, of)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ja det er mig. min mor hedder Ingrid Bay", "Ingrid Bay"),
        ("min mor hedder ingrid bay", "ingrid bay"),
        ("min gamle mor, Ingrid Bay, har demens", "Ingrid Bay"),
        ("min mors navn er Ingrid Bay", "Ingrid Bay"),
        ("jeg hedder Lene Bay og min mor hedder Ingrid Bay", "Ingrid Bay"),
        ("min mor er syg. Hun hedder Ingrid Bay", "Ingrid Bay"),
        ("hun hedder Ingrid Bay", None),
        ("min far hedder Per Bay", None),
        ("min mor er syg, min far hjælper, han hedder Per Bay", None),
        ("ja min veninde, hun hedder Lis Holm", None),
        ("min mor er syg. Min sagsbehandler er der også, hun hedder Lone Vig", None),
        ("min sagsbehandler hedder Lone Vig", None),
        ("min mor kommer med", None),
    ],
)
def test_the_name_of_the_person_is_read(text: str, name: str | None) -> None:
    assert told_name(text, "din mor", meant=False) == name


def test_where_the_person_is_asked_about_a_pronoun_means_them() -> None:
    assert told_name("hun hedder Ingrid Bay", "din mor", meant=True) == "Ingrid Bay"
    assert told_name("han hedder Per Bay", "din mor", meant=True) is None


def test_a_caseworker_is_not_read_as_a_relation() -> None:
    for text in (
        "min mor er syg. sagsbehandleren siger nej, hun har bedt mig om at søge",
        "min læge er der, hun er min ven",
    ):
        assert not [one for one in find_values(text, TUESDAY) if one.entity == "behalf"]
    for text in (
        "min mor er syg, sagsbehandleren siger ja. Jeg søger for hende",
        "min mor er syg, hun har bedt mig om at søge",
    ):
        (one,) = [one for one in find_values(text, TUESDAY) if one.entity == "behalf"]
        assert one.value["who"] == "din mor"


@pytest.mark.parametrize(
    "piece",
    ["han er 9 og er min søn ", "han er ", "han er 9 og ", "min mor ", "Karen Holm ", "hun hedder ",
     "hun hedder Bo Li ", "min mor hedder ", "mor, som er ", "sagsbehandler ", "a er ", "han går i 3. ",
     "et-er er ", "min mors navn er ", "?"],
)  # fmt: skip
def test_long_texts_take_a_moment_only(piece: str) -> None:
    told_relations("hej")
    text = (piece * 4000)[:4000]
    with core_time() as spent:
        told_relations(text)
        told_name(text, "din mor", meant=False)
    assert spent.seconds < 0.4
