"""Times, contacts, names, departments and choices in citizens' words; negation; several values in a message."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slowest import core_time
from value_tables import TUESDAY, listed, rows, unescaped

from bot.nlu.values import Value, find_values
from bot.nlu.values.lexicon import load

HERE = Path(__file__).parent


def _found(text: str, entity: str) -> list[Value]:
    return [value for value in find_values(text, TUESDAY) if value.entity == entity]


def _short(value: Value) -> str:
    said: Any = value.value
    if value.entity == "date":
        return str((said["future"] or said["past"] or ["?"])[0])
    if value.entity == "time":
        return str(said["readings"][0])
    if value.entity == "department":
        return str(said["key"])
    return json.dumps(said) if isinstance(said, list) else str(said)


@pytest.mark.parametrize(("text", "readings"), rows(HERE / "times.tsv", 2))
def test_a_time_is_read(text: str, readings: str) -> None:
    expected = [{"readings": listed(readings)}] if readings else []
    assert [value.value for value in _found(text, "time")] == expected


@pytest.mark.parametrize(("text", "entity", "expected"), rows(HERE / "contacts.tsv", 3))
def test_contacts_are_read(text: str, entity: str, expected: str) -> None:
    assert [value.value for value in _found(text, entity)] == listed(expected)


@pytest.mark.parametrize(("text", "rule", "name"), rows(HERE / "names.tsv", 3))
def test_a_name_keeps_its_spelling(text: str, rule: str, name: str) -> None:
    found = [(value.rule, value.value) for value in _found(unescaped(text), "name") if not value.negated]
    assert found == ([] if rule == "none" else [(rule, name)])


def test_the_number_of_hours_of_a_message_is_limited() -> None:
    # All values are stored with the message and sent to the actions with each later one.
    found = find_values("jeg hedder Bo Li " + "kl. 14 " * 500 + "den 3/12", TUESDAY)
    assert [value.entity for value in found].count("time") == 20
    assert {"name", "date"} <= {value.entity for value in found}


@pytest.mark.parametrize(("text", "key"), rows(HERE / "departments.tsv", 2))
def test_a_department_is_read_by_its_names(text: str, key: str) -> None:
    found = _found(text, "department")
    assert [value.value["key"] for value in found] == listed(key)
    assert all(value.value["text"] == text[value.start : value.end] for value in found)


@pytest.mark.parametrize(("text", "entity", "expected"), rows(HERE / "choices.tsv", 3))
def test_a_choice_is_read(text: str, entity: str, expected: str) -> None:
    found = [value.value for value in _found(text, entity)]
    assert found == [[one] if entity == "recording_grounds" else one for one in listed(expected)]


@pytest.mark.parametrize(("text", "entity", "denied", "meant"), rows(HERE / "negation.tsv", 4))
def test_negated_values_are_marked(text: str, entity: str, denied: str, meant: str) -> None:
    found = _found(text, entity)
    assert [_short(value) for value in found if value.negated] == listed(denied)
    assert [_short(value) for value in found if not value.negated] == listed(meant)


@pytest.mark.parametrize("row", rows(HERE / "several.tsv"), ids=lambda row: row[0])
def test_several_values_of_one_message_are_read(row: tuple[str, ...]) -> None:
    text, *expected = row
    entities = {one.split("=")[0] for one in expected}
    found = [f"{value.entity}={_short(value)}" for value in find_values(text, TUESDAY) if value.entity in entities]
    assert sorted(found) == sorted(expected)


def test_every_department_has_a_name_to_show_and_is_found_by_it() -> None:
    departments = load("departments")["departments"]
    assert len(departments) >= 18
    for key, department in departments.items():
        found = [value.value["key"] for value in _found(department["display"], "department")]
        assert found == [key], department["display"]


_WORDS = (
    "torsdag|d. |3/12|kl. 14|10-12|og|eller|ikke|fra|til|22 33 44 55|a@b.dk|K7QF-3MXP|010270-1234|jobcentret|video|"
    "jeg hedder|Bo Li|om to uger|uge 50|30. februar|den|næste|9999|0/0|99/99|kl. 99|halv|i morgen|søndag|æøå|٣/١٢|"
    "min søster tager med|\u200b|\u00e5|a\u030a|'|-|.|,|?|(|)|💩|\x00|\n"
)
_PIECES = st.sampled_from(_WORDS.split("|"))


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join), st.lists(_PIECES, max_size=40).map("".join)
    )
)
def test_any_text_is_read_without_failing(text: str) -> None:
    values = find_values(text, TUESDAY)
    assert values == sorted(values, key=lambda value: value.start)
    for value in values:
        assert 0 <= value.start < value.end <= len(text)
        json.dumps(value.value)
    for entity in {value.entity for value in values}:
        places = [(value.start, value.end) for value in values if value.entity == entity]
        assert all(first[1] <= second[0] for first, second in pairwise(places))


@pytest.mark.parametrize(
    "piece",
    ["torsdag ", "d. 3/12 ", "1/2-", "3.12", "1 ", "a@", "@", "a.", "a punktum ", "jeg hedder a ", "ikke ", "om to ",
     "mellem 10 og ", "22 33 44 55 ", "+45 ", "K7QF-3MXP ", "å\u030a", "\u200b", "xqzqwer ", "torsdg fredg ",
     "kan ikke huske ", "ved ikke om min søster ", "( ", "O'", "💩", "den 3. eller ", "kl 1 ", "\n", "navn: "],
)  # fmt: skip
def test_long_texts_take_a_moment_only(piece: str) -> None:
    text = (piece * 4000)[:4000]
    find_values("hej", TUESDAY)  # loads the word lists
    with core_time() as spent:
        find_values(text, TUESDAY)
    assert spent.seconds < 2
