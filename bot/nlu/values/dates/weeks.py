"""What the matches of the date grammar mean: expressions with a week.

Each function takes a match of grammar.py and the current time, and returns the days; None where it is no date.
"""

from datetime import datetime, timedelta

from bot.nlu.values.dates import calendar as cal
from bot.nlu.values.dates.calendar import VAGUE, Days
from bot.nlu.values.dates.readings import number_of as _number
from bot.nlu.values.dates.readings import weekday_of
from bot.nlu.values.lexicon import word_set
from common import patterns

_LAST_WEEK = patterns.compile(r"\bsidste uge\b[^.!?]{0,40}$")


def weeks_of(word: str) -> int:
    """How many weeks from this one the word means: 0, -1 or 1."""
    return 0 if word in ("denne", "den her") else -1 if word in ("sidste", "forrige") else 1


def weekday_in_week(found: patterns.Match, now: datetime) -> Days:
    """'torsdag i næste uge'."""
    return cal.both_ways([cal.in_week(weekday_of(found), now.date(), weeks_of(found["week"]))], now.date())


def weeks_ago_on(found: patterns.Match, now: datetime) -> Days | None:
    """'på onsdag er det tre uger siden'."""
    number = _number(found["n"])
    if number is None or not 0 < number <= 60:
        return None
    return cal.both_ways([cal.coming(weekday_of(found), now.date()) - cal.WEEK * number], now.date())


def week_later(found: patterns.Match, now: datetime) -> Days:
    """'ikke nu på torsdag, men ugen efter'."""
    return cal.both_ways([cal.coming(weekday_of(found), now.date()) + cal.WEEK], now.date())


def weekday_before_last(found: patterns.Match, now: datetime) -> Days | None:
    """'ikke sidste uge men ugen før, om torsdagen'."""
    if not _LAST_WEEK.search(found.string[: found.start()]):
        return None
    return cal.both_ways([cal.in_week(weekday_of(found), now.date(), -2)], now.date())


def iso_week(found: patterns.Match, now: datetime) -> Days | None:
    """'onsdag i uge 50', 'uge 50'; None in a message about a pregnancy, whose weeks are counted otherwise."""
    pregnancy = word_set("dates", "pregnancy")
    words = found.string.split()
    if any(word in words for word in pregnancy) or any(part in found.string for part in word_set("dates", "pregnant")):
        return None
    weekday = weekday_of(found) if found.groupdict().get("wd") else None
    return cal.iso_week(int(found["w"]), now.date(), weekday, int(found["y"]) if found["y"] else None)


def weekday_plus(found: patterns.Match, now: datetime) -> Days | None:
    """'torsdag otte dage', 'torsdag om to uger': counted from the coming Thursday, or in that week."""
    today, weekday, number = now.date(), weekday_of(found), _number(found["n"])
    if number is None or not 0 < number <= 60:
        return None
    if found["unit"].startswith("uge"):
        if today.weekday() == weekday:
            return cal.both_ways([today + cal.WEEK * number], today)  # 'mandag om to uger', said on a Monday
        counted = cal.coming(weekday, today) + cal.WEEK * number
        return cal.both_ways({counted, cal.in_week(weekday, today, number)}, today)
    weeks = {7: 1, 8: 1, 14: 2, 15: 2}.get(number)
    # 'mandag om 14 dage', said on a Monday, counts from today.
    start = today if today.weekday() == weekday and " om " in found.group() else cal.coming(weekday, today)
    return cal.both_ways([start + cal.WEEK * weeks], today) if weeks else VAGUE


def weekday_minus(found: patterns.Match, now: datetime) -> Days | None:
    """'i mandags for en uge siden'."""
    today, weekday, number = now.date(), weekday_of(found), _number(found["n"])
    if number is None or not 0 < number <= 60:
        return None
    weeks = number if found["unit"].startswith("uge") else {7: 1, 8: 1, 14: 2, 15: 2}.get(number)
    if not weeks:
        return VAGUE
    counted = cal.last(weekday, today) - cal.WEEK * weeks
    if today.weekday() == weekday:
        counted = today - cal.WEEK * weeks  # 'torsdag for 14 dage siden', said on a Thursday
        return cal.both_ways([counted], today)
    exact = found["s"] == "s"
    return cal.both_ways({counted} if exact else {counted, cal.in_week(weekday, today, -weeks)}, today)


def week_after(found: patterns.Match, now: datetime) -> Days:
    """'onsdag i ugen efter næste', 'onsdag i ugen før sidste uge'."""
    weeks = {("efter", "naeste"): 2, ("foer", "sidste"): -2, ("foer", "forrige"): -2}
    counted = weeks.get((found["dir"], (found["next"] or "").removesuffix(" uge").strip()))
    if counted is None:
        return VAGUE
    return cal.both_ways([cal.in_week(weekday_of(found), now.date(), counted)], now.date())


def weeks_weekday(found: patterns.Match, now: datetime) -> Days | None:
    """'om to uger på torsdag', 'for tre uger siden på en tirsdag': that day of that week."""
    number = _number(found["n"])
    if number is None or not 0 < number <= 60:
        return None
    return cal.both_ways([cal.in_week(weekday_of(found), now.date(), -number if found["dir"] else number)], now.date())


def weekend(found: patterns.Match, now: datetime) -> Days:
    """'i weekenden': the one to come, the one that has been."""
    today = now.date()
    saturday = cal.in_week(5, today, 0)
    if found["which"] in ("i ", None):
        ahead = [saturday, saturday + timedelta(days=1)]
        behind = ahead if today.weekday() >= 5 else [day - cal.WEEK for day in ahead]
        return Days(tuple(d for d in ahead if d >= today), tuple(d for d in behind if d <= today), vague=True)
    return VAGUE


def after_weekend(found: patterns.Match, now: datetime) -> Days:
    """'efter weekenden, tirsdag': of the week that begins behind it."""
    return cal.both_ways([cal.in_week(weekday_of(found), now.date(), 1)], now.date())


def whole_week(found: patterns.Match, now: datetime) -> Days:
    """'i næste uge'."""
    return cal.workdays(now.date(), weeks_of(found["week"]))
