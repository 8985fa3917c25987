"""Dates as citizens write them."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from value_tables import COPENHAGEN, TUESDAY, listed, rows

from bot.nlu.values import Value, find_values
from bot.nlu.values.dates.calendar import easter
from common.danish import MONTHS, format_date, format_time

HERE = Path(__file__).parent


def _cases() -> list[tuple[datetime, str, str, list[str], list[str]]]:
    cases, now = [], TUESDAY
    for row in rows(HERE / "dates.tsv", 4):
        if row[0] == "now":
            now = datetime.fromisoformat(row[1]).replace(tzinfo=COPENHAGEN)
        else:
            cases.append((now, row[0], row[1], listed(row[2]), listed(row[3])))
    return cases


def _dates(text: str, now: datetime) -> list[Value]:
    return [value for value in find_values(text, now) if value.entity == "date"]


@pytest.mark.parametrize(("now", "text", "kind", "future", "past"), _cases())
def test_a_date_is_read(now: datetime, text: str, kind: str, future: list[str], past: list[str]) -> None:
    found = [value.value for value in _dates(text, now)]
    expected = [] if kind == "none" else [{"kind": kind, "future": sorted(future), "past": sorted(past)}]
    assert found == expected


def test_the_table_has_enough_rows() -> None:
    assert len(_cases()) >= 300


def test_every_day_of_two_years_is_read_however_it_is_written(pytestconfig: pytest.Config) -> None:
    """Each day in one of the six ways in turn, so that each way meets every month and weekday; all with a flag."""
    days = [TUESDAY.date() + timedelta(days=ahead) for ahead in range(730)]
    every = pytestconfig.getoption("--every-date")
    read = [
        (day, text) for place, day in enumerate(days) for text in (_ways(day) if every else [_ways(day)[place % 6]])
    ]
    for day, text in read:
        values = _dates(f"mødet er {text}", TUESDAY)
        assert [value.value["future"] for value in values] == [[day.isoformat()]], text


def _ways(day: date) -> tuple[str, ...]:
    """A day as citizens write it, in six ways."""
    name = MONTHS[day.month - 1]
    return (
        f"d. {day.day}/{day.month}-{day.year}",
        f"{day:%d.%m.%Y}",
        f"den {day.day}. {name} {day.year}",
        f"{day.day}. {name[:3]} {day:%y}" if name not in ("maj", "juni", "juli") else format_date(day),
        format_date(day),
        day.isoformat(),
    )


@pytest.mark.parametrize("offset", range(14))
def test_a_weekday_with_its_date_is_exact_on_any_day(offset: int) -> None:
    now = TUESDAY + timedelta(days=offset)
    for ahead in range(90):
        day = now.date() + timedelta(days=ahead)
        said = format_date(day).rsplit(" ", 1)[0]
        (value,) = _dates(said, now)
        assert (value.value["kind"], value.value["future"]) == ("exact", [day.isoformat()]), said


@pytest.mark.parametrize(("year", "sunday"), [(2024, "2024-03-31"), (2026, "2026-04-05"), (2038, "2038-04-25")])
def test_easter_has_the_right_date(year: int, sunday: str) -> None:
    assert easter(year) == date.fromisoformat(sunday)


def test_the_span_of_a_date_holds_the_citizens_words() -> None:
    text = "Hej, mødet er vist pa\u030a torsdag kl. 14 hos jer"
    (value,) = _dates(text, TUESDAY)
    assert text[value.start : value.end] == "pa\u030a torsdag"
    assert value.value["future"] == ["2026-11-26"]


def test_dates_are_written_out_in_danish() -> None:
    assert format_date(date(2026, 12, 3)) == "torsdag den 3. december 2026"
    assert format_date(date(2026, 11, 1)) == "søndag den 1. november 2026"
    assert format_time(time(14, 30)) == "kl. 14.30"
    assert format_time(time(9, 5)) == "kl. 9.05"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("om 3 uger den 0.", "2026-12-15"),
        ("om en måned den 32.", "2026-12-24"),
        ("om 14 dage, d. 99.", "2026-12-08"),
    ],
)
def test_a_valid_date_beside_an_impossible_one_is_read(text: str, day: str) -> None:
    assert [value.value["future"] for value in _dates(text, TUESDAY)] == [[day], []]


@pytest.mark.parametrize(("text", "day"), [("mandag om 14 dage", "2026-12-14"), ("mandag om 8 dage", "2026-12-07")])
def test_weeks_from_a_weekday_count_from_today_where_it_is_that_weekday(text: str, day: str) -> None:
    monday = TUESDAY + timedelta(days=6)
    assert str(monday.date()) == "2026-11-30"
    assert [value.value["future"] for value in _dates(text, monday)] == [[day]]
