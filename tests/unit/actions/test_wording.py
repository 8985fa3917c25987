"""What is shown of a request's values."""

import pytest

from actions.request.wording import noted

_AGAIN = {"meeting_recurrence": "hver anden torsdag", "meeting_time": "09:15"}


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-12-10", "hver anden torsdag, første gang torsdag den 10. december 2026 kl. 9.15"),
        (None, "hver anden torsdag (kl. 9.15)"),
    ],
)
def test_the_hour_of_recurring_meetings_is_shown(day: str | None, shown: str) -> None:
    assert shown in noted({**_AGAIN, "meeting_date": day})
