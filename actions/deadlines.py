"""Working days and telephone hours, by the Danish calendar."""

from datetime import date, datetime, time, timedelta

from actions.say import Say
from common.danish import format_date, format_time
from common.working_days import is_working_day

# The page's telephone hours. For Fridays it gives both 10-15 and 10-13.
OPENS, CLOSES, FRIDAY_CLOSES = 10, 15, 13
FEW_WORKING_DAYS = 2
_FRIDAY = 4
_RESPONSES = {
    "open": "utter_phone_open",
    "unsure": "utter_phone_friday_unsure",
    "closed": "utter_phone_closed",
}


def working_days_between(today: date, meeting: date) -> int:
    """The number of whole working days between two dates, both excluded."""
    return sum(is_working_day(today + timedelta(days=n)) for n in range(1, (meeting - today).days))


def is_close(today: date, meeting: date) -> bool:
    """Whether a meeting is today or has fewer than two whole working days before it (request.md)."""
    return meeting >= today and working_days_between(today, meeting) < FEW_WORKING_DAYS


def is_before_the_telephone(now: datetime, meeting: date, hour: time | None) -> bool:
    """Whether a meeting begins before the telephone opens next.

    Without an hour, one on the day of the opening counts as late that day.
    """
    if telephone(now) == "open":
        return False
    opens = next_opening(now)
    begins = hour or (time.max if meeting == opens.date() else time.min)
    return now.date() <= meeting and datetime.combine(meeting, begins, now.tzinfo) <= opens


def telephone(now: datetime) -> str:
    """`open`, `closed`, or `unsure`: on a Friday after 13 the page gives both."""
    if not is_working_day(now.date()) or not OPENS <= now.hour < CLOSES:
        return "closed"
    return "unsure" if now.weekday() == _FRIDAY and now.hour >= FRIDAY_CLOSES else "open"


def next_opening(now: datetime) -> datetime:
    """When the telephone opens next."""
    day = now.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    while day <= now or not is_working_day(day.date()):
        day += timedelta(days=1)
    return day


def telephone_now(moment: datetime) -> Say:
    """The reply whether Jura's telephone is open at that moment, and when it opens if not."""
    opens = next_opening(moment)
    day = "i dag" if opens.date() == moment.date() else format_date(opens.date())
    return Say(_RESPONSES[telephone(moment)], {"next_open": f"{day} {format_time(opens.time())}"})
