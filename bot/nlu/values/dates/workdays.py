"""What the matches of the date grammar mean: working days ('den første hverdag efter påske').

Each function takes a match of grammar.py and the current time, and returns the days; None where it is no date.
"""

from datetime import date, datetime, timedelta

from bot.nlu.values.dates import calendar as cal
from bot.nlu.values.dates.calendar import Days
from bot.nlu.values.dates.canonical import lexicon
from bot.nlu.values.dates.feasts import FIRST, LAST
from bot.nlu.values.dates.readings import number_of
from common import patterns
from common.working_days import is_working_day

_DAY = timedelta(days=1)
_MOST = 60  # larger numbers are taken for no date


def _from(day: date, step: timedelta) -> date:
    """The nearest working day in direction `step`; `day` itself if it is one."""
    while not is_working_day(day):
        day += step
    return day


def beside_feast(found: patterns.Match, now: datetime) -> Days:
    """'første hverdag efter jul', 'sidste arbejdsdag før påske', 'første arbejdsdag i det nye år'."""
    feast = found["feast"] or "nytaar"

    def of_year(year: int) -> date:
        if found["dir"] in ("foer", "inden"):
            return _from(FIRST[feast](year) - _DAY, -_DAY)
        return _from(LAST[feast](year) + _DAY, _DAY)

    return cal.yearly(of_year, now.date())


def from_now(found: patterns.Match, now: datetime) -> Days | None:
    """'om tre hverdage', 'for to arbejdsdage siden': the days between that are none do not count."""
    number = number_of(found["n"])
    if number is None or not 0 < number <= _MOST:
        return None
    day, step = now.date(), -_DAY if found["dir"] else _DAY
    for _ in range(number):
        day = _from(day + step, step)
    return cal.both_ways([day], now.date())


def in_month(found: patterns.Match, now: datetime) -> Days:
    """'første hverdag i januar', 'sidste arbejdsdag i måneden', 'den første hverdag i næste måned'."""
    said, today = found.groupdict(), now.date()

    def of_month(year: int, month: int) -> date:
        first = date(year, month, 1)
        return _from(cal.month_from(first, 1) - _DAY, -_DAY) if said["nth"] == "sidste" else _from(first, _DAY)

    if said["mon"]:
        month = lexicon().months.index(said["mon"]) + 1
        return cal.yearly(lambda year: of_month(year, month), today)
    months = {"naeste ": (1,), "denne ": (0,), "sidste ": (-1,)}.get(said["which"] or "", (-1, 0, 1))
    firsts = [cal.month_from(today.replace(day=1), n) for n in months]
    days = [of_month(first.year, first.month) for first in firsts]
    return Days(tuple(day for day in days if day >= today)[:1], tuple(day for day in days if day <= today)[-1:])
