"""Bot room: the grammar of Danish dates: named patterns over the canonical text, each with its reading.

The order is the rank: what an earlier rule has read, a later one does not see. What the words mean is in
date_readings.py; the word lists are in data/values/dates.yml.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from bot.nlu.values import date_feasts as feasts
from bot.nlu.values import date_readings as read
from bot.nlu.values import date_weeks as weeks
from bot.nlu.values import date_workdays as workdays
from bot.nlu.values.calendar import Days
from bot.nlu.values.canonical import Canonical
from bot.nlu.values.lexicon import load
from common import patterns

Resolve = Callable[[patterns.Match, datetime], Days | None]


@dataclass(frozen=True)
class Rule:
    """A named pattern; ``resolve`` gives the days, or None where the words are no date after all."""

    name: str
    pattern: patterns.Pattern
    resolve: Resolve


# Parts of the patterns. A part may hold parts that stand below it.
_PARTS = {
    "ON_WD": r"(?:paa |om )?<WD>(?:en)?",
    "IN_WEEK": r"(?:i )?(?:den )?uge (?:(?:nr\b\.?|nummer|(?:der|som) hed(?:der)?) )?(?P<w>\d\d?)<END>\.?"
    r"(?:[ /-](?P<y>20\d\d))?",
    "THE_WEEK": r"(?:i )?(?:den )?(?P<week>naeste|(?:den )?(?:foerst)?kommende|denne|den her|sidste|forrige) uge",
    "AUTUMN_WEEK": r"(?:[ ,(]{1,3}(?:altsaa |i )*uge 42\b\)?)?",
    "NTH_WORKDAY": r"(?:den )?(?P<nth>1º|1\.|sidste) (?:hverdag|arbejdsdag)(?:en)?",
    "THEN": r"[ ,]*(?:\bpaa |\bom )?(?:\ben )?",
    "THING": r"(?:gang|sal|time|klasse|del|moede)",
    "NTH": r"\d{1,2}(?:º|\.)",
    "A_WD": r"(?:mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)",
    "WD": r"(?P<wd>mandag|tirsdag|onsdag|torsdag|fredag|loerdag|soendag)",
    "NUM": r"(?P<n>\d{1,3}|[a-z]+)",
    "UNIT": r"(?P<unit>dage|dag|uge|uger|maaned|maaneder|aar|timer?)",
    "FEW": r"(?:et par|nogle|faa|et halvt?|en halv|halvanden|et stykke) (?:faa )?(?:dage?|uger?|maaned(?:er)?|aar|tid)",
    "ABOUT": r"(?P<about>ca\.? |cirka |omkring )?",
    "THE_MONTH": r"(?:i )?(?:den )?(?P<which>naeste|denne|kommende|sidste|forrige) maaned\b",
    "ANY_MONTH": r"i (?P<which>naeste |denne |sidste )?maaned(?:en)?\b",
    "MON": r"(?P<mon><MONTHS>)(?![a-z])\.?",
    # A year after '3/12' or '3. december'; of two figures only where they are no hour or day of what follows.
    "YEAR": r"(?:,? ?[-/.]? ?(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?P<sep> ?[-/.] ?|,? '?)(?P<yy>\d\d)(?![\d:/]|[.,]\d| ?-|\.? ?<MONTHS>)|<THE_YEAR>)",
    "THE_YEAR": r"(?: (?:i aar|(?:til )?(?P<nexty>naeste) aar|(?P<lasty>sidste|forrige) aar)\b)",
    "MONTHS": r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)",
    "DEN": r"(?:(?:\bd\b\.?|\bden\b) ?)",
    "D": r"(?P<d>\d{1,2})(?!\d)<TH>?",
    "TH": r"(?:\.|º|'?(?:ende|nde|te|de|sde|ste)\b)",
    "DD": r"(?P<d>\d\d?)",
    "MM": r"(?P<m>\d\d?)",
    "YYYY": r"(?P<y>(?:19|20)\d\d)",
    "W": r"(?<![\wº@])",  # where a word begins
    "E": r"(?<![\w§.,/-])",  # where a figure begins
    "END": r"(?![\d/]|-\d|\.\d|,\d)",
}


_NAMED_DAYS = "|".join(
    patterns.escape(day) for day in sorted([*read.TODAY, *read.AHEAD, *read.BEHIND], key=len, reverse=True)
)


def _rule(name: str, pattern: str, resolve: Resolve) -> Rule:
    for part, meaning in _PARTS.items():
        pattern = pattern.replace(f"<{part}>", meaning)
    return Rule(name, patterns.compile(pattern), resolve)


def _feasts() -> list[Rule]:
    rules = []
    # '2. juledag' before 'juledag'.
    for feast in sorted(load("dates")["feasts"], key=lambda feast: feast["names"][0][0] not in "234"):
        names = sorted((patterns.escape(Canonical(name).text) for name in feast["names"]), key=len, reverse=True)
        names = [patterns.sub(r"(\d)(?:º|\\\.)", r"\1(?:\\.|º)?", name) for name in names]
        pattern = patterns.compile(rf"(?<![a-z\d.])(?:{'|'.join(names)})(?![a-z])(?:,? (?P<y>20\d\d))?")
        rules.append(Rule("feast_day", pattern, partial(feasts.feast_day, feast)))
    return rules


def _vague() -> Rule:
    phrases = sorted((Canonical(phrase).text for phrase in load("dates")["vague"]), key=len, reverse=True)
    body = "|".join(patterns.escape(phrase).replace("<month>", "<MONTHS>") for phrase in phrases)
    no_day = r"(?!\.?,? ?(?:d\b\.? ?|den )?\d)"
    return _rule("vague_phrase", rf"(?<![a-zº\d])(?:{body})(?![a-zº])(?: 20\d\d)?{no_day}", read.no_single_day)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, best first; built once."""
    return (
        *_recurrence_rules(),
        *_weekday_rules(),
        *_feasts(),
        *_nth_rules(),
        *_date_rules(),
        # 'Det er om lidt, kl. 12.30'; without the hour it may be any day.
        _rule("soon_at", r"<W>(?:om lidt|nu her|her og nu)(?=[ ,]*~)", read.today),
        _vague(),
        *_distance_rules(),
        _rule(
            "named_day",
            rf"<W>(?<!dag som )(?<!tid som )(?P<day>{_NAMED_DAYS})\b"
            r"(?: (?:tidlig|aften|aftes|formiddag|eftermiddag|middag)\b)?(?P<more>)",
            read.named_day,
        ),
        # 'Fredag 11.', 'tirsdag 15 kl. 9'; 'fredag 10' alone may be an hour.
        _rule(
            "weekday_and_day",
            r"<W><ON_WD>,? (?P<d>[12]?\d|3[01])(?:(?:\.|º)(?![\d:/])(?! ?<THING>)|(?=,? ?~))",
            read.weekday_and_day,
        ),
        _rule(
            "weekday_or_day",
            r"<W><ON_WD>,? (?P<d>[12]?\d|3[01])(?![\wº.:/-])(?! ?(?:-|til|dage|uger|personer|minutter|min))",
            read.weekday_or_day,
        ),
        _rule("last_weekday", r"<W>(?:i ?|(?<=eller )|(?<=og )|^)<WD>s\b", read.last_weekday),
        _rule(
            "weekday_qualified",
            r"<W>(?P<q>(?:nu |her )?paa|(?:paa )?(?:den )?(?:naeste|sidste|forrige|(?:foerst)?kommende)|denne|den her)"
            r" <WD>(?:en)?\b\.?",
            read.qualified_weekday,
        ),
        _rule("weekday", r"<W>(?:om )?<WD>(?:en)?\b\.?", read.plain_weekday),
        _rule(
            "two_days_of_month",
            r"<E><DEN><D> ?(?:eller|el\.?|samt|og) ?<DEN>?(?P<d2>\d\d?)(?:\.|º)(?![\d:/]|-\d)",
            read.day_pair,
        ),
        _rule(
            "day_of_month",
            r"<E>(?P<den><DEN>)<DD>(?P<mark><TH>)?(?![\d:/]|[-.,]\d| ?-? ?aarig)",
            read.day_of_month,
        ),
        _rule("day_of_month", r"^<DD>(?P<den>)(?P<mark>\.)$", read.day_of_month),
        _rule("iso_week", r"<E><IN_WEEK>", weeks.iso_week),
        _rule("week", r"<E><THE_WEEK>\b", weeks.whole_week),
        _rule("weekend", r"<E>(?P<which>i |naeste |denne )?weekend(?:en)?\b", weeks.weekend),
        _rule("month", r"^[^a-z]*<MONTHS>(?: 20\d\d)?[^a-z]*$", read.no_single_day),
    )


def _recurrence_rules() -> list[Rule]:
    """A weekday of meetings that come again is no one day."""
    every = r"(?:hver|hvert|hvr|alle) (?:eneste )?(?:<NTH> ?)?"
    return [
        _rule(
            "every",
            rf"<W>{every}<WD>(?:e|en)?\b(?:(?:,| og|/| eller)(?: hver)? <A_WD>(?:e|en)?\b)*",
            read.no_single_day,
        ),
        _rule("every", rf"<W>{every}(?:dag|uge|maaned),? (?:om |paa )?<WD>(?:en|e)?\b", read.no_single_day),
        _rule("every", rf"<W>(?:om )?<WD>(?:en|e)? {every}(?:uge|maaned)\b", read.no_single_day),
        _rule("every", r"<E><DEN>?(?:<NTH>|sidste) <WD> i hver maaned\b", read.no_single_day),
    ]


def _weekday_rules() -> list[Rule]:
    """A weekday with its week."""
    return [
        _rule(
            "named_day_plus",
            rf"<W>(?P<day>{_NAMED_DAYS}) (?P<more>(?:om )?"
            r"(?:(?P<n>otte|8|fjorten|14|syv|7|(?:en|to|tre)(?= uge)) (?P<unit>dage|uger?)\b))",
            read.named_day,
        ),
        _rule("weekday_minus", r"<W>(?:i )?<WD>(?P<s>s?) for <NUM> (?P<unit>dage|uger?) siden", weeks.weekday_minus),
        _rule("weekday_plus", r"<W><ON_WD>,? (?:om )?<NUM> (?P<unit>dage|uger?)\b(?! siden)", weeks.weekday_plus),
        _rule(
            "week_after",
            r"<W><ON_WD> i ugen (?P<dir>efter|foer)(?P<next> (?:naeste|sidste|forrige)(?: uge)?\b)?",
            weeks.week_after,
        ),
        _rule("weeks_ago_on", r"<W><ON_WD> er det <NUM> uger? siden\b", weeks.weeks_ago_on),
        _rule(
            "week_later",
            r"(?<=ikke )(?:nu |her )?(?:paa |denne |den her )?<WD>,? men (?:i )?ugen efter\b",
            weeks.week_later,
        ),
        _rule("week_before_last", r"<W>ugen foer<THEN><WD>(?:en)?\b", weeks.weekday_before_last),
        _rule(
            "weekday_beside_feast",
            r"<W>(?:sidste |foerste )?<ON_WD> (?:lige )?(?P<dir>efter|foer|inden) "
            rf"(?P<feast>{feasts.NAMES})(?:e?n)?\b<AUTUMN_WEEK>",
            feasts.beside_feast,
        ),
        _rule(
            "workday_beside",
            r"<E>(?:paa )?(?:<NTH_WORKDAY>|(?:hverdag|arbejdsdag)en) (?:lige )?"
            rf"(?:(?P<dir>efter|foer|inden) (?P<feast>{feasts.NAMES})(?:e?n)?\b|"
            r"(?:i|paa|af) det nye? aar\b)",
            workdays.beside_feast,
        ),
        _rule("workday_in_month", r"<E>(?:paa )?<NTH_WORKDAY> (?:<ANY_MONTH>|i <MON>)", workdays.in_month),
        _rule("weekday_in_holiday", r"<W><ON_WD> i efteraarsferien\b<AUTUMN_WEEK>", feasts.in_autumn_holiday),
        _rule("weekday_in_holy_week", r"<W><ON_WD> i (?:den stille uge|paaskeugen)\b", feasts.in_holy_week),
        _rule("weekday_between", r"<W><ON_WD> (?:i dagene )?mellem jul og nytaar\b", feasts.between_feasts),
        _rule("weekday_after_weekend", r"<W>efter weekenden<THEN><WD>(?:en)?\b", weeks.after_weekend),
        _rule("weeks_weekday", r"<W>om <NUM> uger?<THEN><WD>(?:en)?\b(?P<dir>)", weeks.weeks_weekday),
        _rule("weeks_weekday", r"<W>(?:for )?<NUM> uger? (?P<dir>siden)<THEN><WD>(?:en)?\b", weeks.weeks_weekday),
        _rule("weekday_iso_week", r"<W><ON_WD><THEN><IN_WEEK>", weeks.iso_week),
        _rule("iso_week_weekday", r"<E><IN_WEEK><THEN><WD>(?:en)?\b", weeks.iso_week),
        _rule("weekday_in_week", r"<W><ON_WD>,? <THE_WEEK>\b", weeks.weekday_in_week),
        _rule("week_weekday", r"<W><THE_WEEK>s?<THEN><WD>(?:en)?\b", weeks.weekday_in_week),
    ]


def _nth_rules() -> list[Rule]:
    """'første mandag i januar', 'den sidste i måneden'."""
    return [
        _rule("nth_of_month", r"<E><DEN>?(?:<D>|sidste) (?:<WD>|dag)(?:en)? i <MON><YEAR>?", read.nth),
        _rule("nth_of_month", r"<E><DEN>?(?:<D>|sidste) <WD> <ANY_MONTH>", read.nth),
        _rule("nth_of_month", r"<E><DEN>?<D> <WD>(?:en)? i det nye? aar\b", read.nth_in_new_year),
        _rule("last_of_month", r"<E><DEN>sidste (?:dag )?(?:i )?<MON><YEAR>?", read.nth),
        _rule("last_of_month", r"<E>(?:<DEN>sidste (?:dag )?|sidste dag )<ANY_MONTH>", read.nth),
    ]


def _date_rules() -> list[Rule]:
    """A day with its month, in figures or words."""
    return [
        _rule("iso_date", r"<E><YYYY>(?P<sep>[-/.])<MM>(?P=sep)<DD><END>", read.day_month),
        _rule(
            "two_days_month",
            r"<E><DEN>?<D> ?(?:-|/|eller|el\.?|og|til|samt) ?<DEN>?(?P<d2>\d\d?)(?:\.|º)? ?<MON><YEAR>?",
            read.month_pair,
        ),
        _rule("date_year", r"<E><DEN>?<DD> ?[-/.] ?<MM> ?[-/.,]? ?<YYYY><END>", read.day_month),
        _rule("date_year", r"<E><DEN>?<DD>[-/.]<MM>(?P<sep> ?[-/.] ?)(?P<yy>\d\d)<END>(?![:.]\d)", read.day_month),
        _rule("date_year", r"<E><DEN>?<DD> <MM> <YYYY><END>", read.day_month),
        _rule("date_digits", r"<E>(?P<d>0[1-9])(?P<m>0[1-9]|1[0-2])(?P<y>20[2-3]\d)<END>", read.day_month),
        _rule("date_year", r"<E><DEN>?<DD>/<MM>(?P<sep> )(?P<yy>\d\d)<END>(?! ?[:~-])", read.day_month),
        _rule("date_digits", r"^(?P<d>[0-3]\d) ?(?P<m>[01]\d) ?(?P<yy>\d\d)\.?[ ,~]*$", read.near_day_month),
        _rule("date_digits", r"<E>(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<yy>\d\d)\.?(?=[ ,]*~)", read.near_day_month),
        _rule("day_slash_month", r"<E><DEN>?<DD>\.? ?/ ?<MM><END><THE_YEAR>?", read.day_month),
        # 'd. 3.12', 'd. 3-12', and 'd 3 12' where no hour follows.
        _rule(
            "den_day_dot_month",
            r"<E><DEN><DD>(?:[.-]|\. | (?=\d\d?\b(?!\.?\d| ?(?:kl|~))))<MM><END>",
            read.day_month,
        ),
        _rule("day_dot_month", r"<E><DD>\.<MM><END>\.?", read.day_month),
        _rule("day_dash_month", r"<E><DD>-<MM><END>(?!\.\w)", read.day_month),
        _rule(
            "year_day_month",
            r"<E>(?:i )?(?:(?P<lasty>sidste|forrige)|(?:til )?(?P<nexty>naeste)) aar,? (?:nemlig )?<DEN>?<D> ?<MON>",
            read.day_month,
        ),
        _rule("day_month", r"<E><DEN>?<D> ?(?:dag )?(?:i )?<MON><YEAR>?", read.day_month),
        _rule("number_month", r"<W>(?:den |d\.? )?<NUM> (?:i )?<MON><YEAR>?", read.number_month),
        _rule(
            "month_weekday_day",
            r"<E><MON><YEAR>?,? ?(?:paa |om )?<WD>(?:en)?,? ?<DEN><D>(?![:/]|[.,]\d)",
            read.weekday_in_month,
        ),
        _rule("month_day", r"<E><MON>,? ?<DEN>?<D>(?![:/]|[.,]\d)<YEAR>?", read.day_month),
        _rule("day_in_month_number", r"<E><DEN>?<DD>(?:\.|º)? i <MM>(?:º|\.|(?![\d:]))", read.day_month),
        _rule("day_in_month", r"<E><DEN>?<D> <THE_MONTH>", read.day_in_month),
        _rule("day_in_month", r"<E><THE_MONTH>,? <DEN><D>", read.day_in_month),
        _rule("day_in_month", r"<E><DEN>?<D> (?P<which>dennes|ds)\b\.?", read.day_in_month),
        _rule("day_in_month", r"<E><DEN>?<D> (?P<which>d|f|n)\. ?m\b\.?", read.day_in_month),
        _rule("day_same_month", r"<E><DEN>?<D> (?:s\. ?m\b\.?|samme maaned\b)", read.no_single_day),
    ]


def _distance_rules() -> list[Rule]:
    """So long from now, so long ago."""
    return [
        _rule("few", r"<E>(?:om <FEW>|for <FEW> siden)\b", read.no_single_day),
        _rule(
            "few",
            r"<E>(?:om|for) (?:ca\.? |cirka )?<NUM> (?:ugers?|uges?|dages?|maaneders?|maaneds?|aars?) tid(?: siden)?\b",
            read.no_single_day,
        ),
        _rule(
            "from_now",
            r"<E>om (?:praecist? |noejagtigt? |akkurat )?<ABOUT><NUM> (?:<UNIT>)\b(?P<dir>)(?: fra (?:nu|i ?dag)\b)?",
            read.from_now,
        ),
        _rule("ago", r"<E>(?:i dag |idag )?(?:for )?<ABOUT><NUM> <UNIT> (?P<dir>siden)\b", read.from_now),
        _rule("from_now", r"<E><NUM> <UNIT> fra (?:nu|i dag|idag)\b(?P<dir>)", read.from_now),
        _rule(
            "from_now",
            r"<E>der er (?:kun |bare )?<NUM> (?P<unit>dage|uger) til(?= ?(?:[.,!?~]|$))(?P<dir>)",
            read.from_now,
        ),
        _rule(
            "workdays_from_now",
            r"<E>(?:om|for) <NUM> (?:hverdage?|arbejdsdage?)(?P<dir> siden)?\b",
            workdays.from_now,
        ),
    ]
