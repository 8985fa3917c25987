"""Working days of Danish offices."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=1)
def _danish_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("DK", language="da")


def is_working_day(day: date) -> bool:
    """Monday to Friday, public holidays excepted."""
    return day.weekday() < 5 and day not in _danish_holidays()
