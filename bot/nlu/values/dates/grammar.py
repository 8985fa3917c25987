"""The grammar of Danish dates: an ordered list of rules over the canonical text.

Text that an earlier rule matched is hidden from later ones. What a match means is in readings.py, weeks.py, feasts.py
and workdays.py; the word lists are in data/values/dates.yml.
"""

from functools import lru_cache, partial

from bot.nlu.values.dates import feasts, weeks, workdays
from bot.nlu.values.dates import readings as read
from bot.nlu.values.dates.canonical import Canonical
from bot.nlu.values.dates.rule import Rule, any_named_day, rule
from bot.nlu.values.lexicon import load
from common import patterns


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
    return rule("vague_phrase", rf"(?<![a-zº\d])(?:{body})(?![a-zº])(?: 20\d\d)?{no_day}", read.no_single_day)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, the most specific first; built at the first message."""
    return (
        *_recurrence_rules(),
        *_weekday_rules(),
        *_feasts(),
        *_nth_rules(),
        *_date_rules(),
        # 'om lidt' is today only where a time follows.
        rule("soon_at", r"<W>(?:om lidt|nu her|her og nu)(?=[ ,]*~)", read.today),
        _vague(),
        *_distance_rules(),
        rule(
            "named_day",
            rf"<W>(?<!dag som )(?<!tid som )(?P<day>{any_named_day()})\b"
            r"(?: (?:tidlig|aften|aftes|formiddag|eftermiddag|middag)\b)?(?P<more>)",
            read.named_day,
        ),
        # 'fredag 10' alone may be a time: the next rule.
        rule(
            "weekday_and_day",
            r"<W><ON_WD>,? (?P<d>[12]?\d|3[01])(?:(?:\.|º)(?![\d:/])(?! ?<THING>)|(?=,? ?~))",
            read.weekday_and_day,
        ),
        rule(
            "weekday_or_day",
            r"<W><ON_WD>,? (?P<d>[12]?\d|3[01])(?![\wº.:/-])(?! ?(?:-|til|dage|uger|personer|minutter|min))",
            read.weekday_or_day,
        ),
        rule("last_weekday", r"<W>(?:i ?|(?<=eller )|(?<=og )|^)<WD>s\b", read.last_weekday),
        rule(
            "weekday_qualified",
            r"<W>(?P<q>(?:nu |her )?paa|(?:paa )?(?:den )?(?:naeste|sidste|forrige|(?:foerst)?kommende)|denne|den her)"
            r" <WD>(?:en)?\b\.?",
            read.qualified_weekday,
        ),
        rule("weekday", r"<W>(?:om )?<WD>(?:en)?\b\.?", read.plain_weekday),
        rule(
            "two_days_of_month",
            r"<E><DEN><D> ?(?:eller|el\.?|samt|og) ?<DEN>?(?!2º)(?P<d2>\d\d?)(?:\.|º)(?![\d:/]|-\d)",
            read.day_pair,
        ),
        rule(
            "day_of_month",
            r"<E>(?P<den><DEN>)<DD>(?P<mark><TH>)?(?![\d:/]|[-.,]\d| ?-? ?aarig)",
            read.day_of_month,
        ),
        rule("day_of_month", r"^<DD>(?P<den>)(?P<mark>\.)$", read.day_of_month),
        rule("iso_week", r"<E><IN_WEEK>", weeks.iso_week),
        rule("week", r"<E><THE_WEEK>\b", weeks.whole_week),
        rule("weekend", r"<E>(?P<which>i |naeste |denne )?weekend(?:en)?\b", weeks.weekend),
        rule("month", r"^[^a-z]*<MONTHS>(?: 20\d\d)?[^a-z]*$", read.no_single_day),
    )


def _recurrence_rules() -> list[Rule]:
    """Weekdays of recurring meetings, which name no single day."""
    every = r"(?:hver|hvert|hvr|alle) (?:eneste )?(?:<NTH> ?)?"
    return [
        rule(
            "every",
            rf"<W>{every}<WD>(?:e|en)?\b(?:(?:,| og|/| eller)(?: hver)? <A_WD>(?:e|en)?\b)*",
            read.no_single_day,
        ),
        rule("every", rf"<W>{every}(?:dag|uge|maaned),? (?:om |paa )?<WD>(?:en|e)?\b", read.no_single_day),
        rule("every", rf"<W>(?:om )?<WD>(?:en|e)? {every}(?:uge|maaned)\b", read.no_single_day),
        rule("every", r"<E><DEN>?(?:<NTH>|sidste) <WD> i hver maaned\b", read.no_single_day),
    ]


def _weekday_rules() -> list[Rule]:
    """Weekdays with a week or a feast."""
    return [
        rule(
            "named_day_plus",
            rf"<W>(?P<day>{any_named_day()}) (?P<more>(?:om )?"
            r"(?:(?P<n>otte|8|fjorten|14|syv|7|(?:en|to|tre)(?= uge)) (?P<unit>dage|uger?)\b))",
            read.named_day,
        ),
        rule("weekday_minus", r"<W>(?:i )?<WD>(?P<s>s?) for <NUM> (?P<unit>dage|uger?) siden", weeks.weekday_minus),
        rule("weekday_plus", r"<W><ON_WD>,? (?:om )?<NUM> (?P<unit>dage|uger?)\b(?! siden)", weeks.weekday_plus),
        rule(
            "week_after",
            r"<W><ON_WD> i ugen (?P<dir>efter|foer)(?P<next> (?:naeste|sidste|forrige)(?: uge)?\b)?",
            weeks.week_after,
        ),
        rule("weeks_ago_on", r"<W><ON_WD> er det <NUM> uger? siden\b", weeks.weeks_ago_on),
        rule(
            "week_later",
            r"(?<=ikke )(?:nu |her )?(?:paa |denne |den her )?<WD>,? men (?:i )?ugen efter\b",
            weeks.week_later,
        ),
        rule("week_before_last", r"<W>ugen foer<THEN><WD>(?:en)?\b", weeks.weekday_before_last),
        rule(
            "weekday_beside_feast",
            r"<W>(?:sidste |foerste )?<ON_WD> (?:lige )?(?P<dir>efter|foer|inden) "
            rf"(?P<feast>{feasts.NAMES})(?:e?n)?\b<AUTUMN_WEEK>",
            feasts.beside_feast,
        ),
        rule(
            "workday_beside",
            r"<E>(?:paa )?(?:<NTH_WORKDAY>|(?:hverdag|arbejdsdag)en) (?:lige )?"
            rf"(?:(?P<dir>efter|foer|inden) (?P<feast>{feasts.NAMES})(?:e?n)?\b|"
            r"(?:i|paa|af) det nye? aar\b)",
            workdays.beside_feast,
        ),
        rule("workday_in_month", r"<E>(?:paa )?<NTH_WORKDAY> (?:<ANY_MONTH>|i <MON>)", workdays.in_month),
        rule("weekday_in_holiday", r"<W><ON_WD> i efteraarsferien\b<AUTUMN_WEEK>", feasts.in_autumn_holiday),
        rule("weekday_in_holy_week", r"<W><ON_WD> i (?:den stille uge|paaskeugen)\b", feasts.in_holy_week),
        rule("weekday_between", r"<W><ON_WD> (?:i dagene )?mellem jul og nytaar\b", feasts.between_feasts),
        rule("weekday_after_weekend", r"<W>efter weekenden<THEN><WD>(?:en)?\b", weeks.after_weekend),
        rule("weeks_weekday", r"<W>om <NUM> uger?<THEN><WD>(?:en)?\b(?P<dir>)", weeks.weeks_weekday),
        rule("weeks_weekday", r"<W>(?:for )?<NUM> uger? (?P<dir>siden)<THEN><WD>(?:en)?\b", weeks.weeks_weekday),
        rule("weekday_iso_week", r"<W><ON_WD><THEN><IN_WEEK>", weeks.iso_week),
        rule("iso_week_weekday", r"<E><IN_WEEK><THEN><WD>(?:en)?\b", weeks.iso_week),
        rule("weekday_in_week", r"<W><ON_WD>,? <THE_WEEK>\b", weeks.weekday_in_week),
        rule("week_weekday", r"<W><THE_WEEK>s?<THEN><WD>(?:en)?\b", weeks.weekday_in_week),
    ]


def _nth_rules() -> list[Rule]:
    """The first, the last or the nth day of a month."""
    return [
        rule("nth_of_month", r"<E><DEN>?(?:<D>|sidste) (?:<WD>|dag)(?:en)? i <MON><YEAR>?", read.nth),
        rule("nth_of_month", r"<E><DEN>?(?:<D>|sidste) <WD> <ANY_MONTH>", read.nth),
        rule("nth_of_month", r"<E><DEN>?<D> <WD>(?:en)? i det nye? aar\b", read.nth_in_new_year),
        rule("last_of_month", r"<E><DEN>sidste (?:dag )?(?:i )?<MON><YEAR>?", read.nth),
        rule("last_of_month", r"<E>(?:<DEN>sidste (?:dag )?|sidste dag )<ANY_MONTH>", read.nth),
    ]


def _date_rules() -> list[Rule]:
    """Days with a month, in figures or words."""
    return [
        rule("iso_date", r"<E><YYYY>(?P<sep>[-/.])<MM>(?P=sep)<DD><END>", read.day_month),
        rule(
            "days_month",
            r"<E>(?P<days><DEN>?\d\d?(?:\.|º)?(?:, ?<DEN>?\d\d?(?:\.|º)?){1,3}),? ?(?:og|samt) ?<DEN>?(?P<d2>\d\d?)"
            r"(?:\.|º)? ?<MON><YEAR>?",
            read.month_list,
        ),
        rule(
            "two_days_month",
            r"<E><DEN>?<D> ?(?:-|/|eller|el\.?|og|til|samt) ?<DEN>?(?P<d2>\d\d?)(?:\.|º)? ?<MON><YEAR>?",
            read.month_pair,
        ),
        rule("date_year", r"<E><DEN>?<DD> ?[-/.] ?<MM> ?[-/.,]? ?<YYYY><END>", read.day_month),
        rule("date_year", r"<E><DEN>?<DD>[-/.]<MM>(?P<sep> ?[-/.] ?)(?P<yy>\d\d)<END>(?![:.]\d)", read.day_month),
        rule("date_year", r"<E><DEN>?<DD> <MM> <YYYY><END>", read.day_month),
        rule("date_digits", r"<E>(?P<d>0[1-9])(?P<m>0[1-9]|1[0-2])(?P<y>20[2-3]\d)<END>", read.day_month),
        rule("date_year", r"<E><DEN>?<DD>/<MM>(?P<sep> )(?P<yy>\d\d)<END>(?! ?[:~-])", read.day_month),
        rule("date_digits", r"^(?P<d>[0-3]\d) ?(?P<m>[01]\d) ?(?P<yy>\d\d)\.?[ ,~]*$", read.near_day_month),
        rule("date_digits", r"<E>(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<yy>\d\d)\.?(?=[ ,]*~)", read.near_day_month),
        rule("day_slash_month", r"<E><DEN>?<DD>\.? ?/ ?<MM><END><THE_YEAR>?", read.day_month),
        # 'd 3 12' only where no time follows.
        rule(
            "den_day_dot_month",
            r"<E><DEN><DD>(?:[.-]|\. | (?=\d\d?\b(?!\.?\d| ?(?:kl|~))))<MM><END>",
            read.day_month,
        ),
        rule("day_dot_month", r"<E><DD>\.<MM><END>\.?", read.day_month),
        rule("day_dash_month", r"<E><DD>-<MM><END>(?!\.\w)", read.day_month),
        rule(
            "year_day_month",
            r"<E>(?:i )?(?:(?P<lasty>sidste|forrige)|(?:til )?(?P<nexty>naeste)) aar,? (?:nemlig )?<DEN>?<D> ?<MON>",
            read.day_month,
        ),
        rule("day_month", r"<E><DEN>?<D> ?(?:dag )?(?:i )?<MON><YEAR>?", read.day_month),
        rule("number_month", r"<W>(?:den |d\.? )?<NUM> (?:i )?<MON><YEAR>?", read.number_month),
        rule(
            "month_weekday_day",
            r"<E><MON><YEAR>?,? ?(?:paa |om )?<WD>(?:en)?,? ?<DEN><D>(?![:/]|[.,]\d)",
            read.weekday_in_month,
        ),
        rule("month_day", r"<E><MON>,? ?<DEN>?<D>(?![:/]|[.,]\d)<YEAR>?", read.day_month),
        rule("day_in_month_number", r"<E><DEN>?<DD>(?:\.|º)? i <MM>(?:º|\.|(?![\d:]))", read.day_month),
        rule("day_in_month", r"<E><DEN>?<D> <THE_MONTH>", read.day_in_month),
        rule("day_in_month", r"<E><THE_MONTH>,? <DEN><D>", read.day_in_month),
        rule("day_in_month", r"<E><DEN>?<D> (?P<which>dennes|ds)\b\.?", read.day_in_month),
        rule("day_in_month", r"<E><DEN>?<D> (?P<which>d|f|n)\. ?m\b\.?", read.day_in_month),
        rule("day_same_month", r"<E><DEN>?<D> (?:s\. ?m\b\.?|samme maaned\b)", read.no_single_day),
    ]


def _distance_rules() -> list[Rule]:
    """Distances from now, to come or past."""
    return [
        rule("few", r"<E>(?:om <FEW>|for <FEW> siden)\b", read.no_single_day),
        rule(
            "few",
            r"<E>(?:om|for) (?:ca\.? |cirka )?<NUM> (?:ugers?|uges?|dages?|maaneders?|maaneds?|aars?) tid(?: siden)?\b",
            read.no_single_day,
        ),
        rule(
            "from_now",
            r"<E>om (?:praecist? |noejagtigt? |akkurat )?<ABOUT><NUM> (?:<UNIT>)\b(?P<dir>)(?: fra (?:nu|i ?dag)\b)?",
            read.from_now,
        ),
        rule("ago", r"<E>(?:i dag |idag )?(?:for )?<ABOUT><NUM> <UNIT> (?P<dir>siden)\b", read.from_now),
        rule("from_now", r"<E><NUM> <UNIT> fra (?:nu|i dag|idag)\b(?P<dir>)", read.from_now),
        rule(
            "from_now",
            r"<E>der er (?:kun |bare )?<NUM> (?P<unit>dage|uger) til(?= ?(?:[.,!?~]|$))(?P<dir>)",
            read.from_now,
        ),
        rule(
            "workdays_from_now",
            r"<E>(?:om|for) <NUM> (?:hverdage?|arbejdsdage?)(?P<dir> siden)?\b",
            workdays.from_now,
        ),
    ]
