"""Bot room: dates that count from another one beside them: 'dagen efter påske', 'den 18. s.m.', 'mandagen før'."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from bot.nlu.values import calendar as cal
from bot.nlu.values.calendar import VAGUE, Days
from bot.nlu.values.canonical import lexicon


@dataclass(frozen=True)
class FoundDate:
    """Days at a place of the canonical text."""

    start: int
    end: int
    days: Days
    rule: str


_BOUND = re.compile(
    r"(?:efter|foer|inden|senest|(?<!\bden )(?<!\bdet )sidste|indtil|tidligst|siden|naar det er efter)(?: paa)? $"
)
_ABOUT = re.compile(r"(?:omkring|ca\.?|cirka|rundt om|nogenlunde|vistnok omkring) $")
_DAY_AFTER = re.compile(
    r"(?<![a-z])(?:(?:(?P<n>\d|en|to|tre|fire|fem|seks|syv)(?:º)? )?(?P<unit>dagen?|dage|uge|ugen|uger|aftenen)|"
    r"(?:paa |om )?(?P<wd>mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)(?:en)?) (?P<dir>efter|foer) "
    r"(?:(?:min|vores|hans|hendes) [a-z]+,? (?:som|der) (?:er|var|falder|faldt)(?: paa)? )?$"
)
# 'Dagen efter at vi fik brevet, som kom den 3.'
_DAY_BEFORE_WHICH = re.compile(
    r"\bdagen (?P<dir>efter|foer),? (?:at )?(?:jeg|vi|han|hun|de|min [a-z]+|mit [a-z]+)\b"
    r"[^.?!~\d]{3,60}(?<!, )(?<!dag )$"
)
_BEHIND = re.compile(r" (?P<dir>efter|foer|inden|forinden)(?=[ ]*(?:[,.;!?~]|$|kl|altsaa))")
_SAME_WEEK = re.compile(r" i (?:den )?samme uge\b")
# 'Sendt: 27. november 2026': what a copied mail calls 'i går' counts from there.
_HEAD = re.compile(
    r"(?:^|\W)(?:sendt|dato|sent|date): ?(?:mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)?[ ,]*$"
)
# '30. oktober, eller nej, det var den 29.'
_NO_IT_IS = re.compile(
    r"^[ ,.;:!?-]*(?:eller )?(?:nej|undskyld|ups|hov|jeg mener|jeg mente|rettelse)\b[a-z ,.;:!?-]{0,25}$"
)
_IT_IS_THE_DAY_BESIDE = re.compile(
    r"(?:\bmen|\bog(?=[a-z ]{1,25}, altsaa)|[,.;]"
    r"|\b(?:det|den|moedet|samtalen|mit|vores)(?: [a-z]+){0,3}? (?:er|var|blev|bliver|ligger|laa|holdes|blev holdt)"
    r"|\b(?:lagde|flyttede|skubbede|skubbet|rykket|flyttet|udsat)(?: det| moedet)?(?: til)?)"
    r"(?: saa| foerst| derfor| allerede)?"
    r" (?P<day>(?:(?P<n>\d|en|to|tre|fire|fem|seks|syv) (?P<unit>dage?|uger?)|dagen)"
    r" (?P<dir>efter|foer|senere|derefter|derpaa|inden)(?: (?:[a-z]+ )?foedselsdag(?:en)?)?)"
    r"(?=[ ]*(?:[,.;!?~]|$|kl|altsaa))"
)
# 'I brevet står d. 8/12, men nu er det udsat en uge'
_PUT_OFF = re.compile(
    r"\b(?:udsat|udskudt|rykket|skubbet|flyttet) (?P<day>(?P<n>\d|en|to|tre|fire|fem|seks) (?P<unit>dage?|uger?)"
    r"(?: (?:frem|senere|ud))?)(?=[ ]*(?:[,.;!?~]|$|kl))"
)
# 'Den første mandag efter jeg er hjemme': after the day named last, if one is.
_FIRST_AFTER = re.compile(r" (?:efter|derefter)\b(?! ~)")
_THE_FIRST = re.compile(r"(?:1º|foerste|naeste) $")
_ON_THE = re.compile(r"om (?:man|tirs|ons|tors|fre|loer|soen)dagen$")


def with_context(one: FoundDate, text: str, today: date) -> FoundDate:
    """'dagen efter <date>', 'fredag før <date>', 'efter <date>', 'omkring <date>'."""
    before = text[max(0, one.start - 60) : one.start]
    if one.rule in ("vague_phrase", "few"):
        return one
    shifted = _DAY_AFTER.search(before)
    if shifted and shifted["unit"] == "ugen" and shifted["dir"] == "efter" and one.rule == "weekday":
        return replace(one, start=one.start - len(before) + shifted.start(), rule="weekday_week_after")
    if shifted and (one.days.future or one.days.past) and not one.days.vague:
        start = one.start - len(before) + shifted.start()
        return FoundDate(start, one.end, _shift(shifted, one.days, today), "day_beside")
    which = _DAY_BEFORE_WHICH.search(text[: one.start])
    if which and one.days.kind == "exact":
        # 'Dagen før jeg blev udskrevet, og det blev jeg den 25. november': that day, or the one beside it.
        sign = 1 if which["dir"] == "efter" else -1
        return replace(one, days=cal.union(one.days, _moved(one.days, partial(_later, sign), today)), rule="day_beside")
    bound = _BOUND.search(before)
    if bound:
        return replace(one, start=one.start - len(before) + bound.start(), days=VAGUE, rule="bound")
    if about := _ABOUT.search(before):
        return replace(one, start=one.start - len(before) + about.start(), days=replace(one.days, vague=True))
    return one


def by_the_day_before(found: list[FoundDate], text: str, today: date) -> list[FoundDate]:
    """What counts from a day named before it: '3. december, nu den 18. s.m.', 'så det er dagen efter'."""
    read: list[FoundDate] = []
    for place, one in enumerate(found):
        read.append(_counted(one, read, text, today))
        following = found[place + 1].start if place + 1 < len(found) else len(text)
        behind = _IT_IS_THE_DAY_BESIDE.search(text, one.end, following)
        put_off = None if behind else _PUT_OFF.search(text, one.end)
        if behind and one.days.kind == "exact":
            number = _number(behind["n"] or "en") * (-1 if behind["dir"] in ("foer", "inden") else 1)
            number *= 7 if (behind["unit"] or "").startswith("uge") else 1
            moved = _moved(one.days, partial(_later, number), today)
            read[-1] = FoundDate(behind.start("day"), behind.end("day"), moved, "day_behind")
        elif put_off and place == 0 and one.days.kind == "exact":
            number = _number(put_off["n"]) * (7 if put_off["unit"].startswith("uge") else 1)
            moved = _moved(one.days, partial(_later, number), today)
            read[-1] = FoundDate(put_off.start("day"), put_off.end("day"), moved, "day_put_off")
    return read


def _counted(one: FoundDate, read: list[FoundDate], text: str, today: date) -> FoundDate:
    """'den 18. s.m.' by the month named last, 'onsdagen efter' by the day named last; others as they are."""
    named = [day for other in read if other.rule != "weekday" and (day := _only(other.days))]
    if one.days.weekday is not None and one.rule in ("weekday", "weekday_week_after"):
        return _weekday_counted(one, one.days.weekday, read, text, today)
    if named and one.rule == "day_same_month":
        number = int(re.findall(r"\d+", text[one.start : one.end])[0])
        return replace(one, days=cal.day_and_month(number, named[-1].month, today))
    if read and one.rule == "named_day" and (sent := _sent(read[0], text)):
        return replace(one, days=cal.both_ways([(one.days.future or one.days.past)[0] + (sent - today)], today))
    corrects = bool(read) and read[-1].rule == "day_month" and _NO_IT_IS.match(text[read[-1].end : one.start])
    if named and one.rule == "day_of_month" and corrects:
        number = int(re.findall(r"\d+", text[one.start : one.end])[0])
        return replace(one, days=cal.day_and_month(number, named[-1].month, today))
    return one


def _weekday_counted(one: FoundDate, weekday: int, read: list[FoundDate], text: str, today: date) -> FoundDate:
    """A weekday, and no more, where the words around it count it from the day named before."""
    named = next((day for other in reversed(read) if other.rule != "weekday" and (day := _only(other.days))), None)
    before = _only(read[-1].days) if read else None
    if one.rule == "weekday_week_after":
        # 'Min mor har møde på torsdag, men mit er ugen efter om tirsdagen'
        return replace(one, days=cal.both_ways([cal.in_week(weekday, before, 1)], today) if before else VAGUE)
    if named and (same_week := _SAME_WEEK.match(text, one.end)):
        moved = cal.both_ways([cal.in_week(weekday, named, 0)], today)
        return FoundDate(one.start, same_week.end(), moved, "weekday_same_week")
    first_after = _FIRST_AFTER.match(text, one.end) if _THE_FIRST.search(text[: one.start]) else None
    if first_after:
        ends = [max(said) for other in read if (said := (*other.days.future, *other.days.past))]
        days = cal.both_ways([cal.coming(weekday, ends[-1])], today) if ends else VAGUE
        return FoundDate(one.start, first_after.end(), days, "weekday_after")
    if named and _ON_THE.match(text[one.start : one.end]) and _names_a_week(read[-1]):
        day = cal.in_week(weekday, named, 0)
        if day >= named or named < today:
            return replace(one, days=cal.both_ways([day], today), rule="weekday_on_the")
    behind = _BEHIND.match(text, one.end)
    if behind and before:
        beside = partial(cal.coming if behind["dir"] == "efter" else cal.last, weekday)
        return FoundDate(one.start, behind.end(), _moved(read[-1].days, beside, today), "weekday_behind")
    return one


def _names_a_week(one: FoundDate) -> bool:
    """'På torsdag, og om fredagen': both are in one week."""
    return one.days.kind == "exact" and (one.days.weekday is not None or "week" in one.rule)


def _sent(first: FoundDate, text: str) -> date | None:
    """The day of a letter or a mail that is copied, with its head, into the message."""
    return _only(first.days) if _HEAD.search(text[: first.start]) else None


def _only(days: Days) -> date | None:
    """The day, where it is but one each way; the one to come, where there are two."""
    return (days.future or days.past)[0] if days.kind == "exact" else None


def _later(days: int, day: date) -> date:
    return day + timedelta(days=days)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else lexicon().numbers.get(word, 1)


def _shift(found: re.Match[str], days: Days, today: date) -> Days:
    sign = 1 if found["dir"] == "efter" else -1

    def move(day: date) -> date:
        if found["wd"]:
            weekday = lexicon().weekdays.index(found["wd"])
            return cal.coming(weekday, day) if sign > 0 else cal.last(weekday, day)
        days_of = 7 if (found["unit"] or "").startswith("uge") else 1
        return _later(sign * days_of * _number(found["n"] or "en"), day)

    if (found["unit"] or "").startswith("uge") and not found["n"]:
        return VAGUE  # 'ugen efter påske'
    return _moved(days, move, today)


def _moved(days: Days, move: Callable[[date], date], today: date) -> Days:
    """Each reading moved; a day to come stays one to come."""
    future, past = tuple(map(move, days.future)), tuple(map(move, days.past))
    if days.future and days.past:
        return Days(tuple(d for d in future if d >= today), tuple(d for d in past if d <= today))
    return cal.both_ways({*future, *past}, today)
