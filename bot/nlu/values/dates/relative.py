"""Resolves dates that count from another date of the message: 'dagen efter påske', 'den 18. s.m.'."""

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
    """A date at a place of the canonical text; `rule`: the grammar's rule that read it."""

    start: int
    end: int
    days: Days
    rule: str


_BOUND = patterns.compile(
    # Not in 'bagefter' and 'derefter'.
    r"(?<![a-z])(?:efter|foer|inden|senest|(?<!\bden )(?<!\bdet )sidste|indtil|tidligst|siden|naar det er efter)"
    r"(?: paa)? $"
)
_ABOUT = patterns.compile(r"(?:omkring|ca\.?|cirka|rundt om|nogenlunde|vistnok omkring) $")
_DAY_AFTER = patterns.compile(
    r"(?<![a-z])(?:(?:(?P<n>\d|en|to|tre|fire|fem|seks|syv)(?:º)? )?(?P<unit>dagen?|dage|uge|ugen|uger|aftenen)|"
    r"(?:paa |om )?(?P<wd>mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)(?:en)?) (?P<dir>efter|foer|inden) "
    r"(?:(?:min|vores|hans|hendes) [a-z\d.º]+(?: [a-z\d.º]+){0,3}?,? (?:som|der|og den|og det)"
    r" (?:er|var|falder|faldt)(?: paa)? )?$"
)
# The day is described by an event, whose date follows: 'dagen efter at vi fik brevet, som kom den 3.'
_DAY_BESIDE_EVENT = patterns.compile(
    r"\bdagen (?P<dir>efter|foer),? (?:at )?(?:jeg|vi|han|hun|de|min [a-z]+|mit [a-z]+)\b"
    r"[^.?!~\d]{3,60}(?<!, )(?<!dag )$"
)
_WEEK_BESIDE = patterns.compile(r"\bugen (?:efter|foer),? $")
# What may follow a day that is counted: its hour, its place, or a name for it.
_GOES_ON = r"(?=[ ]*(?:[,.;!?~º]|$|(?:kl|altsaa|samme|paa|hos|i|ved|med|den|d|vil|kan|er)\b(?! (?:ferien|vi|jeg)\b)))"
_BEHIND = patterns.compile(rf" (?P<dir>efter|foer|inden|forinden){_GOES_ON}")
# A number of the month names the counted day.
_ITS_NUMBER = patterns.compile(r"[ ,]{1,4}(?:altsaa |det er )?(?:den |d\.? ?)?\d")
_COUNTED = (
    r"(?P<day>(?:(?P<n>\d\d?|[a-z]+) (?P<unit>dage?|uger?)|(?P<one>dagen|ugen)) (?P<dir>efter|senere|derefter|derpaa))"
)
# A further day: 'den 10. og igen dagen efter'.
_ALSO_BEHIND = patterns.compile(rf"\b(?:og|samt|plus)(?: igen| saa| ogsaa| et(?: moede)?)* {_COUNTED}{_GOES_ON}")
# Of the known meeting, or one more beside it: 'der er også et møde ugen efter'.
_BESIDE_KNOWN = patterns.compile(
    r"\b(?:[a-z]*moedet?|[a-z]*samtalen?|opkaldet?|mere|flyttet|rykket|udsat|til|det er)(?: [a-z]+){0,3}? "
    rf"{_COUNTED}{_GOES_ON}"
)
_WEEKDAY_BEHIND = patterns.compile(rf"\b(?:man|tirs|ons|tors|fre|loer|soen)dagen (?P<dir>efter){_GOES_ON}")
# Rule of the day from which a message without a day of its own counts.
_KNOWN = "known"
# 'Rykket til dagen efter, altså torsdag den 10.'
_NAMED_BEHIND = patterns.compile(r"[ ,.;:!-]*(?:(?:saa|altsaa|dvs\.?|det vil sige|nemlig|nu|det|er) )*")
_SAME_WEEK = patterns.compile(r" i (?:den )?samme uge\b")
# The head of a copied mail: 'i går' in it counts from that day.
_HEAD = patterns.compile(
    r"(?:^|\W)(?:sendt|dato|sent|date): ?(?:mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)?[ ,]*$"
)
# A correction: '30. oktober, eller nej, det var den 29.'
_CORRECTION = patterns.compile(
    r"^[ ,.;:!?-]*(?:eller )?(?:nej|undskyld|ups|hov|jeg mener|jeg mente|rettelse)\b[a-z ,.;:!?-]{0,25}$"
)
_COUNTED_BEHIND = patterns.compile(
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
# 'd. 8/12, men nu er det udsat en uge'
_PUT_OFF = patterns.compile(
    r"\b(?:udsat|udskudt|rykket|skubbet|flyttet)(?: den| det| moedet| samtalen)?"
    r" (?P<day>(?P<n>\d\d?|[a-z]+) (?P<unit>dage?|uger?)"
    r"(?: (?:frem|senere|ud))?)(?=[ ]*(?:[,.;!?~]|$|kl))"
)
# Expressions that count from another day.
_COUNTS = patterns.compile(
    r"\b(?:dagen|dage|ugen|uger?|maaneden|maaneder|(?:man|tirs|ons|tors|fre|loer|soen)dagen) "
    r"(?:efter|foer|inden|senere|derefter|derpaa)(?=[ ]*(?:[,.;!?~]|$|kl|har (?:jeg|vi) (?:moede|samtale)))"
)
# 'Den første mandag efter': counted from the day named last.
_FIRST_AFTER = patterns.compile(r" (?:efter|derefter)\b(?! ~)")
_THE_FIRST = patterns.compile(r"(?:1º|foerste|naeste) $")
_ON_THE = patterns.compile(r"om (?:man|tirs|ons|tors|fre|loer|soen)dagen$")


def with_words_before(mention: FoundDate, text: str, today: date) -> FoundDate:
    """The date, adjusted by the words before it: 'dagen efter ...', 'fredag før ...', 'efter ...', 'omkring ...'."""
    before = text[max(0, mention.start - 60) : mention.start]
    if mention.rule in ("vague_phrase", "few"):
        return mention
    shifted = _DAY_AFTER.search(before)
    week_beside = _WEEK_BESIDE.search(before) if mention.rule == "weekday" else None
    if week_beside:
        return replace(mention, start=mention.start - len(before) + week_beside.start(), rule="weekday_week_after")
    if shifted and (mention.days.future or mention.days.past) and not mention.days.vague:
        start = mention.start - len(before) + shifted.start()
        return FoundDate(start, mention.end, _shift(shifted, mention.days, today), "day_beside")
    which = _DAY_BESIDE_EVENT.search(text[: mention.start])
    if which and mention.days.kind == "exact":
        # The date may be the event's or the one counted from it: both are readings.
        sign = 1 if which["dir"] == "efter" else -1
        return replace(
            mention, days=cal.union(mention.days, _moved(mention.days, partial(_later, sign), today)), rule="day_beside"
        )
    bound = _BOUND.search(before)
    if bound:
        return replace(mention, start=mention.start - len(before) + bound.start(), days=VAGUE, rule="bound")
    if about := _ABOUT.search(before):
        return replace(
            mention, start=mention.start - len(before) + about.start(), days=replace(mention.days, vague=True)
        )
    return mention


def resolve_relative(
    found: list[FoundDate], text: str, today: date, counted_from: date | None = None
) -> list[FoundDate]:
    """The dates, by place, with those that count from an earlier one resolved: 'så det er dagen efter'.

    `counted_from`: the day from which those count that have no earlier one.
    """
    read: list[FoundDate] = []
    known = [FoundDate(0, 0, cal.both_ways([counted_from], today), _KNOWN)] if counted_from else []
    found = [*known, *found]
    for place, mention in enumerate(found):
        read.append(_resolved(mention, read, text, today))
        following = found[place + 1].start if place + 1 < len(found) else len(text)
        also = (_BESIDE_KNOWN if mention.rule == _KNOWN else _ALSO_BEHIND).search(text, mention.end, following)
        if also and mention.days.kind == "exact":
            later = partial(_later, _in_days(also["n"], also["unit"] or ("uge" if also["one"] == "ugen" else "dag")))
            read.append(
                FoundDate(also.start("day"), also.end("day"), _moved(read[-1].days, later, today), "day_behind")
            )
            continue
        behind = _COUNTED_BEHIND.search(text, mention.end, following)
        put_off = None if behind else _PUT_OFF.search(text, mention.end)
        if behind and mention.days.kind == "exact":
            number = _in_days(behind["n"], behind["unit"]) * (-1 if behind["dir"] in ("foer", "inden") else 1)
            moved = _moved(mention.days, partial(_later, number), today)
            read[-1] = FoundDate(behind.start("day"), behind.end("day"), moved, "day_behind")
        elif put_off and place == 0 and mention.days.kind == "exact":
            moved = _moved(mention.days, partial(_later, _in_days(put_off["n"], put_off["unit"])), today)
            read[-1] = FoundDate(put_off.start("day"), put_off.end("day"), moved, "day_put_off")
    return [mention for mention in read if mention.rule != _KNOWN]


def _resolved(mention: FoundDate, read: list[FoundDate], text: str, today: date) -> FoundDate:
    """The date, resolved by the month or day named last where it counts from it, else unchanged."""
    named = [day for other in read if other.rule != "weekday" and (day := _single(other.days))]
    if mention.rule == "week_after" and mention.days == VAGUE and read and read[-1].days.future:
        return _in_the_week_after(mention, read[-1].days.future[-1], text, today)
    if mention.days.weekday is not None and mention.rule in ("weekday", "weekday_week_after"):
        return _weekday_resolved(mention, mention.days.weekday, read, text, today)
    if named and mention.rule == "day_same_month":
        number = int(patterns.findall(r"\d+", text[mention.start : mention.end])[0])
        return replace(mention, days=cal.day_and_month(number, named[-1].month, today))
    if read and mention.rule == "named_day" and (sent := _sending_day(read[0], text)):
        return replace(
            mention, days=cal.both_ways([(mention.days.future or mention.days.past)[0] + (sent - today)], today)
        )
    corrects = bool(read) and read[-1].rule == "day_month" and _CORRECTION.match(text[read[-1].end : mention.start])
    if named and mention.rule == "day_of_month" and corrects:
        number = int(patterns.findall(r"\d+", text[mention.start : mention.end])[0])
        return replace(mention, days=cal.day_and_month(number, named[-1].month, today))
    return mention


def _in_the_week_after(mention: FoundDate, named: date, text: str, today: date) -> FoundDate:
    """'onsdagen i ugen efter', counted from the day `named` before it."""
    said = text[mention.start : mention.end]
    weekday = next((n for n, day in enumerate(lexicon().weekdays) if day in said), None)
    if weekday is None or not said.endswith("efter"):
        return mention
    return replace(mention, days=cal.both_ways([cal.in_week(weekday, named, 1)], today))


def _weekday_resolved(mention: FoundDate, weekday: int, read: list[FoundDate], text: str, today: date) -> FoundDate:
    """A bare weekday, resolved where the words around it count it from the day named before."""
    last = read[-1].days if read else VAGUE
    exact = _single(last)
    named = exact if read and read[-1].rule != "weekday" else None
    said = text[mention.start : mention.end].rstrip(".")
    behind = _BEHIND.match(text, mention.end)

    def moved(move: Callable[[date], date], rule: str, end: int = mention.end) -> FoundDate:
        return FoundDate(mention.start, end, _moved(last, move, today), rule)

    if mention.rule == "weekday_week_after":
        weeks = -1 if said.startswith("ugen foer") else 1
        week_on = partial(_weekday_of_week, weekday, weeks)
        return moved(week_on, mention.rule) if exact else replace(mention, days=VAGUE)
    if same_week := _SAME_WEEK.match(text, mention.end) if exact else None:
        return moved(partial(_weekday_of_week, weekday, 0), "weekday_same_week", same_week.end())
    if _THE_FIRST.search(text[: mention.start]) and (first_after := _FIRST_AFTER.match(text, mention.end)):
        ends = [max(days) for other in read if (days := (*other.days.future, *other.days.past))]
        counted = cal.both_ways([cal.coming(weekday, ends[-1])], today) if ends else VAGUE
        return FoundDate(mention.start, first_after.end(), counted, "weekday_after")
    if named and named.weekday() != weekday and _ON_THE.match(said):
        # Behind a weekday, 'om fredagen' is in the same week; behind another date it is the next Friday.
        day = cal.in_week(weekday, named, 0) if _names_a_week(read[-1]) else cal.coming(weekday, named)
        if day >= named or named < today:
            return replace(mention, days=cal.both_ways([day], today), rule="weekday_on_the")
    if named and said.endswith("dagen") and _CORRECTION.match(text[read[-1].end : mention.start]):
        return moved(partial(_weekday_of_week, weekday, 0), "weekday_on_the")
    if behind and not exact and behind["dir"] == "efter" and last.future:
        counted = cal.both_ways([cal.coming(weekday, max(last.future))], today)
        return FoundDate(mention.start, behind.end(), counted, "weekday_behind")
    if behind and exact:
        beside = partial(cal.coming if behind["dir"] == "efter" else cal.last, weekday)
        return moved(beside, "weekday_behind", behind.end())
    if behind and _ITS_NUMBER.match(text, behind.end()):
        return replace(mention, end=behind.end())
    return mention


def counts_from_a_day(text: str) -> bool:
    """Whether a canonical text has a day that counts from another."""
    return bool(_COUNTS.search(text) or _BESIDE_KNOWN.search(text) or _WEEKDAY_BEHIND.search(text))


def _weekday_of_week(weekday: int, weeks: int, day: date) -> date:
    return cal.in_week(weekday, day, weeks)


def _names_a_week(mention: FoundDate) -> bool:
    """Whether the date was named by a weekday or a week."""
    return mention.days.kind == "exact" and (mention.days.weekday is not None or "week" in mention.rule)


def _sending_day(first: FoundDate, text: str) -> date | None:
    """The date in the head of a mail that is copied into the message; None where there is no head."""
    return _single(first.days) if _HEAD.search(text[: first.start]) else None


def _single(days: Days) -> date | None:
    """The single day of exact days (the one to come before the past one), else None."""
    return (days.future or days.past)[0] if days.kind == "exact" else None


def _later(days: int, day: date) -> date:
    return day + timedelta(days=days)


def _in_days(number: str | None, unit: str | None) -> int:
    """A number with its unit in days; 'otte dage' is the Danish week."""
    count = _number(number or "en")
    return count * 7 if (unit or "").startswith("uge") else 7 if count == 8 else count


def has_unresolved(found: list[FoundDate], text: str) -> bool:
    """Whether the text has an expression that counts from a day, which no found date covers or names behind it."""
    spans = [(mention.start, mention.end) for mention in found]
    named = [mention.start for mention in found if any(map(str.isdigit, text[mention.start : mention.end]))]
    return any(
        not any(start < said.end() and said.start() < end for start, end in spans)
        and not any(said.end() <= start and _NAMED_BEHIND.fullmatch(text[said.end() : start]) for start in named)
        for said in _COUNTS.finditer(text)
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
    """The days with `move` applied to each; where both ways are possible, each stays on its side of today."""
    future, past = tuple(map(move, days.future)), tuple(map(move, days.past))
    if days.future and days.past:
        return Days(tuple(d for d in future if d >= today), tuple(d for d in past if d <= today))
    return cal.both_ways({*future, *past}, today)
