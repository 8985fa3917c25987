"""Common room: finds and masks CPR numbers, however they are written, before a text is stored, logged or sent.

A CPR number is a day of birth (ddmmyy; 60 is added to the day of a replacement number) and four figures. No
check by modulus 11: numbers without it have been given out since 2007.
Too much is masked rather than too little, but not telephone numbers, case numbers or a date with a time.
"""

import re
import sys
import unicodedata
from bisect import bisect_right
from calendar import monthrange

from common.cpr_months import with_months

MASK = "(CPR-nummer skjult)"

_ONES = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
_TEENS = ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"]
_TENS = ["tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"]
# Danish number words and their figures.
NUMBER_WORDS = {word: str(number) for number, word in enumerate([*_ONES, *_TEENS])}
NUMBER_WORDS |= {"et": "1", "én": "1", "ét": "1"}
NUMBER_WORDS |= {ten: str(20 + 10 * index) for index, ten in enumerate(_TENS)}
NUMBER_WORDS |= {
    f"{one}og{ten}": str(20 + 10 * index + number)
    for index, ten in enumerate(_TENS)
    for number, one in enumerate(_ONES)
    if number
}
NUMBER_WORDS |= {f"enog{ten}": str(21 + 10 * index) for index, ten in enumerate(_TENS)}

_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_SEP = r" ?[-./_]? ?"
# Between the day of birth and the four figures: signs, or words that announce the rest.
_SIGNS = r"[^\w\n+]{0,6}\n?[^\w\n+]{0,6}|[ ]?[xX*_#]{1,6}[ ]?"
_SURE = r"(?:sidste|sidst|ender|slutter|fire|4|cifre|streg|bindestreg|løbenummer|kontrolcifre)"
_MINE = r"(?:i|mit|dit|hans|hendes|cpr|cprnummer|cprnr|personnummer|nummer|nummeret|lyder|tallene|bagefter)"
_TELL = rf"(?:{_SURE}|{_MINE}|og|de|mine|tal|er|samt|så|derefter|efterfulgt|af|nr|på|med|til)"
_WORDS = rf"[^\w\n]{{0,3}}(?:{_TELL}[^\w\n]{{1,4}}){{1,12}}"
_THEN = r"(?=\d{4}(?!\d)|\D)"  # '2026 14' is a year and an hour, not '20' and '26 14'
_SERIAL = r"(?:\d{4}|\d{2}[ -]\d{2}|\d(?:[ -]\d){3})"
_REST = rf"(?P<gap>{_SIGNS}|{_WORDS})(?P<serial>{_SERIAL})(?!\d)"
_PATTERNS = (
    # 010270-1234, 0102701234, 010270 1234, 010270 og de sidste fire er 1234, 01 02 70-1234, 0102-70-1234
    rf"(?P<dd>{_DAY})(?P<s>{_SEP})(?P<mm>{_MONTH}){_SEP}(?P<yy>\d\d){_THEN}{_REST}",
    # 01-02-1970-1234, 01021970 1234
    rf"(?P<dd>{_DAY})(?P<s>{_SEP})(?P<mm>{_MONTH}){_SEP}(?:18|19|20)(?P<yy>\d\d){_THEN}{_REST}",
    # 1/2-1970, sidste fire 1234
    r"(?P<dd>\d{1,2})(?P<s>[-./ ]{1,2})(?P<mm>\d{1,2})[-./ ]{1,2}(?:18|19|20)?(?P<yy>\d\d)"
    rf"{_THEN}(?P<gap>{_WORDS})(?P<serial>{_SERIAL})(?!\d)",
    # 0 1 0 2 7 0 - 1 2 3 4
    r"(?P<dd>\d[ .-]\d)(?P<s>[ .-])(?P<mm>\d[ .-]\d)[ .-](?P<yy>\d[ .-]\d)(?P<gap> ?[-. ] ?)"
    r"(?P<serial>\d(?:[ .-]\d){3})(?!\d)",
    # mine sidste fire er 1234, og jeg er født 010270
    r"(?:sidste (?:fire|4)(?: cifre| tal)?(?! (?:uger|dage|måneder|år|gange|møder|samtaler))"
    r"|cifre|løbenummer|kontrolcifre)\b[^\d\n]{1,20}"
    rf"(?P<serial>{_SERIAL})(?!\d)(?P<gap>[^\d\n]{{1,40}})(?P<dd>{_DAY})(?P<s>{_SEP})(?P<mm>{_MONTH}){_SEP}"
    r"(?:(?:18|19|20)(?=\d\d(?!\d)))?(?P<yy>\d\d)(?!\d)",
)
_FORMS = tuple(re.compile(rf"(?<!\d){pattern}") for pattern in _PATTERNS)
_PAIRS = re.compile(r"(?<!\d)\d\d([ .-])\d\d(?:\1\d\d)*(?!\d)")
_WORD = re.compile(r"[^\W_]+")
# 'O1O27O-1234': the letter, written for the figure.
_WITH_LETTERS = re.compile(r"(?<!\w)[\dOo]{6}[-. ]?[\dOo]{4}(?!\w)")
_SPOKEN_DASH = re.compile(r"\b(?:binde)?streg\b", re.IGNORECASE)
_HOURS = re.compile(r"(?:[01]\d|2[0-3])[:.][0-5]\d ?- ?(?:[01]\d|2[0-3])[:.][0-5]\d(?!\d)")
_CODE = re.compile(r"(?:\+|\b00)\d{0,3}[ .()-]*$")


def mask(text: str) -> tuple[str, int]:
    """The text with each CPR number replaced by ``MASK``, and how many there were.

    Masking twice is masking once. The time taken grows with the length of the text, no faster.
    """
    parts: list[str] = []
    place = 0
    spans = find(text)
    for start, end in spans:
        parts += [text[place:start], MASK]
        place = end
    return "".join([*parts, text[place:]]), len(spans)


def find(text: str) -> list[tuple[int, int]]:
    """Where CPR numbers stand in the text, by place, not overlapping."""
    plain, origin = _plain(text)
    spans = sorted([*_in_figures(plain), *_in_pairs(plain), *_in_words(plain), *with_months(plain)])
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if not found or start >= found[-1][1]:
            found.append((start, end))
    # A bracket that opened before a number and closed inside it goes with it.
    found = [(start - 1 if _opens(plain, start, end) else start, end) for start, end in found]
    found = [(start, end + 1 if _closes(plain, start, end) else end) for start, end in found]
    return [(origin[start], origin[end - 1] + 1) for start, end in found]


def _opens(plain: str, start: int, end: int) -> bool:
    return start > 0 and plain[start - 1] == "(" and ")" in plain[start:end]


def _closes(plain: str, start: int, end: int) -> bool:
    return plain[end : end + 1] == ")" and "(" in plain[start:end]


def _plain(text: str) -> tuple[str, list[int]]:
    """Figures of all scripts as 0-9, dashes as '-', blanks as ' ', without what is invisible; where each stood."""
    signs: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text):
        if sign.isascii():
            plain = " " if sign in "\t\r\v\f" else sign
        else:
            digit = unicodedata.digit(sign, None)
            category = unicodedata.category(sign)
            if digit is not None:
                plain = str(digit)
            elif category in ("Cf", "Mn", "Me"):
                continue
            else:
                plain = {"Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n"}.get(category, "-" if sign == "−" else sign)
        signs.append(plain)
        origin.append(place)
    plain = "".join(signs)
    return _WITH_LETTERS.sub(lambda found: re.sub("[Oo]", "0", found.group()), plain), origin


def _is_day(day: str, month: str, year: str) -> bool:
    dd, mm = int(re.sub(r"\D", "", day)), int(re.sub(r"\D", "", month))
    dd = dd - 60 if dd > 60 else dd
    # The century is not known: 29 February is allowed in every fourth year.
    leap = int(re.sub(r"\D", "", year)) % 4 == 0
    return 1 <= mm <= 12 and 1 <= dd <= monthrange(2024 if leap else 2023, mm)[1]


def _is_date_and_number(found: re.Match[str]) -> bool:
    """'d. 01.02.26 og 1430': a date written as one, and no word that announces the last four figures."""
    gap = found["gap"].lower()
    if found.start("serial") < found.start("dd"):
        return False  # announced: 'mine sidste fire er 1234'
    if re.search(rf"\b{_SURE}\b|\bcpr|personnummer|[x*]", gap):
        return False
    # 'født 010270, og mit nummer er 3821 4236' is a day and a telephone number, too.
    apart = bool(found["s"].strip()) or re.search(rf"\b{_MINE}\b", gap) is not None
    return apart and re.search(r"\w", gap) is not None


def _is_date_with_time(found: re.Match[str]) -> bool:
    """'01.02.26 14.30', '01-02-2026 1430': a meeting, where the year is one of these and the figures a time of day."""
    serial = re.sub(r"\D", "", found["serial"])
    is_time = 6 <= int(serial[:2]) <= 20 and int(serial[2:]) % 5 == 0 and int(serial[2:]) < 60
    return bool(found["s"].strip()) and not found["gap"].strip() and 20 <= int(found["yy"]) <= 39 and is_time


def _is_span_of_hours(plain: str, found: re.Match[str]) -> bool:
    """'2026-12-10 14:00-15:00', as calendars write it: what looks like the year is the hour."""
    return _HOURS.match(plain, found.start("yy")) is not None


def _in_figures(plain: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    runs = [run.span() for run in _PAIRS.finditer(plain)]
    for form in _FORMS:
        place = 0
        while found := form.search(plain, place):
            place = found.start() + 1
            if _is_pairs_only(found.group()) and _is_inside(found.span(), runs):
                continue  # read by _in_pairs
            if (
                not _is_day(found["dd"], found["mm"], found["yy"])
                or _is_date_with_time(found)
                or _is_date_and_number(found)
                or _is_span_of_hours(plain, found)
            ):
                continue
            if _CODE.search(plain[max(0, found.start() - 8) : found.start()]):
                continue  # '+46 10 12 34 56 78' is a telephone number abroad
            spans.append((min(found.start("serial"), found.start("dd")), found.end()))
            place = found.end()
    return spans


def _is_inside(span: tuple[int, int], runs: list[tuple[int, int]]) -> bool:
    index = bisect_right(runs, (span[0], sys.maxsize)) - 1
    return index >= 0 and runs[index][0] <= span[0] and span[1] <= runs[index][1]


def _is_pairs_only(said: str) -> bool:
    return all(len(group) == 2 for group in re.findall(r"\d+", said))


def _in_pairs(plain: str) -> list[tuple[int, int]]:
    """'01 02 70 12 34', also beside another number or a telephone number ('38 21 42 36') in a run of pairs."""
    spans: list[tuple[int, int]] = []
    for run in _PAIRS.finditer(plain):
        if _CODE.search(plain[max(0, run.start() - 8) : run.start()]):
            continue
        pairs = [(found.start() + run.start(), found.group()) for found in re.finditer(r"\d\d", run.group())]
        starts = range(0, len(pairs), 5) if len(pairs) % 5 == 0 else (0, 4) if len(pairs) == 9 else ()
        for first in starts:
            group = pairs[first : first + 5]
            if len(group) == 5 and _is_day(group[0][1], group[1][1], group[2][1]):
                spans.append((group[0][0], group[4][0] + 2))
    return spans


def spoken_numbers(text: str) -> list[tuple[int, int, str]]:
    """Number words in a row as figures, and where they stand: 'tyve tredive nul et' is 203001."""
    found: list[tuple[int, int, str]] = []
    row: list[re.Match[str]] = []
    for word in [*_WORD.finditer(text), None]:
        if word is not None and row and _SPOKEN_DASH.fullmatch(word.group()):
            continue
        is_number = word is not None and word.group().lower() in NUMBER_WORDS
        between = text[row[-1].end() : word.start()] if word and row else ""
        joined = bool(word and row and not _SPOKEN_DASH.sub("", between).strip(" ,-"))
        if row and not (is_number and joined):
            figures = "".join(NUMBER_WORDS[one.group().lower()] for one in row)
            found.append((row[0].start(), row[-1].end(), figures))
            row = []
        if word and is_number:
            row.append(word)
    return found


def _in_words(plain: str) -> list[tuple[int, int]]:
    """'nul en nul to syv nul ...': number words in a row that make ten figures and begin with a day."""
    return [
        (start, end)
        for start, end, figures in spoken_numbers(plain)
        if len(figures) == 10 and re.match(_DAY + _MONTH, figures) and _is_day(figures[:2], figures[2:4], figures[4:6])
    ]
