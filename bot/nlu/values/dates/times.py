"""Times of day in a message, read by office hours: 'kl. 3' is 15:00, 'kl. 8' is 08:00.

`clear_times` runs before the dates are read, `figure_times` after: bare figures ('9.30') are a time only where no
date claims them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.nlu.values.dates.canonical import CLAIMED, lexicon
from bot.nlu.values.lexicon import fold, word_set
from common import patterns
from common.cpr import NUMBER_WORDS


@dataclass(frozen=True)
class FoundTime:
    """Readings (HH:MM) at a place of the canonical text; none where the words name no exact time ('efter kl. 10')."""

    start: int
    end: int
    readings: tuple[str, ...]
    rule: str


_HOUR_WORDS = (
    "et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|tyve"
)
_MINUTE_WORDS = "fem|ti|tyve|femogtyve|et|to|tre|fire|seks|syv|otte|ni"
# Minutes behind the hour; 'fem' and 'ti' are left out, since they may be the next hour of a list.
_FULL_MINUTES = {
    fold(word): minute
    for word, figures in NUMBER_WORDS.items()
    if (minute := int(figures)) % 5 == 0 and 15 <= minute < 60
}
_PARTS = {
    # 'Ret klokken til 11', 'klokkeslettet skal være 11'
    "KL": r"(?:(?:\bca\.? |\bcirka )?(?:\b(?:klokken|kl)(?![a-z])\.?:? ?(?:er |var |bliver |til |skal vaere )?|"
    r"\b(?:tidspunktet|klokkesl(?:e|ae)ttet) (?:til |skal vaere ))(?:stadig |fortsat )?(?:ca\.? )?)",
    "H": rf"(?:\d{{1,2}}(?!\d)|(?:{_HOUR_WORDS})(?![a-z]))",
    "MIN": rf"(?:\d{{1,2}}|{_MINUTE_WORDS})",
    "CLOCK": r"\d{1,2}(?:[:.,]\d\d)?(?![\d:])",
    "PART": r"(?P<part> om (?:morgenen|formiddagen|eftermiddagen|aftenen|natten))",
    "MONTH": r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)",
    # 'Kl. 9 og et møde den 10.'
    "ONE": r"(?<=\bet) (?:\w*moede|\w*opkald|\w*besoeg|med|hos|i|paa)\b",
    "NOT": r"(?<![\w.,:/§+-])",
    "TO": r" ?(?:-|til|og|eller|->|→) ?(?:kl\.? ?|klokken )?(?:ca\.? ?)?",
}


def _re(pattern: str) -> patterns.Pattern:
    for name, part in _PARTS.items():
        pattern = pattern.replace(f"<{name}>", part)
    return patterns.compile(pattern)


_OPEN = patterns.compile(
    r"(?<!dagen )(?<!dage )(?<!ugen )\b(?:efter|foer|inden|indtil|senest|tidligst)(?: ca\.?| omkring)? $"
)
_MOVED = patterns.compile(r"(?:flytte[rst]?|flyt|rykket?|ryk|aendre[rst]?|aendret|rettet|ret) [^.]{0,30}$")
_ARROW = patterns.compile(r"->|→")
_BETWEEN_THEM = patterns.compile(r"\bmellem (?:<KL>)?$".replace("<KL>", _PARTS["KL"]))
_FROM_NOW = _re(
    r"\bom (?:ca\.? |cirka )?(?:(?P<half>(?:en )?halv time)|(?P<onehalf>halvanden time)|"
    r"(?P<n>\d{1,3}|[a-z]+) (?P<unit>timer?|minutter|minut|min)|(?P<and>(?P<hours>\d|en|to|tre|fire) og en halv time)|"
    r"(?P<quarters>(?P<q>et|tre|1|3) kvarter))\b"
)
_HALF = _re(r"<KL>?(?:\b(?P<min><MIN>)(?: minutter| min\.?| minut)? (?P<dir>i|over) )?\bhalv ?(?P<h><H>)<PART>?")
_QUARTER = _re(r"<KL>?(?:\bet )?\bkvart(?:er)? (?P<dir>i|over) (?P<h><H>)<PART>?")
_MINUTES = _re(
    r"<NOT>(?P<kl><KL>)?(?P<min><MIN>)(?P<unit> minutter| min\.?| minut)? (?P<dir>i|over) (?P<h><H>)"
    r"(?![º:/])(?:(?<=[a-z])|(?!\.))<PART>?"
)
_MIDDAY = patterns.compile(
    r"(?P<lead>^|\bi morgen |\bi dag |\b(?:man|tirs|ons|tors|fre|loer|soen)dag |\bved |\bklokken 12 |\bkl\.? 12 )"
    r"(?P<noon>middagstid|middag)(?=[ .,!?]*$|[ .,]+(?:kl|paa|i|hos|d|den)\b)"
)
_AT_RANGE = _re(
    r"<KL>(?P<a>\d{3,4}(?!\d)|<CLOCK>|<H>)(?P<link><TO>)(?P<b>\d{4}(?!\d)|<CLOCK>|<H>)"
    r"(?!/|\.? ?(?:dag|<MONTH>)|<ONE>)<PART>?"
)
# 'klokken otte femten', 'kl. 14 nul nul'
_AT_WORDS = _re(
    rf"<KL>(?P<h><H>) (?:og )?(?:(?P<none>nul nul)|(?:nul )?(?P<m>{'|'.join(_FULL_MINUTES)}))(?![a-z])"
    r"(?! (?:over|i|minut))<PART>?"
)
_AT = _re(
    r"<KL>(?P<a>\d{1,2}[:.,] ?\d\d(?:[:.]\d\d)?(?!\d)|\d{1,2} \d\d(?![\d./-])|"
    r"\d{1,2} og (?:2[5-9]|[3-5]\d)(?!\d)|\d{3,4}(?!\d)|<H>)"
    r"<PART>?"
)
_BETWEEN = _re(r"\b(?P<word>mellem|fra) (?:<KL>)?(?P<a><CLOCK>|<H>)(?P<link><TO>)(?P<b><CLOCK>|<H>)(?!/)<PART>?")
_COLON = _re(r"<NOT>(?P<a>\d{1,2}:\d\d)(?::\d\d)?(?![\d:])(?:(?P<link><TO>)(?P<b>\d{1,2}:\d\d)(?![\d:]))?<PART>?")
# '12.30-14': no month is the 30th, and a day's year does not stand behind one.
_SPAN = _re(
    r"<NOT>(?P<a>\d{1,2}\.(?:00|1[3-9]|[2-5]\d))(?P<link> ?[-–] ?)(?P<b>\d{1,2}(?:[.:][0-5]\d)?)(?![\d/-]|\.\d)"
)
_PART_OF_DAY = _re(r"<NOT>(?P<a><CLOCK>|<H>)<PART>")
_PM = _re(r"<NOT>(?P<a>\d{1,2}(?:[:.]\d\d)?) ?(?P<half>am|pm)\b")
# 'ved 13-tiden'
_ABOUT_HOUR = _re(r"<NOT>(?P<a>\d{1,2})[- ]?tiden\b")
_H = _re(r"<NOT>(?P<a>\d{1,2}) ?h\b")
_POINT = _re(
    r"<NOT>(?P<a>\d{1,2}\.\d\d)(?!\d|[.:/]\d|-\d(?!\d?\.\d\d(?!\d)))(?:(?P<link><TO>)(?P<b>\d{1,2}\.\d\d)(?!\d))?"
)
_FOUR = _re(r"<NOT>(?P<a>[01]\d[0-5][05])(?![\d/.-])")
_HOURS = _re(r"<NOT>(?P<a>\d{1,2}) ?- ?(?P<b>\d{1,2})(?![\d/.-])")
# 'I aften kl. 7'
_EVENING = patterns.compile(r"\b(?:i|morgen|(?:man|tirs|ons|tors|fre|loer|soen)dag) aften[ ,]*$")
_UNIT = patterns.compile(r" ?([a-z]+|%)")


def clear_times(text: str, now: datetime) -> list[FoundTime]:
    """The times of a canonical text that can be no date, by place. `now`: what 'om to timer' counts from."""
    found: list[FoundTime] = []
    rest = text
    readers = (
        ("from_now", _FROM_NOW), ("half", _HALF), ("quarter", _QUARTER), ("at_range", _AT_RANGE), ("minutes", _MINUTES),
        ("at_words", _AT_WORDS), ("at", _AT), ("between", _BETWEEN), ("colon", _COLON), ("span", _SPAN),
        ("part_of_day", _PART_OF_DAY),
        ("half_day", _PM), ("hour", _H), ("about", _ABOUT_HOUR), ("midday", _MIDDAY),
    )  # fmt: skip
    for rule, pattern in readers:
        for match in pattern.finditer(rest):
            for time in _read(rule, match, rest, now):
                found.append(time)
                rest = rest[: time.start] + "\x00" * (time.end - time.start) + rest[time.end :]
    return sorted(found, key=lambda time: time.start)


def figure_times(text: str, dates: list[tuple[int, int]]) -> list[FoundTime]:
    """The times in bare figures, by place. `text`: canonical, with times and dates claimed; `dates`: their spans."""
    found: list[FoundTime] = []
    whole = text.strip(" .,!?")
    for match in _POINT.finditer(text):
        if not _has_unit(text, match.end()) and not _after_noun(text, match.start()):
            found.extend(_pair("figures", match, text))
    for rule, pattern in (("four_figures", _FOUR), ("hours", _HOURS)):
        for match in pattern.finditer(text):
            alone = rule == "four_figures" and match.group() == whole
            if (alone or _is_beside(match, dates, text)) and not _has_unit(text, match.end()):
                hours = _pair(rule, match, text)
                if rule == "four_figures" or (len(hours) == 1 and 7 <= int(match["a"]) < int(match["b"]) <= 18):
                    found.extend(hours)
    return sorted(found, key=lambda time: time.start)


def _is_beside(match: patterns.Match, dates: list[tuple[int, int]], text: str) -> bool:
    gaps = [text[end : match.start()] for start, end in dates if end <= match.start()]
    gaps += [text[match.end() : start] for start, end in dates if start >= match.end()]
    return any(not gap.strip(f" ,.{CLAIMED}") for gap in gaps if len(gap) < 6)


def _no_time_beside(name: str) -> frozenset[str]:
    return word_set("dates", name) - word_set("dates", "time_beside")


def _has_unit(text: str, end: int) -> bool:
    unit = _UNIT.match(text, end)
    return bool(unit and (unit[1] in _no_time_beside("not_before") | word_set("dates", "counted")))


def _after_noun(text: str, start: int) -> bool:
    words = patterns.findall(r"[a-z§]+", text[max(0, start - 20) : start])
    return bool(words and words[-1] in _no_time_beside("not_after"))


def _read(rule: str, match: patterns.Match, text: str, now: datetime) -> list[FoundTime]:
    if rule == "from_now":
        moment = _from_now(match, now)
        return [FoundTime(*match.span(), (moment,), rule)] if moment else []
    if rule == "midday":
        return [FoundTime(*match.span("noon"), ("12:00",), rule)]
    if rule in ("half", "quarter", "minutes"):
        return _spoken(rule, match)
    if rule == "at_words":
        hour, minute = _hour(match["h"]), 0 if match["none"] else _FULL_MINUTES[match["m"]]
        if hour is None or hour > 23:
            return []
        return [FoundTime(*match.span(), (_office(hour, minute, match["part"]),), rule)]
    if rule == "half_day":
        moment = _clock(match["a"], " om eftermiddagen" if match["half"] == "pm" else " om formiddagen")
        return [FoundTime(*match.span(), (moment,), rule)] if moment else []
    if rule in ("between", "part_of_day", "hour") and _has_unit(text, match.end()):
        return []
    if rule == "part_of_day" and patterns.search(r"(?:\bd\b\.? ?|\bden )$", text[: match.start()][-5:]):
        return []
    from_to = rule == "span" or (rule == "between" and match["word"] == "fra")
    if from_to and not _is_span_of_hours(match):
        return []
    return _pair(rule, match, text)


def _is_span_of_hours(match: patterns.Match) -> bool:
    first, second = _clock(match["a"], None), _clock(match["b"], None)
    return bool(first and second and first < second)


def _pair(rule: str, match: patterns.Match, text: str) -> list[FoundTime]:
    """The time of a match; of a pair the start, both as readings ('eller'), or two times where one was moved."""
    groups = match.groupdict()
    part = groups.get("part") or (" om aftenen" if _EVENING.search(text[: match.start()][-20:]) else None)
    if rule == "midday" or _OPEN.search(text[max(0, match.start() - 25) : match.start()]):
        return [FoundTime(*match.span(), (), "open")]
    first = _clock(groups["a"], part)
    if not groups.get("b"):
        return [FoundTime(*match.span(), (first,), rule)] if first else []
    second = _clock(groups["b"], part)
    if not first or not second:
        return []
    link = groups.get("link") or "-"
    if ("til" in link or _ARROW.search(link)) and _MOVED.search(text[max(0, match.start() - 40) : match.start()]):
        return [
            FoundTime(match.start(), match.end("a"), (first,), rule),
            FoundTime(match.start("b"), match.end(), (second,), rule),
        ]
    between = bool(_BETWEEN_THEM.search(text[: match.start("a")][-30:]))
    either = "eller" in link or ("og" in link and not between)
    if first < second and not either:
        return [FoundTime(*match.span(), (first,), rule)]  # a span: only its start counts
    return [FoundTime(*match.span(), (first, second) if first != second else (first,), rule)]


def _hour(word: str) -> int | None:
    return int(word) if word.isdigit() else lexicon().numbers.get(word)


def _spoken(rule: str, match: patterns.Match) -> list[FoundTime]:
    """Times in words with 'halv', 'kvart', 'over' or 'i'."""
    hour = _hour(match["h"])
    minute = 15 if rule == "quarter" else _hour(match["min"] or "0")
    if hour is None or hour > 24 or minute is None or minute > 29 or (rule == "half" and hour > 12):
        return []
    if rule == "minutes" and not (match["kl"] or match["unit"]) and minute not in (5, 10, 20, 25):
        return []
    offset = -minute if match["dir"] == "i" else minute
    # 'halv et' is half past twelve.
    hour = 13 if hour == 1 and not match["part"] else hour
    total = (hour * 60 - (30 if rule == "half" else 0) + (offset if match["dir"] else 0)) % 1440
    return [FoundTime(*match.span(), (_office(total // 60, total % 60, match["part"]),), rule)]


def _clock(said: str, part: str | None) -> str | None:
    """A time as written ('9', '09.30', '1430', 'fjorten') to HH:MM; None where there is no such time."""
    figures = patterns.findall(r"\d+", said)
    if not figures:
        hour, minute = _hour(said), 0
    elif len(figures[0]) > 2:
        hour, minute = int(figures[0][:-2]), int(figures[0][-2:])
    else:
        hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    if hour is None or hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if figures and figures[0].startswith("0") and (len(figures) > 1 or len(figures[0]) > 2):
        return f"{hour:02d}:{minute:02d}"  # '03:15' is written by the 24-hour clock
    return _office(hour % 24, minute, part)


def _office(hour: int, minute: int, part: str | None) -> str:
    """HH:MM between 07:00 and 18:59, or as the part of the day says."""
    part = (part or "").removeprefix(" om ")
    if part in ("eftermiddagen", "aftenen"):
        hour = hour + 12 if hour < 12 else hour
    elif not part and 0 < hour < 7:
        hour += 12
    return f"{hour:02d}:{minute:02d}"


def _from_now(match: patterns.Match, now: datetime) -> str | None:
    if match["half"]:
        minutes = 30
    elif match["onehalf"]:
        minutes = 90
    elif match["quarters"]:
        minutes = 15 * (_hour(match["q"]) or 1)
    else:
        number = _hour(match["hours"] or match["n"])
        if number is None:
            return None
        minutes = number * 60 + 30 if match["and"] else number * 60 if match["unit"].startswith("time") else number
    moment = now + timedelta(minutes=minutes)
    return f"{moment:%H:%M}"
