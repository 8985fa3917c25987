"""The dates of a message. Leaves out what is no date, joins what belongs together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.nlu.values.dates import calendar as cal
from bot.nlu.values.dates.calendar import VAGUE, Days
from bot.nlu.values.dates.canonical import CLAIMED, lexicon
from bot.nlu.values.dates.grammar import rules
from bot.nlu.values.dates.relative import FoundDate, by_the_day_before, unread, with_context
from bot.nlu.values.dates.rule import Resolve
from bot.nlu.values.lexicon import word_set
from common import patterns

_MOST_DATES = 60
_MOST_BETWEEN = 40
_BESIDE = patterns.compile(
    rf"^(?:[ ,({CLAIMED}]++|(?:dagen|ugedagen) (?:er|var)(?: en)?|"
    r"altsaa|dvs\.?|det vil sige|som er|\.? ?det (?:er|var)(?: jo)?(?: en)?|en|ogsaa(?: paa)?(?: en)?|"
    r"naermere bestemt|kl)*+$"
)
# ', og' begins something else: 'på mandag begynder jeg, og den 28. august ...'
_OR = patterns.compile(r"^(?! ?, ?og\b)[ ,]*(?:eller|el\.?|og|samt|til|/|-|eller ogsaa)[ ]*(?:maaske |enten |ogsaa )?$")
_FROM_TO = patterns.compile(
    r"(?:fra|ret|rette|flyt|flytte|flyttet|ryk|rykke|rykket|aendr|aendre|skift|skifte|lav)(?: moedet| det)?(?: fra)? $"
)
_DENIED = patterns.compile(r"\b(?:ikke|ik)(?: d\.?| den)? $")
# 'Tirsdag efter påske, mandag er jo helligdag': nothing more of the day before.
_TELLS_OF_IT = patterns.compile(r" (?:er|har|holder)(?: der)?(?: vi| i)?(?: jo)? (?:helligdag|lukket|fri|ferie)\b")
_NEXT_WORD = patterns.compile(r" ?-?\.? ?([a-z]+|%)")
_LAST_WORD = patterns.compile(r"(?<![a-z§])([a-z§]++)[.:]? ?(?:er )?(?:\bd\.? ?|\bden )?$")
# Said behind a day and a month, with the hour between; directly behind it is part of the date itself.
_YEARS = {"sidste aar": -1, "naeste aar": 1, "til naeste aar": 1}
# '10.30 d. 17/12': the figures before it are the hour.
_AN_HOUR = patterns.compile(r"(?<![\d.:/])(?:[01]?\d|2[0-3])[.:][0-5]\d $")
# 'På min fødselsdag d. 12. november' is a day, and no birthday of the citizen's.
_ON_A_BIRTHDAY = patterns.compile(
    r"\bpaa (?:min|hans|hendes|sin|vores) (?:[a-z\d.º]+ ){0,3}foedselsdag,? (?:d\.? ?|den )?$"
)
_FRACTIONS = {"1/2", "1/3", "2/3", "1/4", "3/4", "24/7"}
_FULL_RULES = {"day_month", "number_month", "date_year"}
_IN_A_WEEK = {"weekday_in_week", "weekday_iso_week"}
_UNCERTAIN_RULES = {"day_dot_month", "day_dash_month"}


def find_dates(text: str, now: datetime) -> list[FoundDate]:
    """All dates in a canonical text, by place, those that belong together as one."""
    found = _drop_times(_scan(text, now), text, now)
    found = by_the_day_before([with_context(one, text, now.date()) for one in found], text, now.date())
    found.sort(key=_start)  # 'd. 8/12, men ifølge beskeden i går er det udsat en uge'
    joined = _join(found, text, now.date())
    if unread(joined, text):
        # 'De holder lukket torsdag. Derfor er mødet nok dagen før': the Thursday alone would be a guess.
        joined = [replace(one, days=replace(one.days, vague=True)) for one in joined]
    return joined


def _scan(text: str, now: datetime) -> list[FoundDate]:
    """What the rules read, the best rule first; no two at one place."""
    found: list[FoundDate] = []
    rest = text
    for rule in rules():
        for match in rule.pattern.finditer(rest):
            start, end = match.span()
            if start == end or _is_no_date(match, rule.name, text):
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


def _is_no_date(match: patterns.Match, rule: str, text: str) -> bool:
    """A number of something else: a case, a sum, an age, a birthday, a paragraph, an ordinal of a thing."""
    said = match.group()
    before, after = text[: match.start()][-40:], text[match.end() :][:30]
    if not any(sign.isdigit() or sign == "º" for sign in said) and rule not in ("from_now", "ago"):
        return False
    last = _LAST_WORD.search(before)
    # 'De behandler sagen den 5. januar 2027', 'fristen for bilag er den 14. december' name no case and no appendix.
    plain_date = rule in _FULL_RULES and said.startswith("den ") and not (last and last[1].startswith(("foed", "cpr")))
    if last and last[1] in word_set("dates", "not_after") and not plain_date and not _ON_A_BIRTHDAY.search(before):
        return True
    following = _NEXT_WORD.match(after)
    word = following[1] if following else ""
    bare = rule in ("day_slash_month", "day_dot_month", "day_dash_month")
    if (bare or rule in ("day_of_month", "den_day_dot_month")) and word in word_set("dates", "not_before"):
        # 'Mandag d 14. Min datter ...', '12.11. møde på kommunen'
        return not (rule == "day_of_month" and word == "min") and not (rule == "day_dot_month" and said.endswith("."))
    if bare and (before.rstrip().endswith("§") or (patterns.search(r"\d $", before) and not _AN_HOUR.search(before))):
        return True
    if rule == "day_slash_month" and said.replace(" ", "") in _FRACTIONS and (said == "24/7" or word):
        return said == "24/7" or word in word_set("dates", "not_before")
    if rule == "day_of_month":
        return _is_ordinal_of_a_thing(match, word)
    if rule == "day_dash_month":
        return bool(word) and word not in word_set("dates", "day_before")
    if rule == "day_in_month_number" and not match.group().startswith("d"):
        return "º" not in said and "." not in said
    return rule == "day_dot_month" and not 1 <= int(match["m"]) <= 12


def _is_ordinal_of_a_thing(match: patterns.Match, word: str) -> bool:
    """'den første samtale', 'den 3. gang': not a day; 'd. 3' and 'den 3.' before no noun are."""
    if match["mark"] == "º" and match["d"] == "2":
        return True  # 'den anden' is the other one
    if match["den"].startswith("den"):
        return bool(word) and word not in word_set("dates", "day_before")
    return False


def _start(one: FoundDate) -> int:
    return one.start


def _beside(first: FoundDate, second: FoundDate, text: str) -> bool:
    return bool(_BESIDE.match(text[first.end : second.start]))


def _drop_times(found: list[FoundDate], text: str, now: datetime) -> list[FoundDate]:
    """'i morgen 9.10', 'fredag 10-12': beside another date such figures are a time, unless they agree with it."""
    kept: list[FoundDate] = []
    for index, one in enumerate(found):
        if one.rule in _UNCERTAIN_RULES:
            others = [*found[max(0, index - 1) : index], *found[index + 1 : index + 2]]
            near = [o for o in others if _beside(min(o, one, key=_start), max(o, one, key=_start), text)]
            agreeing = [o for o in near if o.days.weekday is not None and _agree(o.days, one.days)]
            hours = [int(part) for part in patterns.findall(r"\d+", text[one.start : one.end])]
            could_be_hours = one.rule == "day_dash_month" and 7 <= hours[0] < hours[1] <= 18
            alone = text.strip(" .,!?") == text[one.start : one.end].strip(" .")
            if (near and not agreeing and hours[0] <= 23) or (could_be_hours and not near and not alone):
                continue
        kept.append(one)
    return kept


def _agree(weekday: Days, days: Days) -> bool:
    return any(day.weekday() == weekday.weekday for day in (*days.future, *days.past))


def _join(found: list[FoundDate], text: str, today: date) -> list[FoundDate]:
    """Neighbours as one: 'torsdag d. 3/12' agree, 'torsdag eller fredag' are alternatives.

    First what agrees: 'fredag d. 4 eller mandag d. 7' are two days.
    """
    return _joined(_joined(found, _agreed, text, today), _either, text, today)


# Behind a day, its hour, which is found before.
_HOUR = patterns.compile(rf" *[{CLAIMED}]")
_Joint = Callable[[FoundDate, FoundDate, str, date], Days | None]


def _joined(found: list[FoundDate], joint: _Joint, text: str, today: date) -> list[FoundDate]:
    joined: list[FoundDate] = []
    for one in found:
        while joined and joined[-1].start >= one.start:
            joined.pop()  # 'mandag' of 'mandag efter 2. juledag'
        near = bool(joined) and one.start - joined[-1].end <= _MOST_BETWEEN
        days = joint(joined[-1], one, text, today) if near else None
        if days is None:
            joined.append(one)
            continue
        first = joined.pop()
        rule = first.rule if first.rule == one.rule else f"{first.rule}+{one.rule}"
        joined.append(FoundDate(first.start, one.end, days, rule[:80]))
    return joined


def _share_a_day(first: Days, second: Days) -> bool:
    return bool({*first.future, *first.past} & {*second.future, *second.past})


def _day_near(about: Days, day: int, today: date) -> Days | None:
    """'om en måned, den 29.': the 29th that is nearest; None where no month has such a day ('om en måned, den 0.')."""
    near = [cal.day_of_month(day, start) for start in (*about.future, *about.past)]
    found = {d for days in near for d in (*days.future, *days.past)}
    return cal.both_ways([min(found, key=lambda d: abs(d - about.future[0]))], today) if found else None


def _day_of(one: FoundDate, text: str) -> int:
    return int(patterns.findall(r"\d+", text[one.start : one.end])[0])


def _month_of(one: FoundDate, text: str) -> int | None:
    """The month that 'til februar' names."""
    said = text[one.start : one.end].split()
    return next((n for n, month in enumerate(lexicon().months, 1) if month in said), None)


def _same_week(weekday: int, days: Days, today: date) -> Days:
    """'torsdag eller fredag i næste uge': both are in that week."""
    return cal.both_ways({cal.in_week(weekday, day, 0) for day in (*days.future, *days.past)}, today)


def _agreed(first: FoundDate, second: FoundDate, text: str, today: date) -> Days | None:
    """Two ways of saying one day, or two days that were meant to be one."""
    gap = text[first.end : second.start]
    if _BESIDE.match(gap):
        if second.rule == "weekday" and _TELLS_OF_IT.match(text, second.end):
            return None
        if _DENIED.search(text[max(0, first.start - 12) : first.start]) and not _share_a_day(first.days, second.days):
            return None  # 'ikke på torsdag, på fredag'
        if _HOUR.match(gap) and _HOUR.match(text, second.end) and not _share_a_day(first.days, second.days):
            return None  # 'den 9. kl. 9, den 16. kl. 10': each has its own hour
        if first.rule == "from_now" and second.rule == "day_of_month":
            return _day_near(first.days, _day_of(second, text), today)
        if first.rule == "vague_phrase" and second.rule == "day_of_month" and (month := _month_of(first, text)):
            # 'Først til februar, nærmere bestemt den 1.'
            return cal.day_and_month(_day_of(second, text), month, today)
        years = _YEARS.get(text[second.start : second.end])
        if years and second.rule == "vague_phrase" and first.days.kind == "exact" and "month" in first.rule:
            # 'D. 15/12 kl. 10 sidste år'
            day = (first.days.future or first.days.past)[0]
            return cal.day_and_month(day.day, day.month, today, today.year + years)
        if first.rule == "weekday_qualified" and second.days == VAGUE and "," in gap:
            return first.days  # 'på onsdag, altså inden nytår'
        return cal.meet(first.days, second.days, today)
    return None


def _either(first: FoundDate, second: FoundDate, text: str, today: date) -> Days | None:
    """One day or the other."""
    gap = text[first.end : second.start]
    if _OR.match(gap):
        if "til" in gap and _FROM_TO.search(text[max(0, first.start - 20) : first.start]):
            return None
        if first.days.weekday is not None and first.rule == "weekday" and second.rule in _IN_A_WEEK:
            return cal.union(_same_week(first.days.weekday, second.days, today), second.days)
        if bool(first.days.future) == bool(second.days.future) or bool(first.days.past) == bool(second.days.past):
            return cal.union(first.days, second.days)
    return None
