"""Several meetings in a message: each gets its own values; a side remark makes no second meeting."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from attack_texts import attack_texts
from slowest import core_time

from bot.nlu.acts.request.meeting_text.parts import cue
from bot.nlu.acts.request.meetings.list_changes import with_shared_kind
from bot.nlu.acts.request.meetings.removal import removed
from bot.nlu.acts.request.meetings.several import Several, several
from bot.nlu.acts.request.meetings.which_meeting import both, told_of, which
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values import find_values
from bot.nlu.values.lexicon import load
from common.clock import parse_now

HERE = Path(__file__).parent
NOW: datetime = parse_now("2026-12-01T10:00:00+01:00")
TODAY = date(2026, 12, 1)
KINDS = {"r": "recording", "n": "notes", "-": None}
HOW = ("in_person", "phone_call", "video_call")
Meeting = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A row of meetings.tsv."""

    kind: str | None
    known: list[dict[str, Any]]
    text: str
    expected: str


def read(text: str) -> Message:
    """A message with its values as Message.of has them: without those marked aside."""
    values = [value for value in find_values(text, NOW) if not value.aside]
    found = tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in values)
    return Message(text, "inform", 0.9, found)


def lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.replace("\\n", "\n").split("\t")


def rows(name: str) -> list[Row]:
    return [Row(KINDS[kind], meetings(known, ";"), text, said) for kind, known, text, said in lines(name)]


def meetings(said: str, between: str) -> list[dict[str, Any]]:
    return [meeting(one) for one in said.split(between) if one.strip()]


def meeting(said: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for word in said.split():
        if word in HOW:
            values["meeting_kind"] = word
        elif word == "again":
            values["meeting_recurrence"] = word
        elif ":" in word:
            values["meeting_time"] = word
        elif word[0].isdigit():
            values["meeting_date"] = f"2026-{word}"
        else:
            values["meeting_department"] = word
    return values


def shown(one: Meeting) -> dict[str, Any]:
    return {slot: value for slot, value in one.items() if slot != "meeting_department_text"}


def expected(said: str) -> Several | None:
    if said == "-":
        return None
    adds = said.startswith("+") or ":+" in said.split()[0]
    first, _, rest = said.partition(" ")
    if first == "+":
        return Several(tuple(meetings(rest, "|")), 0, True)
    counted = first.rstrip("+").endswith(":")
    count = int(first.rstrip("+:")) if counted else 0
    return Several(tuple(meetings(rest if counted else said, "|")), count, adds)


def outcome(row: Row) -> str:
    """'right', 'asked' (nothing is read wrongly, but something is missing), or 'wrong'."""
    got = several(read(row.text), row.kind, TODAY, row.known)
    wanted = expected(row.expected.lstrip("?"))
    if got is None:
        return "right" if wanted is None else "asked"
    told = [shown(one) for one in got.meetings]
    if wanted is None:
        return "wrong"
    if (told, got.count, got.adds) == (list(wanted.meetings), wanted.count, wanted.adds):
        return "right"
    if got.adds != wanted.adds or len(told) > max(len(wanted.meetings), wanted.count):
        return "wrong"
    if told and len(told) != len(wanted.meetings):
        return "wrong"
    pairs = zip(told, wanted.meetings, strict=False)
    return "asked" if all(mine.items() <= theirs.items() for mine, theirs in pairs) else "wrong"


@pytest.mark.parametrize("row", rows("meetings.tsv") + rows("meetings_held_out.tsv"), ids=lambda row: row.text[:60])
def test_meetings_of_the_tables_are_read(row: Row) -> None:
    assert outcome(row) == ("asked" if row.expected.startswith("?") else "right")


@pytest.mark.parametrize("row", list(lines("meetings_told.tsv")), ids=lambda row: row[1][:60])
def test_every_meeting_gets_all_its_values(row: Sequence[str]) -> None:
    kind, text, wanted = row
    message = read(text)
    got = several(message, KINDS[kind], TODAY)
    assert got is not None
    told = [shown(one) for one in with_shared_kind(got, message)]
    again = [{**one, "meeting_recurrence": "again"} if "meeting_recurrence" in one else one for one in told]
    assert again == meetings(wanted, "|")


@pytest.mark.parametrize("row", list(lines("meetings_spoken_of.tsv")), ids=lambda row: f"{row[0]}: {row[2][:50]}")
def test_known_meetings_are_recognized(row: Sequence[str]) -> None:
    function, known, text, wanted = row
    message, request = read(text), meetings(known, ";")
    if function == "both":
        assert both(message) is (wanted == "ja")
    elif function == "which":
        assert which(message, request) == [int(one) for one in wanted.split()]
    elif function == "removed":
        assert removed(message, request) == [int(one) for one in wanted.split()]
    else:
        places, new = told_of(message, request, "recording", TODAY)
        numbers = [one for one in wanted.split() if one.isdigit()]
        assert places == [int(one) for one in numbers]
        assert shown(new) == meeting(" ".join(wanted.split()[len(numbers) :]))


def test_a_recurrence_belongs_to_one_meeting_and_sets_no_date() -> None:
    got = several(read("hver anden tirsdag på jobcentret og torsdag den 10. i borgerservice"), "recording", TODAY)
    assert got is not None
    first, second = (shown(one) for one in got.meetings)
    assert first == {"meeting_department": "jobcenter", "meeting_recurrence": "hver anden tirsdag"}
    assert second == {"meeting_department": "borgerservice", "meeting_date": "2026-12-10"}


def test_the_span_of_each_meeting_is_returned() -> None:
    text = "lyd. og så også torsdag kl 14 i borgerservice"
    got = several(read(text), "recording", TODAY, meetings("jobcenter 12-02", ";"))
    assert got is not None
    assert [text[start:end].strip() for start, end in got.spans] == ["og så også torsdag kl 14 i borgerservice"]


def test_a_question_to_jura_has_no_meetings() -> None:
    assert several(read("to møder på jobcentret, den 3. og den 10."), "question", TODAY) is None


@pytest.mark.parametrize("name", [name for name, said in load("meetings").items() if isinstance(said, str)])
def test_meeting_patterns_are_quick_on_attack_texts(name: str) -> None:
    for text in attack_texts(cue(name).pattern):
        with core_time() as spent:
            cue(name).search(text)
        assert spent.seconds < 0.2


@pytest.mark.parametrize(
    "piece", ["og så også ", "mødet på ", "den 3. og ", "det ene ", "2) ", "møder, ", "drop ", "ø", "\n"]
)
def test_hostile_text_is_read_quickly(piece: str) -> None:
    message = read((piece * 4000)[:4000])
    request = meetings("jobcenter 12-03; borgerservice 12-04", ";")
    with core_time() as spent:
        several(message, "recording", TODAY, request)
        told_of(message, request, "recording", TODAY)
        removed(message, request)
        both(message)
    assert spent.seconds < 0.4
