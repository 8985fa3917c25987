"""Working days and telephone hours, by the Danish calendar."""

from datetime import date, datetime, timedelta

from common.working_days import is_working_day

# The page's telephone hours; for Fridays it gives both 10-15 and 10-13.
OPENS, CLOSES, FRIDAY_CLOSES = 10, 15, 13
FEW_WORKING_DAYS = 2
_FRIDAY = 4


def working_days_between(today: date, meeting: date) -> int:
    """The working days from today, which does not count, to the meeting, which does."""
    days = (meeting - today).days
    return sum(is_working_day(today + timedelta(days=n)) for n in range(1, days + 1))


def is_close(today: date, meeting: date) -> bool:
    """Whether a meeting is today or fewer than two working days away (request.md)."""
    return meeting >= today and working_days_between(today, meeting) < FEW_WORKING_DAYS


def telephone(now: datetime) -> str:
    """`open`, `closed`, or `unsure`: on a Friday after 13, for which the page says both."""
    if not is_working_day(now.date()) or not OPENS <= now.hour < CLOSES:
        return "closed"
    return "unsure" if now.weekday() == _FRIDAY and now.hour >= FRIDAY_CLOSES else "open"


def next_opening(now: datetime) -> datetime:
    """When the telephone opens next."""
    day = now.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    while day <= now or not is_working_day(day.date()):
        day += timedelta(days=1)
    return day
