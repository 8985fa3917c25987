"""Classifies the text between two groups of digits: blanks, punctuation, a month, words."""

from enum import IntEnum
from functools import cached_property

from common import patterns
from common.cpr import evidence
from common.cpr.number_words import words
from common.cpr.signs import BARRIER


class Kind(IntEnum):
    """How closely a gap joins two groups, the closest first."""

    BLANK = 0
    SIGN = 1
    LOOSE = 2
    MONTH = 3
    WORDS = 4
    FAR = 5


_MONTHS = (
    "januar jan january januari janaur", "februar feb febr february febuar februari ii", "marts mar march mars iii",
    "april apr iv", "maj may mai", "juni jun june vi", "juli jul july vii", "august aug agust augusti viii",
    "september sep sept sebtember ix", "oktober okt october oct", "november nov xi", "december dec desember dez xii",
)  # fmt: skip
MONTHS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTH = patterns.compile(
    rf"(?:ste|te|de|st|nd|rd|th)?[^\w\n]{{0,4}}(?:of |i |den )?(?P<month>{_NAMES})[^\w\n]{{0,4}}"
    r"(?:i |år |den )?[^\w\n]{0,2}",
    patterns.IGNORECASE,
)
_MONTH_AT_END = patterns.compile(rf"\b(?P<month>{_NAMES})[.,]? ?(?:den |the )?$", patterns.IGNORECASE)
_OF = (["i"], ["af"], ["of"], ["i", "den"], ["of", "the"], ["the"], ["måned"], ["år"], ["month"], ["year"])
TAG = (
    r"</?(?:a|b|big|br|code|div|em|font|h[1-6]|i|input|label|li|mark|ol|p|pre|s|small|span|strong|sub|sup|td|th|tr|tt|u|ul)"
    r"\b(?:[^<>\n0-9]|(?<![0-9])[0-9]{1,3}(?![0-9])){0,80}>"
    r"|\[/?(?:b|i|u|s|code|quote)\]|\]\((?:tel|sms|mailto|https?):/{0,2}"
)
_TAGS = patterns.compile(TAG, patterns.IGNORECASE)
_WORD = patterns.compile(r"[^\W_]+")
_CURRENCY = frozenset("€$£%")
# Directly between two groups; with a blank before it, a plus begins a telephone number.
_PLUS = ("+", ".+", "-+", "+-")
_LONGEST_SIGNS, _LONGEST_WORDS, _MOST_WORDS, _MOST_LINES = 24, 120, 16, 2
_FEW_WORDS = 3

_NUMBERS = (
    r"[0-9]|(?:nul|en|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|(?:tret|fjor|fem|seks|syt|at|nit)ten"
    r"|(?:\w{2,4}og)?(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems))\b"
)
_WHOSE = "(?:mit|mine|dit|hans|hendes|vores|det|cpr|person|sygesikring|sundhed|nummer)"
# The last four figures, spoken of; not the last four weeks.
LAST_FOUR = (
    r"\bsi(?=[dts]*[st])[dts]{1,4}e?[ -]{0,2}(?:fire|fir|4)\b(?=[ ]*(?:$|[^\w ])"
    rf"|,? (?:er|var|bliver|hedder|lyder|står|kommer|så|som|ciff?[er]|tal\b|numre|{_NUMBERS})"
    rf"|,? (?:i|af|på|fra) {_WHOSE})"
    r"|\blast (?:four|4)\b|\b(?:fire|4)[ -](?:(?:aller)?(?:sidste|bageste|afsluttende)\b|ciff?[er]|tal\b)"
)
_ANNOUNCING = patterns.compile(
    rf"{LAST_FOUR}"
    r"|\b(?:de|mine|hans|hendes|dine) sidste\W{0,3}$"
    r"|\b(?:sidste|bageste|afsluttende|resterende) (?:cifre|ciffer|tal|numre|del|rest|er)\b"
    r"|\b(?:ender|slutter|afslutter|afsluttes)(?: \w+)? (?:på|med)\b"
    r"|\b(?:(?:ende|slut|kontrol|bag)(?:tal|cifre\w*|ciffer|nummer|numre|kode)\w*|endelsen?)\b"
    r"|\bløbe?n(?:umm?er|r)\w*|\bresten(?: af (?:mit|nummeret|cpr)\w*)?(?: er)?\W{1,3}$",
    patterns.IGNORECASE,
)
# Words that name a sign between the two parts, or say that the rest follows.
_SURE = words(
    "sidste sidst ender slutter fire cifre ciffer streg bindestreg tankestreg skråstreg understreg mellemstreg"
    " minus dash punktum mellemrum kolon plus løbenummer kontrolcifre efterfulgt kontrol endelsen endelse resten rest"
    " last four cpr cprnr cprnummer personnummer personnr"
)
_TELLING = words(
    "i mit min mine dit hans hendes nummer nummeret nr lyder tallene koden"
    " og de tal er samt så derefter dernæst bagefter af med på til den det som kommer har hedder and the are is of"
)
_TIMES = words("i til fra siden indtil år året")
_OTHERS = words(
    "lokale lok rum værelse etage bygning sag sagen sagsnr sagsnummer journalnr journalnummer postnr postnummer konto"
    " kontonr reg kvittering ref reference pinkode kode beløb side uge siden indtil fra i eller til betalt kostede"
)
_HOURS = words("kl klokken klok tid tidspunkt time timer kr kroner")
_PHONES = words("tlf telefon telefonnummer mobil mobilnummer mobilnr ring telefonnr tlfnr sms phone")


def _number(month: str) -> int:
    """The number of a month's name; 0 where only its lower case looks like one ('İİ')."""
    return MONTHS.get(month.lower(), 0)


class Gap:
    """The text between two groups, before the first or behind the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        # The signs without the blanks around them.
        self.core = text.strip(" ")
        self.kind = self._kind()

    def _kind(self) -> Kind:
        text = self.text
        if not text.strip(" "):
            return Kind.BLANK if len(text) <= 3 else Kind.LOOSE if len(text) <= _LONGEST_SIGNS else Kind.FAR
        if len(text) > _LONGEST_WORDS or BARRIER in text:
            return Kind.FAR
        if not any(sign.isalnum() for sign in text):
            return self._kind_of_signs(text)
        text = _TAGS.sub("", text)
        if not any(sign.isalnum() for sign in text):
            return max(self._kind_of_signs(text), Kind.SIGN)
        if len(text) <= 32 and _MONTH.fullmatch(text):
            return Kind.MONTH
        return Kind.WORDS if len(self.words) <= _MOST_WORDS and text.count("\n") <= _MOST_LINES else Kind.FAR

    @staticmethod
    def _kind_of_signs(text: str) -> Kind:
        core = text.strip(" ")
        if text in _PLUS:
            return Kind.SIGN
        if len(core) <= 2 and len(text) <= 6 and "\n" not in core and not (_CURRENCY | {"+"}) & set(core):
            return Kind.SIGN
        joined = len(core) <= _LONGEST_SIGNS and core.count("\n") <= _MOST_LINES
        return Kind.LOOSE if joined and not _CURRENCY & set(core) and not text.endswith("+") else Kind.FAR

    @cached_property
    def month(self) -> int:
        """The number of the month that it is; 0 for none."""
        if self.kind is not Kind.MONTH:
            return 0
        found = _MONTH.fullmatch(_TAGS.sub("", self.text))
        return _number(found["month"]) if found else 0

    @cached_property
    def month_at_end(self) -> int:
        """The number of the month that it ends with; 0 for none."""
        found = _MONTH_AT_END.search(self.text[-20:]) if self.has_letters else None
        return _number(found["month"]) if found else 0

    @cached_property
    def is_of(self) -> bool:
        """Whether it joins a day to its month: 'den 6. i 5.'."""
        return self.kind is Kind.WORDS and self.words in _OF

    @property
    def is_of_years(self) -> bool:
        """Whether it says that the digits before it are years: '27 år'."""
        return self.words in (["år"], ["year"])

    @cached_property
    def has_letters(self) -> bool:
        """Whether it contains a word."""
        return any(sign.isalpha() for sign in self.text)

    @cached_property
    def says_cpr(self) -> bool:
        """Whether it calls what follows a CPR number."""
        return self.has_letters and evidence.says_cpr(self.text)

    @cached_property
    def names_cpr(self) -> bool:
        """Whether it ends with 'CPR', 'CPR-nummer er'."""
        return self.has_letters and evidence.names_cpr(self.text)

    @cached_property
    def calls_it_cpr(self) -> bool:
        """Whether it calls what precedes a CPR number: '... er mit CPR-nummer'."""
        return self.has_letters and evidence.calls_it_cpr(self.text)

    @cached_property
    def says_birth(self) -> bool:
        """Whether it says that somebody was born on the day that follows."""
        return self.has_letters and evidence.says_birth(self.text)

    @cached_property
    def calls_it_birth(self) -> bool:
        """Whether it calls the day before it a day of birth: '... er min fødselsdag'."""
        return self.has_letters and evidence.calls_it_birth(self.text)

    @cached_property
    def calls_it_last(self) -> bool:
        """Whether it calls the four digits before it the last four."""
        return self.has_letters and evidence.calls_it_last(self.text)

    @cached_property
    def is_of_another_number(self) -> bool:
        """Whether it names another kind of number: an invoice's, a company's."""
        return self.has_letters and evidence.is_of_another_number(self.text)

    @cached_property
    def counts(self) -> bool:
        """Whether it says what the digits before it count: 'kr.', 'timer'."""
        return self.text != " " and evidence.counts(self.text)

    @cached_property
    def is_town(self) -> bool:
        """Whether it begins with a town, so that the digits before it are a post code."""
        return self.has_letters and evidence.is_town(self.text)

    @cached_property
    def is_town_nearby(self) -> bool:
        """Whether it begins with Frederiksberg or a town nearby."""
        return self.has_letters and evidence.is_town_nearby(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return [word.lower() for word in _WORD.findall(_TAGS.sub("", self.text))]

    @cached_property
    def announces(self) -> bool:
        """Whether it says that the last four digits follow: 'de sidste fire er', 'ender på'."""
        if not self.has_letters:
            return False
        tail = self.text[-_LONGEST_WORDS:]
        return bool(_ANNOUNCING.search(tail[tail.rfind(BARRIER) + 1 :])) and not self.is_of_hours

    @cached_property
    def is_of_hours(self) -> bool:
        """Whether it says that a time, an amount or a telephone number follows."""
        return bool((_HOURS | _PHONES).intersection(self.words[-4:]))

    @cached_property
    def is_telling(self) -> bool:
        """Whether it has only words that may stand between a day of birth and the last four: 'og', 'streg'."""
        known = _SURE | _TELLING
        return all(word in known or not word.strip("x") for word in self.words)

    @cached_property
    def is_sure(self) -> bool:
        """Whether it has a word that announces the last four or names punctuation."""
        return any(word in _SURE or not word.strip("x") for word in self.words)

    @cached_property
    def is_of_time(self) -> bool:
        """Whether it says that a year follows: 'i', 'til'."""
        return not _TIMES.isdisjoint(self.words)

    @cached_property
    def is_short(self) -> bool:
        """Whether it has few words, and none that introduces another kind of number."""
        return len(self.words) <= _FEW_WORDS and _OTHERS.isdisjoint(self.words)
