"""Duckling's Danish test phrases; where we read them differently, the reason is given."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from value_tables import COPENHAGEN, rows

from bot.nlu.values import find_values

HERE = Path(__file__).parent

NOW = datetime(2013, 2, 12, 4, 30, tzinfo=COPENHAGEN)
_SINGLE = re.compile(r"\(datetime \((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\) (\w+)\)")

ASKS_BACK = {
    "tirsdag": "said on a Tuesday: today or next week",
    "næste onsdag": "the coming one or that of next week",
    "næste mandag": "the coming one or that after it",
    "næste tirsdag": "the coming one or that after it",
    "næste onsdag igen": "the coming one or that of next week",
    "næste fredag igen": "the coming one or that of next week",
    "Fre, Jul 18": "18 July 2013 is a Thursday; Duckling looks a year further for a Friday",
    "Jul 18, Fre": "18 July 2013 is a Thursday; Duckling looks a year further for a Friday",
    "et år efter juleaften": "no office counts a year from a feast",
    "ét år efter juleaften": "no office counts a year from a feast",
}
OFFICE_HOURS = {"klokken 3": "15:00", "kl. 3": "15:00", "kl 3": "15:00", "3:18": "15:18"}
LEFT_OUT = {
    "om 1t": "nobody writes so of a meeting",
    "om et par timer": "no time",
    "@ 16 CET": "no Danish way of writing a time",
}
_FOREIGN = re.compile(r"\b(?:CET|GMT|gmt)$")  # a meeting with a Danish department is in Danish time


def _singles() -> list[tuple[str, re.Match[str]]]:
    return [(row[0], found) for row in rows(HERE / "duckling_da.tsv", 2) if (found := _SINGLE.match(row[1]))]


@pytest.mark.parametrize(("text", "value"), _singles(), ids=lambda value: value if isinstance(value, str) else "")
def test_dates_are_read_as_duckling_reads_them(text: str, value: re.Match[str]) -> None:
    year, month, day, hour, minute, _ = map(int, value.groups()[:6])
    grain = value[7]
    found = find_values(text, NOW)
    dates = [one.value for one in found if one.entity == "date"]
    times = [one.value["readings"] for one in found if one.entity == "time"]
    if text in LEFT_OUT:
        assert not dates and not times
    elif text in ASKS_BACK:
        assert dates[0]["kind"] != "exact"
    elif text in OFFICE_HOURS:
        assert times == [[OFFICE_HOURS[text]]]
    elif grain == "Day" or (re.search(r"\b(?:dag|dage)\b", text) and "kl" not in text and grain == "Hour"):
        assert dates[0]["kind"] == "exact"
        assert date(year, month, day).isoformat() in dates[0]["future"] + dates[0]["past"]
    elif _FOREIGN.search(text):
        assert len(times) == 1
    elif grain in ("Hour", "Minute"):
        assert times == [[f"{hour:02d}:{minute:02d}"]]
    else:
        # Weeks, months, quarters, years and seconds name no single day.
        assert all(one["kind"] == "vague" for one in dates) or "i dag" in text


@pytest.mark.parametrize("text", [row[0] for row in rows(HERE / "duckling_da.tsv", 2) if not _SINGLE.match(row[1])])
def test_a_period_or_limit_is_not_read_as_one_day(text: str) -> None:
    named = r"torsdag|i morgen|i aften|i går|mandag"
    for one in (value.value for value in find_values(text, NOW) if value.entity == "date"):
        assert one["kind"] != "exact" or re.search(named, text)
