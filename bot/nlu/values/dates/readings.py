"""What the matches of the date grammar mean: days, months, distances and weekdays.

Each function takes a match of grammar.py and the current time, and returns the days; None where it is no date.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache, reduce

from bot.nlu.values.dates import calendar as cal
from bot.nlu.values.dates.calendar import VAGUE, Days
from bot.nlu.values.dates.canonical import lexicon
from bot.nlu.values.lexicon import fold, load
from common import patterns


def weekday_of(found: patterns.Match) -> int:
    """The weekday that the match names; 0 is Monday."""
    return lexicon().weekdays.index(found["wd"])


def number_of(word: str) -> int | None:
    """The number that figures or a number word ('3', 'tre') stand for; None for other words."""
    return int(word) if word.isdigit() else lexicon().numbers.get(word)


def _year(found: patterns.Match, today: date) -> int | None:
    """The year that the match names; None where it names none."""
    said = found.groupdict()
    if said.get("y"):
        return int(said["y"])
    if said.get("yy"):
        year = 2000 + int(said["yy"])
        return year if year <= today.year + 10 else year - 100
    if said.get("nexty"):
        return today.year + 1
    if said.get("lasty"):
        return today.year - 1
    return today.year if " i aar" in found.group() else None


def _month(found: patterns.Match) -> int:
    return lexicon().months.index(found["mon"]) + 1


def day_month(found: patterns.Match, now: datetime) -> Days | None:
    """'3/12', 'd. 3. december 2026', '03.12.26'."""
    month = _month(found) if found.groupdict().get("mon") else int(found["m"])
    year = _year(found, now.date())
    if found.groupdict().get("yy") and not found["sep"].strip() and not -2 <= (year or 0) - now.year <= 3:
        return cal.day_and_month(int(found["d"]), month, now.date())  # '3. december 14': the hour, no year
    return cal.day_and_month(int(found["d"]), month, now.date(), year)


def number_month(found: patterns.Match, now: datetime) -> Days | None:
    """'den ti december': the number for the ordinal."""
    day = None if found["n"].isdigit() else number_of(found["n"])
    if day is None:
        # An unreadable ordinal ('den dyvende december') is vague, so that a weekday beside it is not taken alone.
        return VAGUE if found.group().startswith("den ") and found["n"].endswith("de") else None
    return cal.day_and_month(day, _month(found), now.date(), _year(found, now.date()))


def weekday_in_month(found: patterns.Match, now: datetime) -> Days | None:
    """'i januar i år, tirsdag d. 13.': the weekday must be that day's."""
    days = day_month(found, now)
    return cal.agree(weekday_of(found), days, now.date()) if days else None


def near_day_month(found: patterns.Match, now: datetime) -> Days | None:
    """'141226' as the whole message: a date of a meeting, not of a birth."""
    year = 2000 + int(found["yy"])
    if not -2 <= year - now.year <= 3:
        return None
    return cal.day_and_month(int(found["d"]), int(found["m"]), now.date(), year)


_FIGURES = patterns.compile(r"\d{1,2}")
# 'Det blev flyttet fra den 16. til den 18. november'
_MOVED_FROM = patterns.compile(r"\b(?:flyt|ryk|aendr|skift|uds)[a-z]*(?: moedet| samtalen| det)? fra $")


def month_pair(found: patterns.Match, now: datetime) -> Days:
    """'3.-4. december', 'd. 3. eller 4. december'."""
    month, year = _month(found), _year(found, now.date())
    if _MOVED_FROM.search(found.string[: found.start()]):
        return cal.day_and_month(int(found["d2"]), month, now.date(), year)
    first = cal.day_and_month(int(found["d"]), month, now.date(), year)
    return cal.union(first, cal.day_and_month(int(found["d2"]), month, now.date(), year))


def month_list(found: patterns.Match, now: datetime) -> Days:
    """'den 2., 9. og 16. februar': all of them."""
    month, year = _month(found), _year(found, now.date())
    days = (int(day) for day in (*_FIGURES.findall(found["days"]), found["d2"]))
    return reduce(cal.union, (cal.day_and_month(day, month, now.date(), year) for day in days))


def day_pair(found: patterns.Match, now: datetime) -> Days:
    """'d. 8. eller 9.': both."""
    return cal.union(*(cal.day_of_month(int(found[name]), now.date()) for name in ("d", "d2")))


def from_now(found: patterns.Match, now: datetime) -> Days | None:
    """'om tre uger', 'for 14 dage siden': one day; years and 'cirka' are vague."""
    number, unit = number_of(found["n"]), found["unit"]
    if number is None:
        return None
    if unit.startswith("aar") or number > 366:
        return VAGUE
    sign = -1 if found["dir"] == "siden" else 1
    if found.groupdict().get("about"):
        return VAGUE
    if unit.startswith("time"):
        hours_away = ((now + timedelta(hours=sign * number)).date(),)
        return Days((), hours_away) if sign < 0 else Days(hours_away, ())
    if unit.startswith("maaned"):
        return cal.both_ways([cal.month_from(now.date(), sign * number)], now.date())
    # In Danish, 'otte dage' is a week.
    days = number * 7 if unit.startswith("uge") else 7 if number == 8 else number
    return cal.both_ways([now.date() + timedelta(days=sign * days)], now.date())


@lru_cache(maxsize=1)
def named_days() -> dict[str, tuple[str, int]]:
    """Days that have a name ('i morgen'), folded: the direction (today, ahead, behind) and how many days away."""
    lists = load("dates")["named_days"]
    return {fold(day): (direction, away) for direction, days in lists.items() for day, away in days.items()}


def named_day(found: patterns.Match, now: datetime) -> Days | None:
    """'i morgen', 'i går', 'i dag otte dage'."""
    today = now.date()
    direction, away = named_days()[found["day"]]
    if direction == "today":
        days = cal.both_ways([today], today)
    elif direction == "ahead":
        days = Days((today + timedelta(days=away),), ())
    else:
        days = Days((), (today - timedelta(days=away),))
    if not found["more"]:
        return days
    number = number_of(found["n"])
    weeks = number if found["unit"].startswith("uge") else 1 if number in (7, 8) else 2
    return cal.both_ways([(days.future or days.past)[0] + cal.WEEK * (weeks or 1)], today)


def today(_found: patterns.Match, now: datetime) -> Days:
    """'om lidt', with the hour."""
    return cal.both_ways([now.date()], now.date())


def qualified_weekday(found: patterns.Match, now: datetime) -> Days:
    """'på torsdag', 'næste torsdag', 'sidste torsdag', 'forrige torsdag'.

    'Næste torsdag' is the one to come for some and the one after for others, on whatever day it is said.
    """
    today, weekday, word = now.date(), weekday_of(found), found["q"].split()[-1]
    if word in ("paa", "kommende", "foerstkommende"):
        return Days((cal.coming(weekday, today),), (), weekday=weekday)
    if word == "naeste":
        first = cal.coming(weekday, today)
        return Days((first, first + cal.WEEK), ())
    if word == "sidste":
        return Days((), (cal.last(weekday, today),), weekday=weekday)
    if word == "forrige":
        return Days((), tuple(sorted({cal.last(weekday, today), cal.in_week(weekday, today, -1)})))
    return cal.plain_weekday(weekday, today)


def nth(found: patterns.Match, now: datetime) -> Days | None:
    """'sidste fredag i november', 'første mandag i næste måned', 'den sidste i måneden'."""
    said = found.groupdict()
    weekday = weekday_of(found) if said.get("wd") else None
    nth, today = int(said["d"]) if said.get("d") else -1, now.date()
    if nth == 0 or nth > 31 or (weekday is not None and nth > 5):
        return VAGUE
    if said.get("mon"):
        month, year = _month(found), _year(found, today)
        if year is None:
            return cal.yearly(lambda y: cal.nth_of_month(nth, weekday, y, month), today)
        day = cal.nth_of_month(nth, weekday, year, month)
        return cal.both_ways([day], today) if day else VAGUE
    offsets = {"naeste ": (1,), "denne ": (0,), "sidste ": (-1,)}.get(said["which"] or "", (-1, 0, 1))
    firsts = (cal.month_from(today.replace(day=1), months) for months in offsets)
    days = sorted(day for day in (cal.nth_of_month(nth, weekday, f.year, f.month) for f in firsts) if day)
    if len(offsets) == 1:
        return cal.both_ways(days, today)
    ahead, behind = [day for day in days if day >= today], [day for day in days if day <= today]
    return Days(tuple(ahead[:1]), tuple(behind[-1:]))


def nth_in_new_year(found: patterns.Match, now: datetime) -> Days:
    """'den første mandag i det nye år': the next one in a January, and the last."""
    nth, weekday = int(found["d"]), weekday_of(found)
    return cal.yearly(lambda year: cal.nth_of_month(nth, weekday, year, 1), now.date()) if nth <= 5 else VAGUE


def day_in_month(found: patterns.Match, now: datetime) -> Days:
    """'den 5. i næste måned'."""
    months = {
        "naeste": 1,
        "kommende": 1,
        "denne": 0,
        "d": 0,
        "dennes": 0,
        "ds": 0,
        "sidste": -1,
        "forrige": -1,
        "f": -1,
        "n": 1,
    }
    first = cal.month_from(now.date().replace(day=1), months[found["which"]])
    day = cal.day_of(first.year, first.month, int(found["d"]))
    return cal.both_ways([day], now.date()) if day else VAGUE


def plain_weekday(found: patterns.Match, now: datetime) -> Days:
    """'torsdag', 'om torsdagen'."""
    return cal.plain_weekday(weekday_of(found), now.date())


def last_weekday(found: patterns.Match, now: datetime) -> Days:
    """'i torsdags'."""
    weekday = weekday_of(found)
    return Days((), (cal.last(weekday, now.date()),), weekday=weekday)


def day_of_month(found: patterns.Match, now: datetime) -> Days:
    """'den 3.'."""
    return cal.day_of_month(int(found["d"]), now.date())


def weekday_and_day(found: patterns.Match, now: datetime) -> Days | None:
    """'fredag 11.': a weekday with its day of the month."""
    return cal.meet(plain_weekday(found, now), day_of_month(found, now), now.date())


def weekday_or_day(found: patterns.Match, now: datetime) -> Days | None:
    """'fredag 11': at eleven, or the eleventh, where that is a Friday; None where it is none."""
    weekday, day = plain_weekday(found, now), day_of_month(found, now)
    future, past = (tuple(one for one in way if one.weekday() == weekday.weekday) for way in (day.future, day.past))
    fits = Days(future, past)
    return cal.union(weekday, fits) if future or past else None


def no_single_day(_found: patterns.Match, _now: datetime) -> Days:
    """'snart', 'primo december'."""
    return VAGUE
