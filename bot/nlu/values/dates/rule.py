"""The building blocks of the date grammar: the `Rule` type and the named parts of its patterns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.nlu.values.dates import readings as read
from bot.nlu.values.dates.calendar import Days
from common import patterns

Resolve = Callable[[patterns.Match, datetime], Days | None]


@dataclass(frozen=True)
class Rule:
    """A named pattern; `resolve` returns the days of a match, or None where it is no date after all."""

    name: str
    pattern: patterns.Pattern
    resolve: Resolve


# Replaced in this order: a part may use the parts below it.
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


def any_named_day() -> str:
    """A pattern of the days that have a name ('i morgen', 'i går')."""
    return "|".join(patterns.escape(day) for day in sorted(read.named_days(), key=len, reverse=True))


def rule(name: str, pattern: str, resolve: Resolve) -> Rule:
    """A rule from a pattern that may name parts of `_PARTS`: '<DEN><D>'."""
    for part, meaning in _PARTS.items():
        pattern = pattern.replace(f"<{part}>", meaning)
    return Rule(name, patterns.compile(pattern), resolve)
