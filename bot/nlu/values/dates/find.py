"""Finds the dates of a message: applies the grammar, drops other numbers, joins parts of one date."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.nlu.values.dates import calendar as cal
from bot.nlu.values.dates.calendar import VAGUE, Days
from bot.nlu.values.dates.canonical import CLAIMED, lexicon
from bot.nlu.values.dates.grammar import rules
from bot.nlu.values.dates.relative import (
    FoundDate,
    counts_from_a_day,
    has_unresolved,
    resolve_relative,
    with_words_before,
)
from bot.nlu.values.dates.rule import Resolve
from bot.nlu.values.lexicon import word_set
from common import patterns

_MOST_DATES = 60
_MOST_BETWEEN = 40
_GAP_WITHIN_DATE = patterns.compile(
    rf"^(?:[ ,({CLAIMED}]++|(?:dagen|ugedagen) (?:er|var)(?: en)?|"
    r"altsaa|dvs\.?|det vil sige|som er|\.? ?det (?:er|var)(?: jo)?(?: en)?|en|ogsaa(?: paa)?(?: en)?|"
    r"naermere bestemt|kl)*+$"
)
# ', og' joins two statements, not two days.
_OR = patterns.compile(r"^(?! ?, ?og\b)[ ,]*(?:eller|el\.?|og|samt|til|/|-|eller ogsaa)[ ]*(?:maaske |enten |ogsaa )?$")
_FROM_TO = patterns.compile(
    r"(?:fra|ret|rette|flyt|flytte|flyttet|ryk|rykke|rykket|aendr|aendre|skift|skifte|lav)(?: moedet| det)?(?: fra)? $"
)
_DENIED = patterns.compile(r"\b(?:ikke|ik)(?: d\.?| den)? $")
# What follows a weekday that explains the date before it: 'tirsdag efter påske, mandag er jo helligdag'.
_EXPLAINS = patterns.compile(r" (?:er|har|holder)(?: der)?(?: vi| i)?(?: jo)? (?:helligdag|lukket|fri|ferie)\b")
_NEXT_WORD = patterns.compile(r" ?-?\.? ?([a-z]+|%)")
_LAST_WORD = patterns.compile(r"(?<![a-z§])([a-z§]++)[.:]? ?(?:er )?(?:\bd\.? ?|\bden )?$")
# Behind a date and its time: 'd. 15/12 kl. 10 sidste år'.
_YEARS = {"sidste aar": -1, "naeste aar": 1, "til naeste aar": 1}
# The figures before a date are a time: '10.30 d. 17/12'.
_AN_HOUR = patterns.compile(r"(?<![\d.:/])(?:[01]?\d|2[0-3])[.:][0-5]\d $")
# 'på min fødselsdag d. 12. november' names a day like any other, not the day of birth.
_ON_A_BIRTHDAY = patterns.compile(
    r"\bpaa (?:min|hans|hendes|sin|vores) (?:[a-z\d.º]+ ){0,3}foedselsdag,? (?:d\.? ?|den )?$"
)
# 'Den 7. december er', before 'den første'.
_A_DAY_IS = patterns.compile(r"\d\.?(?: [a-z]{3,9})? er $")
_FRACTIONS = {"1/2", "1/3", "2/3", "1/4", "3/4", "24/7"}
_FULL_RULES = {"day_month", "number_month", "date_year"}
_IN_A_WEEK = {"weekday_in_week", "weekday_iso_week"}
_UNCERTAIN_RULES = {"day_dot_month", "day_dash_month"}


def find_dates(text: str, now: datetime, counted_from: date | None = None) -> list[FoundDate]:
    """The dates of a canonical text, by place; expressions of one day are joined.

    `counted_from`: the known day from which 'dagen efter' counts, where the text names none before it.
    """
    if counted_from and not counts_from_a_day(text):
        counted_from = None
    found = _drop_times(_scan(text, now), text, now)
    found = resolve_relative(
        [with_words_before(mention, text, now.date()) for mention in found], text, now.date(), counted_from
    )
    found.sort(key=_start)
    joined = _join(found, text, now.date())
    if has_unresolved(joined, text):
        # 'lukket torsdag. Mødet er dagen før': the Thursday alone would be a wrong guess.
        joined = [replace(mention, days=replace(mention.days, vague=True)) for mention in joined]
    return joined


def _scan(text: str, now: datetime) -> list[FoundDate]:
    """The matches of all rules that are dates, by place; earlier rules take precedence."""
    found: list[FoundDate] = []
    rest = text
    for rule in rules():
        for match in rule.pattern.finditer(rest):
            start, end = match.span()
            if start == end or _is_other_number(match, rule.name, text):
                continue
            days = _resolve(rule.resolve, match, now)
            if days is None:
                continue
            found.append(FoundDate(start, end, days, rule.name))
            rest = rest[:start] + "\x00" * (end - start) + rest[end:]
            if len(found) >= _MOST_DATES:
                return sorted(found, key=_start)
    return sorted(found, key=_start)


def _resolve(resolve: Resolve, match: patterns.Match, now: datetime) -> Days | None:
    try:
        return resolve(match, now)
    except (OverflowError, ValueError):
        return VAGUE  # beyond the calendar: 'om 9999 år'


def _is_other_number(match: patterns.Match, rule: str, text: str) -> bool:
    """Whether the match is a number of something else: a case, an amount, an age, a day of birth, a paragraph."""
    said = match.group()
    before, after = text[: match.start()][-40:], text[match.end() :][:30]
    if not any(sign.isdigit() or sign == "º" for sign in said) and rule not in ("from_now", "ago"):
        return False
    last = _LAST_WORD.search(before)
    # 'sagen den 5. januar 2027' is a full date, not a case number.
    plain_date = rule in _FULL_RULES and said.startswith("den ") and not (last and last[1].startswith(("foed", "cpr")))
    if last and last[1] in word_set("dates", "not_after") and not plain_date and not _ON_A_BIRTHDAY.search(before):
        return True
    following = _NEXT_WORD.match(after)
    word = following[1] if following else ""
    bare = rule in ("day_slash_month", "day_dot_month", "day_dash_month")
    if (bare or rule in ("day_of_month", "den_day_dot_month")) and word in word_set("dates", "not_before"):
        # The unit may begin a new sentence: 'mandag d 14. Min datter ...'.
        return not (rule == "day_of_month" and word == "min") and not (rule == "day_dot_month" and said.endswith("."))
    if bare and (before.rstrip().endswith("§") or (patterns.search(r"\d $", before) and not _AN_HOUR.search(before))):
        return True
    if rule == "day_slash_month" and said.replace(" ", "") in _FRACTIONS and (said == "24/7" or word):
        return said == "24/7" or word in word_set("dates", "not_before")
    if rule in ("day_of_month", "weekday_and_day") and said.endswith("1º") and _is_first_of_several(before, word):
        return True
    if rule == "day_of_month":
        return _is_ordinal_of_a_thing(match, word)
    if rule == "day_dash_month":
        return bool(word) and word not in word_set("dates", "day_before")
    if rule == "day_in_month_number" and not match.group().startswith("d"):
        return "º" not in said and "." not in said
    return rule == "day_dot_month" and not 1 <= int(match["m"]) <= 12


def _is_first_of_several(before: str, word: str) -> bool:
    """Whether 'den første' is the first of some meetings: 'den første er den 7.', 'den 7. december er den første'."""
    return word in ("er", "bliver") or bool(_A_DAY_IS.search(before))


def _is_ordinal_of_a_thing(match: patterns.Match, word: str) -> bool:
    """Whether an ordinal counts a noun ('den 3. gang') and is no day of a month."""
    if match["mark"] == "º" and match["d"] == "2":
        return True  # 'den anden' means 'the other one'
    if match["den"].startswith("den"):
        return bool(word) and word not in word_set("dates", "day_before")
    return False


def _start(mention: FoundDate) -> int:
    return mention.start


def _are_neighbours(first: FoundDate, second: FoundDate, text: str) -> bool:
    return bool(_GAP_WITHIN_DATE.match(text[first.end : second.start]))


def _drop_times(found: list[FoundDate], text: str, now: datetime) -> list[FoundDate]:
    """Drops figures that are a time beside another date ('i morgen 9.10'), unless they are a day of that weekday."""
    kept: list[FoundDate] = []
    for index, mention in enumerate(found):
        if mention.rule in _UNCERTAIN_RULES:
            others = [*found[max(0, index - 1) : index], *found[index + 1 : index + 2]]
            near = [
                o for o in others if _are_neighbours(min(o, mention, key=_start), max(o, mention, key=_start), text)
            ]
            agreeing = [o for o in near if o.days.weekday is not None and _agree(o.days, mention.days)]
            hours = [int(part) for part in patterns.findall(r"\d+", text[mention.start : mention.end])]
            could_be_hours = mention.rule == "day_dash_month" and 7 <= hours[0] < hours[1] <= 18
            alone = text.strip(" .,!?") == text[mention.start : mention.end].strip(" .")
            if (near and not agreeing and hours[0] <= 23) or (could_be_hours and not near and not alone):
                continue
        kept.append(mention)
    return kept


def _agree(weekday: Days, days: Days) -> bool:
    return any(day.weekday() == weekday.weekday for day in (*days.future, *days.past))


def _join(found: list[FoundDate], text: str, today: date) -> list[FoundDate]:
    """Joins neighbours: first expressions of one day ('torsdag d. 3/12'), then alternatives."""
    return _joined(_joined(found, _one_day, text, today), _alternatives, text, today)


# A time directly behind; times are claimed before dates are read.
_HOUR = patterns.compile(rf" *[{CLAIMED}]")
_Joint = Callable[[FoundDate, FoundDate, str, date], Days | None]


def _joined(found: list[FoundDate], joint: _Joint, text: str, today: date) -> list[FoundDate]:
    joined: list[FoundDate] = []
    for mention in found:
        while joined and joined[-1].start >= mention.start:
            joined.pop()  # 'mandag' of 'mandag efter 2. juledag'
        near = bool(joined) and mention.start - joined[-1].end <= _MOST_BETWEEN
        days = joint(joined[-1], mention, text, today) if near else None
        if days is None:
            joined.append(mention)
            continue
        first = joined.pop()
        rule = first.rule if first.rule == mention.rule else f"{first.rule}+{mention.rule}"
        joined.append(FoundDate(first.start, mention.end, days, rule[:80]))
    return joined


def _share_a_day(first: Days, second: Days) -> bool:
    return bool({*first.future, *first.past} & {*second.future, *second.past})


def _day_near(about: Days, day: int, today: date) -> Days | None:
    """The day of that number nearest to `about` ('om en måned, den 29.'); None where no month has such a day."""
    near = [cal.day_of_month(day, start) for start in (*about.future, *about.past)]
    found = {d for days in near for d in (*days.future, *days.past)}
    return cal.both_ways([min(found, key=lambda d: abs(d - about.future[0]))], today) if found else None


def _day_of(mention: FoundDate, text: str) -> int:
    return int(patterns.findall(r"\d+", text[mention.start : mention.end])[0])


def _month_of(mention: FoundDate, text: str) -> int | None:
    """The number of the month that the mention names; None where it names none."""
    said = text[mention.start : mention.end].split()
    return next((n for n, month in enumerate(lexicon().months, 1) if month in said), None)


def _same_week(weekday: int, days: Days, today: date) -> Days:
    """The weekday in the same week as the other day: 'torsdag eller fredag i næste uge'."""
    return cal.both_ways({cal.in_week(weekday, day, 0) for day in (*days.future, *days.past)}, today)


def _one_day(first: FoundDate, second: FoundDate, text: str, today: date) -> Days | None:
    """The days of two mentions that stand beside each other and are meant as one; None where they are two."""
    gap = text[first.end : second.start]
    if _GAP_WITHIN_DATE.match(gap):
        if second.rule == "weekday" and _EXPLAINS.match(text, second.end):
            return None
        if _DENIED.search(text[max(0, first.start - 12) : first.start]) and not _share_a_day(first.days, second.days):
            return None  # 'ikke på torsdag, på fredag'
        if _HOUR.match(gap) and _HOUR.match(text, second.end) and not _share_a_day(first.days, second.days):
            return None  # 'den 9. kl. 9, den 16. kl. 10': each has its own hour
        if first.rule == "from_now" and second.rule == "day_of_month":
            return _day_near(first.days, _day_of(second, text), today)
        if first.rule == "vague_phrase" and second.rule == "day_of_month" and (month := _month_of(first, text)):
            return cal.day_and_month(_day_of(second, text), month, today)
        years = _YEARS.get(text[second.start : second.end])
        if years and second.rule == "vague_phrase" and first.days.kind == "exact" and "month" in first.rule:
            day = (first.days.future or first.days.past)[0]
            return cal.day_and_month(day.day, day.month, today, today.year + years)
        if first.rule == "weekday_qualified" and second.days == VAGUE and "," in gap:
            return first.days  # 'på onsdag, altså inden nytår'
        return cal.meet(first.days, second.days, today)
    return None


def _alternatives(first: FoundDate, second: FoundDate, text: str, today: date) -> Days | None:
    """The days of two mentions that are alternatives; None where they are not."""
    gap = text[first.end : second.start]
    if _OR.match(gap):
        if "til" in gap and _FROM_TO.search(text[max(0, first.start - 20) : first.start]):
            return None
        if first.days.weekday is not None and first.rule == "weekday" and second.rule in _IN_A_WEEK:
            return cal.union(_same_week(first.days.weekday, second.days, today), second.days)
        if bool(first.days.future) == bool(second.days.future) or bool(first.days.past) == bool(second.days.past):
            return cal.union(first.days, second.days)
    return None
