"""What the matches of the date grammar mean: feasts, and weekdays beside or between them.

Each function takes a match of grammar.py and the current time, and returns the days; None where it is no date.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.nlu.values.dates import calendar as cal
from bot.nlu.values.dates.calendar import Days
from bot.nlu.values.dates.readings import weekday_of
from common import patterns

# Danish schools have their autumn holiday in ISO week 42.
_AUTUMN_HOLIDAY = 42
_Of = Callable[[int], date]


def feast_day(feast: dict[str, object], found: patterns.Match, now: datetime) -> Days:
    """'2. juledag', 'skærtorsdag 2027', 'mors dag': by date, from Easter, by the Sunday in Advent, or of its month."""

    def of_year(year: int) -> date:
        if "easter" in feast:
            return _easter(int(str(feast["easter"])))(year)
        if "advent" in feast:
            return cal.advent(int(str(feast["advent"])), year)
        if "of_month" in feast:
            return _of_month(str(feast["of_month"]), year)
        month, day = str(feast["date"]).split("-")
        return date(year, int(month), int(day))

    if found["y"]:
        return cal.both_ways([of_year(int(found["y"]))], now.date())
    return cal.yearly(of_year, now.date())


def _of_month(said: str, year: int) -> date:
    """'11-4-3+1': of November, the fourth Thursday (Monday is 0), and one day on."""
    rule, _, later = said.partition("+")
    month, nth, weekday = map(int, rule.split("-"))
    first = date(year, month, 1)
    days_on = (weekday - first.weekday()) % 7 + 7 * (nth - 1) + int(later or 0)
    return first + timedelta(days=days_on)


def _easter(days: int) -> _Of:
    return lambda year: cal.easter(year) + timedelta(days=days)


def _holiday(weekday: int) -> _Of:
    return lambda year: date.fromisocalendar(year, _AUTUMN_HOLIDAY, weekday + 1)


# The first and the last day of each feast: 'før' and 'efter' are counted from these.
FIRST: dict[str, _Of] = {
    "paaske": _easter(-3),
    "pinse": _easter(49),
    "jul": lambda year: date(year, 12, 24),
    "nytaar": lambda year: date(year, 12, 31),
    "efteraarsferie": _holiday(0),
}
LAST: dict[str, _Of] = {
    "paaske": _easter(1),
    "pinse": _easter(50),
    "jul": lambda year: date(year, 12, 26),
    "nytaar": lambda year: date(year, 1, 1),
    "efteraarsferie": _holiday(6),
}
NAMES = "|".join(FIRST)


def beside_feast(found: patterns.Match, now: datetime) -> Days:
    """'tirsdag efter påske', 'onsdagen lige før påske': the first one after its last day, the last one before it."""
    weekday, after = weekday_of(found), found["dir"] == "efter"

    def of_year(year: int) -> date:
        if after:
            return cal.coming(weekday, LAST[found["feast"]](year))
        return cal.last(weekday, FIRST[found["feast"]](year))

    return cal.yearly(of_year, now.date())


def in_autumn_holiday(found: patterns.Match, now: datetime) -> Days:
    """'onsdag i efterårsferien'."""
    return cal.yearly(_holiday(weekday_of(found)), now.date())


def in_holy_week(found: patterns.Match, now: datetime) -> Days:
    """'tirsdag i den stille uge': the week before Easter Sunday."""
    return cal.yearly(_easter(weekday_of(found) - 6), now.date())


def between_feasts(found: patterns.Match, now: datetime) -> Days:
    """'tirsdag mellem jul og nytår': of the seven days from the 25th, there is one."""
    return cal.yearly(lambda year: cal.coming(weekday_of(found), date(year, 12, 24)), now.date())
