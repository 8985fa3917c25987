"""Working days and telephone hours by the Danish calendar and the page."""

from datetime import date, datetime

import pytest

from actions.deadlines import is_close, next_opening, telephone
from common.clock import COPENHAGEN


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-12-01T09:59", "closed"),
        ("2026-12-01T10:00", "open"),
        ("2026-12-01T14:59", "open"),
        ("2026-12-01T15:00", "closed"),
        ("2026-12-04T12:59", "open"),  # a Friday: both of the page's times agree
        ("2026-12-04T13:00", "unsure"),  # here they do not
        ("2026-12-04T15:00", "closed"),
        ("2026-12-05T11:00", "closed"),  # a Saturday
        ("2026-12-25T11:00", "closed"),  # Christmas Day
        ("2027-05-06T11:00", "closed"),  # Ascension Day
        ("2026-05-01T11:00", "open"),  # 1 May is no public holiday
    ],
)
def test_is_the_telephone_open(moment: str, expected: str) -> None:
    assert telephone(at(moment)) == expected


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-12-01T08:00", "2026-12-01T10:00"),
        ("2026-12-01T16:00", "2026-12-02T10:00"),
        ("2026-12-04T16:00", "2026-12-07T10:00"),
        ("2026-12-24T16:00", "2026-12-28T10:00"),
    ],
)
def test_when_it_opens_next(moment: str, opens: str) -> None:
    assert next_opening(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("today", "meeting", "close"),
    [
        ("2026-12-01", "2026-12-01", True),
        ("2026-12-01", "2026-12-02", True),
        ("2026-12-01", "2026-12-03", True),  # one whole working day between
        ("2026-12-01", "2026-12-04", False),
        ("2026-12-02", "2026-12-04", True),  # from a Wednesday, Friday is close and Monday is not (request.md)
        ("2026-12-02", "2026-12-07", False),
        ("2026-12-04", "2026-12-08", True),
        ("2026-12-04", "2026-12-09", False),
        ("2026-12-22", "2026-12-28", False),  # Christmas Eve is no public holiday, 25-27 are free: two whole days
        ("2026-12-23", "2026-12-28", True),
        ("2027-03-23", "2027-03-30", True),  # Easter lies between
        ("2026-12-02", "2026-12-01", False),
    ],
)
def test_is_the_meeting_close(today: str, meeting: str, close: bool) -> None:
    assert is_close(date.fromisoformat(today), date.fromisoformat(meeting)) is close
