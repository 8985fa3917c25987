"""Dates that count from another one beside them: 'dagen efter påske', 'den 18. s.m.', 'mandagen før'."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from bot.nlu.values.dates import calendar as cal
from bot.nlu.values.dates.calendar import VAGUE, Days
from bot.nlu.values.dates.canonical import lexicon
from common import patterns


@dataclass(frozen=True)
class FoundDate:
    """Days at a place of the canonical text."""

    start: int
    end: int
    days: Days
    rule: str


_BOUND = patterns.compile(
    r"(?:efter|foer|inden|senest|(?<!\bden )(?<!\bdet )sidste|indtil|tidligst|siden|naar det er efter)(?: paa)? $"
)
_ABOUT = patterns.compile(r"(?:omkring|ca\.?|cirka|rundt om|nogenlunde|vistnok omkring) $")
_DAY_AFTER = patterns.compile(
    r"(?<![a-z])(?:(?:(?P<n>\d|en|to|tre|fire|fem|seks|syv)(?:º)? )?(?P<unit>dagen?|dage|uge|ugen|uger|aftenen)|"
    r"(?:paa |om )?(?P<wd>mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)(?:en)?) (?P<dir>efter|foer|inden) "
    r"(?:(?:min|vores|hans|hendes) [a-z\d.º]+(?: [a-z\d.º]+){0,3}?,? (?:som|der|og den|og det)"
    r" (?:er|var|falder|faldt)(?: paa)? )?$"
)
# 'Dagen efter at vi fik brevet, som kom den 3.'
_DAY_BEFORE_WHICH = patterns.compile(
    r"\bdagen (?P<dir>efter|foer),? (?:at )?(?:jeg|vi|han|hun|de|min [a-z]+|mit [a-z]+)\b"
    r"[^.?!~\d]{3,60}(?<!, )(?<!dag )$"
)
_WEEK_BESIDE = patterns.compile(r"\bugen (?:efter|foer),? $")
_BEHIND = patterns.compile(r" (?P<dir>efter|foer|inden|forinden)(?=[ ]*(?:[,.;!?~]|$|kl|altsaa))")
_SAME_WEEK = patterns.compile(r" i (?:den )?samme uge\b")
# 'Sendt: 27. november 2026': what a copied mail calls 'i går' counts from there.
_HEAD = patterns.compile(
    r"(?:^|\W)(?:sendt|dato|sent|date): ?(?:mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)?[ ,]*$"
)
# '30. oktober, eller nej, det var den 29.'
_NO_IT_IS = patterns.compile(
    r"^[ ,.;:!?-]*(?:eller )?(?:nej|undskyld|ups|hov|jeg mener|jeg mente|rettelse)\b[a-z ,.;:!?-]{0,25}$"
)
_IT_IS_THE_DAY_BESIDE = patterns.compile(
    r"(?:\bmen|\bog(?=[a-z ]{1,25}, altsaa)|[,.;]|\b(?:praecis|noejagtigt?)"
    r"|\b(?:det|den|[a-z]*moedet|[a-z]*samtalen|mit|vores|hun|han|de)(?: [a-z]+){0,3}?"
    r" (?:er|var|blev|bliver|ligger|laa|holdes|kommer|blev holdt)"
    r"|\b(?:vi|jeg) (?:moedes|ses|skal (?:ind|derop|derhen|til moede))"
    r"|\b(?:lagde|lagt|sat|flyttede|skubbede|skubbet|rykket|flyttet|udsat)(?: det| moedet)?(?: til)?)"
    r"(?: saa| foerst| derfor| allerede| praecis| noejagtigt?)?"
    r" (?P<day>(?:(?P<n>\d\d?|[a-z]+) (?P<unit>dage?|uger?)|dagen)"
    r" (?P<dir>efter|foer|senere|derefter|derpaa|inden)(?: (?:[a-z]+ )?foedselsdag(?:en)?)?)"
    r"(?=[ ]*(?:[,.;!?~]|$|kl|altsaa| har (?:jeg|vi) (?:moedet?|samtalen?)))"
)
# 'I brevet står d. 8/12, men nu er det udsat en uge'
_PUT_OFF = patterns.compile(
    r"\b(?:udsat|udskudt|rykket|skubbet|flyttet)(?: den| det| moedet| samtalen)?"
    r" (?P<day>(?P<n>\d\d?|[a-z]+) (?P<unit>dage?|uger?)"
    r"(?: (?:frem|senere|ud))?)(?=[ ]*(?:[,.;!?~]|$|kl))"
)
# Counts from another day; where it was not read, no day is certain.
_COUNTS = patterns.compile(
    r"\b(?:dagen|dage|ugen|uger?|maaneden|maaneder|(?:man|tirs|ons|tors|fre|loer|soen)dagen) "
    r"(?:efter|foer|inden|senere|derefter|derpaa)(?=[ ]*(?:[,.;!?~]|$|kl|har (?:jeg|vi) (?:moede|samtale)))"
)
# 'Den første mandag efter jeg er hjemme': after the day named last, if one is.
_FIRST_AFTER = patterns.compile(r" (?:efter|derefter)\b(?! ~)")
_THE_FIRST = patterns.compile(r"(?:1º|foerste|naeste) $")
_ON_THE = patterns.compile(r"om (?:man|tirs|ons|tors|fre|loer|soen)dagen$")


def with_context(one: FoundDate, text: str, today: date) -> FoundDate:
    """'dagen efter <date>', 'fredag før <date>', 'efter <date>', 'omkring <date>'."""
    before = text[max(0, one.start - 60) : one.start]
    if one.rule in ("vague_phrase", "few"):
        return one
    shifted = _DAY_AFTER.search(before)
    week_beside = _WEEK_BESIDE.search(before) if one.rule == "weekday" else None
    if week_beside:
        return replace(one, start=one.start - len(before) + week_beside.start(), rule="weekday_week_after")
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
            number = _days_of(behind["n"], behind["unit"]) * (-1 if behind["dir"] in ("foer", "inden") else 1)
            moved = _moved(one.days, partial(_later, number), today)
            read[-1] = FoundDate(behind.start("day"), behind.end("day"), moved, "day_behind")
        elif put_off and place == 0 and one.days.kind == "exact":
            moved = _moved(one.days, partial(_later, _days_of(put_off["n"], put_off["unit"])), today)
            read[-1] = FoundDate(put_off.start("day"), put_off.end("day"), moved, "day_put_off")
    return read


def _counted(one: FoundDate, read: list[FoundDate], text: str, today: date) -> FoundDate:
    """'den 18. s.m.' by the month named last, 'onsdagen efter' by the day named last; others as they are."""
    named = [day for other in read if other.rule != "weekday" and (day := _only(other.days))]
    if one.rule == "week_after" and one.days == VAGUE and read and read[-1].days.future:
        return _in_the_week_after(one, read[-1].days.future[-1], text, today)
    if one.days.weekday is not None and one.rule in ("weekday", "weekday_week_after"):
        return _weekday_counted(one, one.days.weekday, read, text, today)
    if named and one.rule == "day_same_month":
        number = int(patterns.findall(r"\d+", text[one.start : one.end])[0])
        return replace(one, days=cal.day_and_month(number, named[-1].month, today))
    if read and one.rule == "named_day" and (sent := _sent(read[0], text)):
        return replace(one, days=cal.both_ways([(one.days.future or one.days.past)[0] + (sent - today)], today))
    corrects = bool(read) and read[-1].rule == "day_month" and _NO_IT_IS.match(text[read[-1].end : one.start])
    if named and one.rule == "day_of_month" and corrects:
        number = int(patterns.findall(r"\d+", text[one.start : one.end])[0])
        return replace(one, days=cal.day_and_month(number, named[-1].month, today))
    return one


def _in_the_week_after(one: FoundDate, named: date, text: str, today: date) -> FoundDate:
    """'Hun har ferie i uge 42, så det bliver onsdagen i ugen efter'."""
    said = text[one.start : one.end]
    weekday = next((n for n, day in enumerate(lexicon().weekdays) if day in said), None)
    if weekday is None or not said.endswith("efter"):
        return one
    return replace(one, days=cal.both_ways([cal.in_week(weekday, named, 1)], today))


def _weekday_counted(one: FoundDate, weekday: int, read: list[FoundDate], text: str, today: date) -> FoundDate:
    """A weekday, and no more, where the words around it count it from the day named before."""
    last = read[-1].days if read else VAGUE
    exact = _only(last)
    named = exact if read and read[-1].rule != "weekday" else None
    said = text[one.start : one.end].rstrip(".")
    behind = _BEHIND.match(text, one.end)

    def moved(move: Callable[[date], date], rule: str, end: int = one.end) -> FoundDate:
        return FoundDate(one.start, end, _moved(last, move, today), rule)

    if one.rule == "weekday_week_after":
        # 'Min mor har møde på torsdag, men mit er ugen efter om tirsdagen'
        weeks = -1 if said.startswith("ugen foer") else 1
        week_on = partial(_weekday_of_week, weekday, weeks)
        return moved(week_on, one.rule) if exact else replace(one, days=VAGUE)
    if same_week := _SAME_WEEK.match(text, one.end) if exact else None:
        return moved(partial(_weekday_of_week, weekday, 0), "weekday_same_week", same_week.end())
    if _THE_FIRST.search(text[: one.start]) and (first_after := _FIRST_AFTER.match(text, one.end)):
        ends = [max(days) for other in read if (days := (*other.days.future, *other.days.past))]
        counted = cal.both_ways([cal.coming(weekday, ends[-1])], today) if ends else VAGUE
        return FoundDate(one.start, first_after.end(), counted, "weekday_after")
    if named and named.weekday() != weekday and _ON_THE.match(said):
        # 'På torsdag ... om fredagen' is of that week; 'til 2. påskedag ... om tirsdagen' the next one.
        day = cal.in_week(weekday, named, 0) if _names_a_week(read[-1]) else cal.coming(weekday, named)
        if day >= named or named < today:
            return replace(one, days=cal.both_ways([day], today), rule="weekday_on_the")
    if named and said.endswith("dagen") and _NO_IT_IS.match(text[read[-1].end : one.start]):
        # 'Onsdagen før påske. Nej undskyld, det var tirsdagen'
        return moved(partial(_weekday_of_week, weekday, 0), "weekday_on_the")
    if behind and not exact and behind["dir"] == "efter" and last.future:
        # 'De har ferie i uge 7, og mødet er mandagen efter'
        counted = cal.both_ways([cal.coming(weekday, max(last.future))], today)
        return FoundDate(one.start, behind.end(), counted, "weekday_behind")
    if behind and exact:
        beside = partial(cal.coming if behind["dir"] == "efter" else cal.last, weekday)
        return moved(beside, "weekday_behind", behind.end())
    return one


def _weekday_of_week(weekday: int, weeks: int, day: date) -> date:
    return cal.in_week(weekday, day, weeks)


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


def _days_of(number: str | None, unit: str | None) -> int:
    """'dagen' is one, 'to uger' fourteen, and 'otte dage' the Danish week."""
    count = _number(number or "en")
    return count * 7 if (unit or "").startswith("uge") else 7 if count == 8 else count


def unread(found: list[FoundDate], text: str) -> bool:
    """Whether the text counts from a day, and none of the dates that were found says how."""
    spans = [(one.start, one.end) for one in found]
    return any(
        not any(start < said.end() and said.start() < end for start, end in spans) for said in _COUNTS.finditer(text)
    )


def _number(word: str) -> int:
    return int(word) if word.isdigit() else lexicon().numbers.get(word, 1)


def _shift(found: patterns.Match, days: Days, today: date) -> Days:
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
