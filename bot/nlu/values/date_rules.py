"""Bot room: the grammar of Danish dates. Each rule is a pattern over the canonical text and what it resolves to.

The order is the rank: what an earlier rule has read, a later one does not see. What the words mean on the
calendar is in calendar.py; the word lists are in data/values/dates.yml.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.nlu.values import calendar as cal
from bot.nlu.values.calendar import VAGUE, Days
from bot.nlu.values.canonical import Canonical, lexicon
from bot.nlu.values.lexicon import load

Resolve = Callable[["re.Match[str]", datetime], Days | None]


@dataclass(frozen=True)
class Rule:
    """A named pattern; ``resolve`` gives the days, or None where the words are no date after all."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve


_WORDS = {
    "WD": r"(?P<wd>mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)",
    "MON": r"(?P<mon>januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)(?![a-z])\.?",
    "D": r"(?P<d>\d{1,2})(?!\d)(?:\.|º|'?(?:ende|nde|te|de|sde|ste)\b)?",
    "DEN": r"(?:(?:\bd\b\.?|\bden\b) ?)",
    "YEAR": r"(?:,? ?[-/.]? ?(?P<y>(?:19|20)\d\d)(?!\d)|(?P<sep> ?[-/.] ?|,? '?)(?P<yy>\d\d)(?![\d:/]|[.,]\d| ?-)"
    r"| (?:i aar|(?:til )?(?P<nexty>naeste)(?: aar)|(?P<lasty>sidste|forrige) aar))",
    "NUM": r"(?P<n>\d{1,3}|[a-z]+)",
    "THEN": r"[ ,]*(?:\bpaa |\bom )?(?:\ben )?",
    "YEAR_WORD": r"(?: (?:i aar|(?:til )?(?P<nexty>naeste) aar|(?P<lasty>sidste|forrige) aar)\b)?",
    "NEXT": r"(?P<week>naeste|(?:den )?(?:foerst)?kommende|denne|den her|sidste|forrige)",
}


def _re(pattern: str) -> re.Pattern[str]:
    for name, part in _WORDS.items():
        pattern = pattern.replace(f"<{name}>", part)
    return re.compile(pattern)


def _wd(found: re.Match[str]) -> int:
    return lexicon().weekdays.index(found["wd"])


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else lexicon().numbers.get(word)


def _year(found: re.Match[str], today: date) -> int | None:
    """The year that was said, of four digits or two; None where none was."""
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
    return today.year if found.group().endswith(" i aar") else None


def _month(found: re.Match[str]) -> int:
    return lexicon().months.index(found["mon"]) + 1


def _day_month(found: re.Match[str], now: datetime) -> Days | None:
    month = _month(found) if found.groupdict().get("mon") else int(found["m"])
    year = _year(found, now.date())
    if found.groupdict().get("yy") and not found["sep"].strip() and not -2 <= (year or 0) - now.year <= 3:
        return cal.day_and_month(int(found["d"]), month, now.date())  # '3. december 14': the hour, no year
    return cal.day_and_month(int(found["d"]), month, now.date(), year)


def _month_pair(found: re.Match[str], now: datetime) -> Days:
    month, year = _month(found), _year(found, now.date())
    first = cal.day_and_month(int(found["d"]), month, now.date(), year)
    return cal.union(first, cal.day_and_month(int(found["d2"]), month, now.date(), year))


def _weeks_of(word: str) -> int:
    return 0 if word in ("denne", "den her") else -1 if word in ("sidste", "forrige") else 1


def _weekday_in_week(found: re.Match[str], now: datetime) -> Days:
    return cal.both_ways([cal.in_week(_wd(found), now.date(), _weeks_of(found["week"]))], now.date())


def _iso_week(found: re.Match[str], now: datetime) -> Days | None:
    if "gravid" in found.string or "termin" in found.string.split():
        return None
    weekday = _wd(found) if found.groupdict().get("wd") else None
    return cal.iso_week(int(found["w"]), now.date(), weekday, int(found["y"]) if found["y"] else None)


def _weekday_plus(found: re.Match[str], now: datetime) -> Days | None:
    """'torsdag otte dage', 'torsdag om to uger': counted from the coming Thursday, or in that week."""
    today, weekday, number = now.date(), _wd(found), _number(found["n"])
    if number is None or not 0 < number <= 60:
        return None
    if found["unit"].startswith("uge"):
        counted = cal.coming(weekday, today) + cal.WEEK * number
        return cal.both_ways({counted, cal.in_week(weekday, today, number)}, today)
    weeks = {7: 1, 8: 1, 14: 2, 15: 2}.get(number)
    return cal.both_ways([cal.coming(weekday, today) + cal.WEEK * weeks], today) if weeks else VAGUE


def _weekday_minus(found: re.Match[str], now: datetime) -> Days | None:
    today, weekday, number = now.date(), _wd(found), _number(found["n"])
    if number is None or not 0 < number <= 60:
        return None
    weeks = number if found["unit"].startswith("uge") else {7: 1, 8: 1, 14: 2, 15: 2}.get(number)
    if not weeks:
        return VAGUE
    counted = cal.last(weekday, today) - cal.WEEK * weeks
    exact = found["s"] == "s"
    return cal.both_ways({counted} if exact else {counted, cal.in_week(weekday, today, -weeks)}, today)


def _week_after(found: re.Match[str], now: datetime) -> Days:
    if found["dir"] == "foer" or not found["next"]:
        return VAGUE
    return cal.both_ways([cal.in_week(_wd(found), now.date(), 2)], now.date())


def _weeks_weekday(found: re.Match[str], now: datetime) -> Days | None:
    """'om to uger på torsdag', 'for tre uger siden på en tirsdag': that day of that week."""
    number = _number(found["n"])
    if number is None or not 0 < number <= 60:
        return None
    return cal.both_ways([cal.in_week(_wd(found), now.date(), -number if found["dir"] else number)], now.date())


def _in(found: re.Match[str], now: datetime) -> Days | None:
    """'om tre uger', 'for 14 dage siden': one day; years and halves are no more than a hint."""
    number, unit = _number(found["n"]), found["unit"]
    if number is None:
        return None
    if unit.startswith("aar") or number > 366:
        return VAGUE
    sign = -1 if found["dir"] == "siden" else 1
    if found.groupdict().get("about"):
        return VAGUE
    if unit.startswith("time"):
        return Days(((now + timedelta(hours=sign * number)).date(),), ())
    if unit.startswith("maaned"):
        return cal.both_ways([cal.month_from(now.date(), sign * number)], now.date())
    # 'otte dage' is the Danish week.
    days = number * 7 if unit.startswith("uge") else 7 if number == 8 else number
    return cal.both_ways([now.date() + timedelta(days=sign * days)], now.date())


_TODAY = {"i dag": 0, "idag": 0, "dags dato": 0, "i eftermiddag": 0, "i formiddag": 0, "her til eftermiddag": 0}
_AHEAD = {"i aften": 0, "i morgen": 1, "imorgen": 1, "i overmorgen": 2, "iovermorgen": 2, "overmorgen": 2}
_BEHIND = {"i morges": 0, "i gaar": 1, "igaar": 1, "i aftes": 1, "i forgaars": 2, "iforgaars": 2, "forgaars": 2}


def _named_day(found: re.Match[str], now: datetime) -> Days | None:
    said, today = found["day"], now.date()
    if said in _TODAY:
        days = cal.both_ways([today + timedelta(days=_TODAY[said])], today)
    elif said in _AHEAD:
        days = Days((today + timedelta(days=_AHEAD[said]),), ())
    else:
        days = Days((), (today - timedelta(days=_BEHIND[said]),))
    if not found["more"]:
        return days
    number = _number(found["n"])
    return cal.both_ways([(days.future or days.past)[0] + cal.WEEK * (1 if number in (7, 8) else 2)], today)


def _qualified_weekday(found: re.Match[str], now: datetime) -> Days:
    today, weekday, word = now.date(), _wd(found), found["q"].split()[-1]
    if word in ("paa", "kommende", "foerstkommende"):
        return Days((cal.coming(weekday, today),), (), weekday=weekday)
    if word == "naeste":
        return Days(tuple(sorted({cal.coming(weekday, today), cal.in_week(weekday, today, 1)})), ())
    if word == "sidste":
        return Days((), (cal.last(weekday, today),), weekday=weekday)
    if word == "forrige":
        return Days((), tuple(sorted({cal.last(weekday, today), cal.in_week(weekday, today, -1)})))
    return cal.plain_weekday(weekday, today)


def _nth(found: re.Match[str], now: datetime) -> Days | None:
    """'sidste fredag i november', 'første mandag i næste måned', 'den sidste i måneden'."""
    said = found.groupdict()
    weekday = _wd(found) if said.get("wd") else None
    nth, today = int(said["d"]) if said.get("d") else -1, now.date()
    if not 0 <= nth <= 31 and nth != -1 or (weekday is not None and nth > 5):
        return VAGUE
    if said.get("mon"):
        month, year = _month(found), _year(found, today)
        if year is None:
            return cal.yearly(lambda y: cal.nth_of_month(nth, weekday, y, month), today)
        day = cal.nth_of_month(nth, weekday, year, month)
        return cal.both_ways([day], today) if day else VAGUE
    offsets = {"naeste ": (1,), "denne ": (0,), "sidste ": (-1,), "forrige ": (-1,)}.get(said["which"] or "", (-1, 0, 1))
    firsts = (cal.month_from(today.replace(day=1), months) for months in offsets)
    days = sorted(day for day in (cal.nth_of_month(nth, weekday, f.year, f.month) for f in firsts) if day)
    if len(offsets) == 1:
        return cal.both_ways(days, today)
    ahead, behind = [day for day in days if day >= today], [day for day in days if day <= today]
    return Days(tuple(ahead[:1]), tuple(behind[-1:]))


def _day_in_month(found: re.Match[str], now: datetime) -> Days:
    months = {"naeste": 1, "kommende": 1, "denne": 0, "dennes": 0, "ds": 0, "sidste": -1, "forrige": -1}
    first = cal.month_from(now.date().replace(day=1), months[found["which"]])
    day = cal.day_of(first.year, first.month, int(found["d"]))
    return cal.both_ways([day], now.date()) if day else VAGUE


def _weekend(found: re.Match[str], now: datetime) -> Days:
    today = now.date()
    saturday = cal.in_week(5, today, 0)
    if found["which"] in ("i ", None):
        ahead = [saturday, saturday + timedelta(days=1)]
        behind = ahead if today.weekday() >= 5 else [day - cal.WEEK for day in ahead]
        return Days(tuple(d for d in ahead if d >= today), tuple(d for d in behind if d <= today), vague=True)
    return VAGUE


def _feasts() -> list[Rule]:
    rules = []
    # '2. juledag' before 'juledag'.
    for feast in sorted(load("dates")["feasts"], key=lambda feast: feast["names"][0][0] not in "234"):
        names = sorted((re.escape(Canonical(name).text) for name in feast["names"]), key=len, reverse=True)
        names = [re.sub(r"(\d)(?:º|\\\.)", r"\1(?:\\.|º)?", name) for name in names]
        pattern = re.compile(rf"(?<![a-z\d.])(?:{'|'.join(names)})(?![a-z])(?:,? (?P<y>20\d\d))?")
        rules.append(Rule("feast_day", pattern, _feast(feast)))
    return rules


def _feast(feast: dict[str, object]) -> Resolve:
    def of_year(year: int) -> date:
        if "easter" in feast:
            return cal.easter(year) + timedelta(days=int(str(feast["easter"])))
        if "advent" in feast:
            return cal.advent(int(str(feast["advent"])), year)
        month, day = str(feast["date"]).split("-")
        return date(year, int(month), int(day))

    def resolve(found: re.Match[str], now: datetime) -> Days:
        if found["y"]:
            return cal.both_ways([of_year(int(found["y"]))], now.date())
        return cal.yearly(of_year, now.date())

    return resolve


def _vague() -> Rule:
    phrases = sorted((Canonical(phrase).text for phrase in load("dates")["vague"]), key=len, reverse=True)
    months = "(?:" + "|".join(lexicon().months) + ")"
    body = "|".join(re.escape(phrase).replace("<month>", months) for phrase in phrases)
    return Rule("vague_phrase", re.compile(rf"(?<![a-zº\d])(?:{body})(?![a-zº])(?: 20\d\d)?(?!\.?,? ?(?:d\b\.? ?|den )?\d)"), lambda *_: VAGUE)


def _rule(name: str, pattern: str, resolve: Resolve) -> Rule:
    return Rule(name, _re(pattern), resolve)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, best first; built once."""
    word, edge, end = r"(?<![\wº@])", r"(?<![\w§.,/-])", r"(?![\d/]|-\d|\.\d|,\d)"
    weekday_plus = rf"{word}(?:paa )?<WD>(?:en)?,? (?:om )?<NUM> (?P<unit>dage|uge|uger)\b(?! siden)"
    return (
        _rule("weekday_minus", rf"{word}(?:i )?<WD>(?P<s>s?) for <NUM> (?P<unit>dage|uge|uger) siden", _weekday_minus),
        _rule("weekday_plus", weekday_plus, _weekday_plus),
        _rule("week_after_next", rf"{word}(?:paa |om )?<WD>(?:en)? i ugen (?P<dir>efter|foer)(?P<next> naeste(?: uge)?\b)?", _week_after),
        _rule("weeks_weekday", rf"{word}om <NUM> uger?<THEN><WD>(?:en)?\b(?P<dir>)", _weeks_weekday),
        _rule("weeks_weekday", rf"{word}(?:for )?<NUM> uger? (?P<dir>siden)<THEN><WD>(?:en)?\b", _weeks_weekday),
        _rule("weekday_iso_week", rf"{word}(?:paa )?<WD>(?:en)?<THEN>(?:i )?uge (?P<w>\d\d?){end}\.?(?:[ /-](?P<y>20\d\d))?", _iso_week),
        _rule("iso_week_weekday", rf"{edge}(?:i )?uge (?P<w>\d\d?){end}\.?(?:[ /-](?P<y>20\d\d))?<THEN><WD>(?:en)?\b", _iso_week),
        _rule("weekday_in_week", rf"{word}(?:paa |om )?<WD>(?:en)?,? (?:i )?(?:den )?<NEXT> uge\b", _weekday_in_week),
        _rule("week_weekday", rf"{word}(?:i )?(?:den )?<NEXT> uges?<THEN><WD>(?:en)?\b", _weekday_in_week),
        *_feasts(),
        _rule("nth_of_month", rf"{edge}(?:<DEN>)?(?:<D>|sidste) (?:<WD>|dag)(?:en)? i <MON><YEAR>?", _nth),
        _rule("nth_of_month", rf"{edge}(?:<DEN>)?(?:<D>|sidste) <WD> i (?P<which>naeste |denne |sidste )?maaned(?:en)?\b", _nth),
        _rule("last_of_month", rf"{edge}<DEN>sidste (?:dag )?(?:i )?<MON><YEAR>?", _nth),
        _rule("last_of_month", rf"{edge}(?:<DEN>sidste (?:dag )?|sidste dag )i (?P<which>naeste |denne |sidste )?maaned(?:en)?\b", _nth),
        _rule("iso_date", rf"{edge}(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?){end}", _day_month),
        _rule("two_days_month", rf"{edge}<DEN>?<D> ?(?:-|/|eller|el\.?|og|til|samt) ?<DEN>?(?P<d2>\d\d?)(?:\.|º)? ?<MON><YEAR>?", _month_pair),
        _rule("date_year", rf"{edge}<DEN>?(?P<d>\d\d?) ?(?P<s1>[-/.]) ?(?P<m>\d\d?) ?[-/.,]? ?(?P<y>(?:19|20)\d\d){end}", _day_month),
        _rule("date_year", rf"{edge}<DEN>?(?P<d>\d\d?)(?P<s1>[-/.])(?P<m>\d\d?)(?P<sep> ?[-/.] ?)(?P<yy>\d\d){end}(?![:.]\d)", _day_month),
        _rule("date_year", rf"{edge}<DEN>?(?P<d>\d\d?) (?P<m>\d\d?) (?P<y>(?:19|20)\d\d){end}", _day_month),
        _rule("date_digits", rf"{edge}(?P<d>0[1-9])(?P<m>0[1-9]|1[0-2])(?P<y>20[2-3]\d){end}", _day_month),
        _rule("day_slash_month", rf"{edge}<DEN>?(?P<d>\d\d?)\.? ?/ ?(?P<m>\d\d?){end}<YEAR_WORD>", _day_month),
        _rule("den_day_dot_month", rf"{edge}<DEN>(?P<d>\d\d?)(?:[.-]|\. | (?=\d\d?\b(?!\.?\d| ?(?:kl|~))))(?P<m>\d\d?){end}", _day_month),
        _rule("day_dot_month", rf"{edge}(?P<d>\d\d?)\.(?P<m>\d\d?){end}", _day_month),
        _rule("day_dash_month", rf"{edge}(?P<d>\d\d?)-(?P<m>\d\d?){end}(?!\.\w)", _day_month),
        _rule("day_month", rf"{edge}<DEN>?<D> ?(?:dag )?(?:i )?<MON><YEAR>?", _day_month),
        _rule("month_day", rf"{edge}<MON>,? ?<DEN>?<D>(?![:/]|[.,]\d)<YEAR>?", _day_month),
        _rule("day_in_month_number", rf"{edge}<DEN>?(?P<d>\d\d?)(?:\.|º)? i (?P<m>\d\d?)(?:º|\.|(?![\d:]))", _day_month),
        _rule("day_in_month", rf"{edge}<DEN>?<D> (?:i )?(?:den )?(?P<which>naeste|denne|kommende|sidste|forrige) maaned\b", _day_in_month),
        _rule("day_in_month", rf"{edge}i (?:den )?(?P<which>naeste|denne|kommende|sidste|forrige) maaned,? <DEN><D>", _day_in_month),
        _rule("day_in_month", rf"{edge}<DEN>?<D> (?P<which>dennes|ds)\b\.?", _day_in_month),
        _vague(),
        _rule("from_now", rf"{edge}om (?P<about>ca\.? |cirka |omkring )?<NUM> (?P<unit>dage|dag|uge|uger|maaned|maaneder|aar|time|timer)\b(?P<dir>)", _in),
        _rule("ago", rf"{edge}(?:for )?(?P<about>ca\.? |cirka |omkring )?<NUM> (?P<unit>dage|dag|uge|uger|maaned|maaneder|aar) (?P<dir>siden)\b", _in),
        _rule("from_now", rf"{edge}<NUM> (?P<unit>dage|dag|uge|uger|maaned|maaneder) fra (?:nu|i dag|idag)\b(?P<dir>)", _in),
        _rule("few", rf"{edge}om (?:et par|nogle|faa|et halvt?|en halv|halvanden|et stykke) (?:faa )?(?:dage?|uger?|maaned(?:er)?|aar|tid)\b", lambda *_: VAGUE),
        _rule("few", rf"{edge}for (?:et par|nogle|faa|et halvt?|en halv|halvanden) (?:faa )?(?:dage?|uger?|maaned(?:er)?|aar) siden\b", lambda *_: VAGUE),
        _rule("few", rf"{edge}(?:om|for) (?:ca\.? |cirka )?<NUM> (?:uges|ugers|dages|maaneders|maaneds|aars) tid(?: siden)?\b", lambda *_: VAGUE),
        _rule("every", rf"{word}(?:hver|alle) (?:2º )?<WD>(?:e|en)?\b", lambda *_: VAGUE),
        _rule("named_day", rf"{word}(?P<day>{'|'.join(sorted([*_TODAY, *_AHEAD, *_BEHIND], key=len, reverse=True))})\b(?: (?:tidlig|aften|aftes|formiddag|eftermiddag|middag)\b)?(?P<more> (?:om )?(?P<n>otte|8|fjorten|14|syv|7) dage\b)?", _named_day),
        _rule("last_weekday", rf"{word}(?:i |(?<=eller )|(?<=og ))<WD>s\b", lambda f, now: Days((), (cal.last(_wd(f), now.date()),), weekday=_wd(f))),
        _rule("weekday_qualified", rf"{word}(?P<q>(?:nu |her )?paa|(?:paa )?(?:den )?(?:naeste|sidste|forrige|kommende|foerstkommende)|denne|den her) <WD>(?:en)?\b\.?", _qualified_weekday),
        _rule("weekday", rf"{word}(?:om )?<WD>(?:en)?\b\.?", lambda f, now: cal.plain_weekday(_wd(f), now.date())),
        _rule("day_of_month", rf"{edge}(?P<den><DEN>)(?P<d>\d\d?)(?P<mark>\.|º|'?(?:ende|nde|te|de|sde|ste)\b)?(?![\d:/]|[-.,]\d| ?-? ?aarig)", lambda f, now: cal.day_of_month(int(f["d"]), now.date())),
        _rule("iso_week", rf"{edge}(?:i )?uge (?P<w>\d\d?){end}\.?(?: (?P<y>20\d\d))?", _iso_week),
        _rule("week", rf"{edge}(?:i )?(?:den )?<NEXT> uge\b", lambda f, now: cal.workdays(now.date(), _weeks_of(f["week"]))),
        _rule("weekend", rf"{edge}(?P<which>i |naeste |denne )?weekend(?:en)?\b", _weekend),
        _rule("month", rf"^[^a-z]*(?P<mon>{'|'.join(lexicon().months)})(?: 20\d\d)?[^a-z]*$", lambda *_: VAGUE),
    )
