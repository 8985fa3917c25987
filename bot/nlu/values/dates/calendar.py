"""Calendar arithmetic: which days 'torsdag', 'den 3.', 'uge 50' or 'anden påskedag' can mean.

Each function returns `Days`: the readings to come and the past ones. Today counts as both.
"""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import holidays

WEEK = timedelta(days=7)
_NEAR = timedelta(days=183)
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Days:
    """Readings of a date, each way sorted. `weekday` (0 is Monday) is set where only a weekday was said."""

    future: tuple[date, ...] = ()
    past: tuple[date, ...] = ()
    vague: bool = False
    weekday: int | None = None

    @property
    def kind(self) -> str:
        """'exact' (at most one reading each way), 'ambiguous', or 'vague' (no single day was named)."""
        if self.vague:
            return "vague"
        one_way_each = len(self.future) <= 1 and len(self.past) <= 1
        return "exact" if one_way_each and (self.future or self.past) else "ambiguous"

    def value(self) -> dict[str, object]:
        """The kind and the readings (ISO 8601) as JSON."""
        return {
            "kind": self.kind,
            "future": [day.isoformat() for day in self.future],
            "past": [day.isoformat() for day in self.past],
        }


VAGUE = Days(vague=True)


def both_ways(days: Iterable[date], today: date) -> Days:
    """These days, those from today on as future, those up to today as past."""
    ordered = sorted(set(days))
    return Days(tuple(day for day in ordered if day >= today), tuple(day for day in ordered if day <= today))


def union(first: Days, second: Days) -> Days:
    """The readings of both; vague if one is."""
    return Days(
        tuple(sorted({*first.future, *second.future})),
        tuple(sorted({*first.past, *second.past})),
        first.vague or second.vague,
    )


def day_of(year: int, month: int, day: int) -> date | None:
    """The day; None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def yearly(rule: Callable[[int], date | None], today: date) -> Days:
    """The next and the last day that `rule` gives for a year; vague where it gives none."""
    span = range(today.year - 8, today.year + 9)
    days = sorted(day for day in (rule(year) for year in span) if day)
    return _nearest(days, today)


def day_and_month(day: int, month: int, today: date, year: int | None = None) -> Days:
    """A day of a month: in `year`, or the next and the last one. An impossible day is vague."""
    if year is not None:
        found = day_of(year, month, day)
        return both_ways([found], today) if found else VAGUE
    days = yearly(lambda y: day_of(y, month, day), today)
    if (month, day) == (2, 29):
        # Without a year, nobody means a leap day that is years away.
        near = [tuple(one for one in way if abs(one - today) <= _A_YEAR) for way in (days.future, days.past)]
        asked = not any(abs(one - today) <= _NEAR for way in near for one in way)
        return Days(near[0], near[1], vague=asked)
    return days


def day_of_month(day: int, today: date) -> Days:
    """The next and the last day with this number, in whatever month."""
    days = (day_of(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1, day) for n in range(-3, 4))
    return _nearest(sorted(found for found in days if found), today)


def _nearest(days: list[date], today: date) -> Days:
    future = next((day for day in days if day >= today), None)
    past = next((day for day in reversed(days) if day <= today), None)
    if not future and not past:
        return VAGUE
    return Days((future,) if future else (), (past,) if past else ())


def month_from(today: date, months: int) -> date:
    """The same day `months` later (negative: earlier), or the last day of a shorter month."""
    index = today.year * 12 + today.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def coming(weekday: int, today: date) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def last(weekday: int, today: date) -> date:
    """The latest such weekday before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def plain_weekday(weekday: int, today: date) -> Days:
    """The coming and the last such weekday; today as well where it is one."""
    ahead, behind = coming(weekday, today), last(weekday, today)
    if today.weekday() == weekday:
        return Days((today, ahead), (behind, today), weekday=weekday)
    return Days((ahead,), (behind,), weekday=weekday)


def in_week(weekday: int, today: date, weeks: int) -> date:
    """The weekday in the week that is `weeks` after today's; weeks begin on Monday."""
    return today + timedelta(days=weekday - today.weekday(), weeks=weeks)


def workdays(today: date, weeks: int) -> Days:
    """Monday to Friday of the week that is `weeks` after today's, as vague."""
    return replace(both_ways((in_week(day, today, weeks) for day in range(5)), today), vague=True)


def iso_week(week: int, today: date, weekday: int | None, year: int | None = None) -> Days:
    """A weekday of an ISO week, or its working days (vague): in `year`, or the nearest week each way."""
    wanted = range(5) if weekday is None else (weekday,)
    found: list[list[date]] = []
    for candidate in range(today.year - 8, today.year + 9) if year is None else (year,):
        try:
            found.append([date.fromisocalendar(candidate, week, day + 1) for day in wanted])
        except ValueError:
            continue
    ahead = next((days for days in found if days[-1] >= today), [])
    behind = next((days for days in reversed(found) if days[0] <= today), [])
    future = tuple(day for day in ahead if day >= today)
    past = tuple(day for day in behind if day <= today)
    return Days(future, past, vague=weekday is None or not (future or past))


def nth_of_month(nth: int, weekday: int | None, year: int, month: int) -> date | None:
    """The nth such weekday of a month, or its nth day where `weekday` is None; the last one where `nth` is -1."""
    length = calendar.monthrange(year, month)[1]
    days = [date(year, month, day) for day in range(1, length + 1)]
    days = [day for day in days if weekday is None or day.weekday() == weekday]
    return days[nth - 1 if nth > 0 else -1] if nth <= len(days) else None


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday of a year."""
    found: date = holidays.country_holidays("DK", years=year, language="en_US").get_named("Easter Sunday")[0]
    return found


def advent(number: int, year: int) -> date:
    """The Sunday in Advent of that number; the fourth is the last Sunday before 25 December."""
    fourth = last(6, date(year, 12, 25))
    return fourth - WEEK * (4 - number)


def agree(weekday: int, days: Days, today: date) -> Days:
    """The readings of a date that fall on the weekday said with it.

    Where none does nearby, the date or the nearest such weekday may be wrong: both are readings, so that it is asked.
    """
    future = tuple(day for day in days.future if day.weekday() == weekday)
    past = tuple(day for day in days.past if day.weekday() == weekday)
    near = any(abs(day - today) <= _NEAR for day in (*future, *past))
    if (future and past) or near or ((future or past) and not (days.future and days.past)):
        return Days(future, past)
    doubtful = {*(() if future else days.future), *(() if past else days.past)}
    beside = {day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3) for day in doubtful}
    mixed = both_ways(doubtful | beside, today)
    return Days(tuple(sorted({*mixed.future, *future})), tuple(sorted({*mixed.past, *past})), days.vague)


def meet(first: Days, second: Days, today: date) -> Days | None:
    """The day that two expressions name together ('i morgen, onsdag d. 25/11'); None where they are two days."""
    if VAGUE in (first, second):
        # A date makes a vague expression exact ('lige før jul, den 19. december'); a weekday alone does not.
        other = second if first == VAGUE else first
        return other if other.weekday is None and not other.vague else VAGUE
    for one, other in ((first, second), (second, first)):
        if one.weekday is not None and other.weekday is None:
            agreed = agree(one.weekday, other, today)
            # 'på torsdag' allows only a day to come, 'i torsdags' only a past one.
            future = agreed.future if one.future else ()
            past = agreed.past if one.past else ()
            return replace(agreed, future=future, past=past) if future or past else union(first, second)
    future = tuple(day for day in first.future if day in second.future)
    past = tuple(day for day in first.past if day in second.past)
    if future or past:
        return Days(future, past)
    if bool(first.future) != bool(second.future) and bool(first.past) != bool(second.past):
        return None
    return union(first, second)
