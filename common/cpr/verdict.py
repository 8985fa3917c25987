"""Decides whether a day and four digits are a CPR number, or a time, an amount, a telephone number."""

from dataclasses import dataclass

from common.cpr.dates import Day, Style
from common.cpr.gaps import Gap, Kind
from common.cpr.stream import Stream

_WRITTEN_AS_CPR = [6, 4]
_SWEDISH = ([3, 3, 2, 2], [3, 2, 2, 3], [3, 7])
_BEFORE_HOURS = ("", ",", ";", ":", "(", "|", "\n")
_JOINING = ("-", ".", "/", ":")
# From so many groups on, a day is spelt: '0, 1, 0, 1, 70'.
_SPELT = 5
_MOST_OF_DAY_OR_HOUR = 31
_PHONE, _NO_PHONE, _MOST_OF_A_PHONE = 8, "01", 5


@dataclass(frozen=True)
class Serial:
    """Four digits in the groups from `first` up to `after`; `inner`: the punctuation between them."""

    first: int
    after: int
    figures: str
    inner: tuple[str, ...]

    @property
    def is_clock(self) -> bool:
        """Whether they are written as a time: '14.30'."""
        return self.inner in ((".",), (":",))

    @property
    def is_hour(self) -> bool:
        """Whether they may be a time at which meetings begin: '1430'."""
        hour, minute = int(self.figures[:2]), int(self.figures[2:])
        return 6 <= hour <= 20 and minute % 5 == 0 and minute < 60

    @property
    def is_year(self) -> bool:
        """Whether they may be a year: '1994', 'nitten halvfems'."""
        return self.figures[:2] in ("19", "20") and len(self.inner) < 2

    @property
    def is_hours(self) -> bool:
        """Whether they are two hours of a day: '10-12'."""
        return self.inner == ("-",) and 6 <= int(self.figures[:2]) < int(self.figures[2:]) <= 22


def serial(stream: Stream, first: int) -> Serial | None:
    """The four digits from the group `first` on, in one group or several; None where there are none."""
    after = stream.after(first, 4)
    if not after or max(stream.kinds[first + 1 : after], default=0) > Kind.LOOSE:
        return None
    inner = tuple([gap.core for gap in stream.gaps[first + 1 : after]])
    return Serial(first, after, "".join(stream.written[first:after]), inner)


@dataclass(frozen=True)
class Candidate:
    """A day and the four digits behind it."""

    stream: Stream
    day: Day
    serial: Serial

    @property
    def gap(self) -> Gap:
        """The gap between the day and the digits."""
        return self.stream.gaps[self.day.after]

    @property
    def span(self) -> tuple[int, int]:
        """Its span in the plain text."""
        return self.stream.groups[self.day.first].start, self.stream.groups[self.serial.after - 1].end

    @property
    def behind(self) -> Gap:
        """The gap behind both."""
        return self.stream.gaps[self.serial.after]

    @property
    def says_birth(self) -> bool:
        """Whether the words before the day say that somebody was born on it."""
        return self.stream.gaps[self.day.first].says_birth


def is_cpr(one: Candidate) -> bool:
    """Whether the day and the four digits are a CPR number. Words that say so outweigh other readings."""
    gap = one.gap
    is_named = one.stream.gaps[one.day.first].names_cpr
    if gap.kind in (Kind.FAR, Kind.MONTH) or (gap.is_of_hours and not is_named):
        return False
    if "+" in gap.text and one.serial.inner:
        return False  # '010170+45 38 21 42 36'
    if gap.kind is Kind.WORDS and not gap.is_telling and not _is_told_in_other_words(one):
        return False
    if one.stream.gaps[one.day.first].says_cpr or one.behind.calls_it_cpr:
        return True
    if is_elses(one.stream, one.day.first, one.serial.after) or _is_phone(one) or _is_part_of_more(one):
        return False
    if gap.kind is Kind.WORDS:
        return _is_told(one)
    return not _is_meeting(one) and not _is_address(one) and _is_well_formed(one)


def is_elses(stream: Stream, first: int, after: int) -> bool:
    """Whether the groups are a foreign telephone number, an amount, or named as another kind of number."""
    gaps = stream.gaps
    is_amount = gaps[after].counts and (after > first + 1 or stream.written[first][0] != "0")
    # No amount is grouped so.
    is_amount = is_amount and stream.lengths[first:after] != _WRITTEN_AS_CPR
    return is_amount or gaps[first].is_of_another_number or _is_abroad(stream, first, after)


def _is_abroad(stream: Stream, first: int, after: int) -> bool:
    """Whether another country's code precedes it, or it is written like a Swedish number: '070-123 45 67'."""
    if stream.written[first][:2] == "07" and stream.lengths[first:after] in _SWEDISH:
        return True
    if not stream.has_code:
        return False
    if stream.lengths[first:after] == _WRITTEN_AS_CPR and stream.gaps[first + 1].core == "-":
        return False
    for at in range(first, max(first - _MOST_OF_A_PHONE, -1), -1):
        figures, before = stream.written[at], stream.gaps[at].text
        if before.endswith("+") and figures[0] == "0":
            return False  # no country's code begins so
        if before.endswith("+") or (figures.startswith("00") and len(figures) > 2):
            return figures not in ("45", "0045") or (at == first - 1 and stream.lengths[first] == _PHONE)
        if before.strip(" -()."):
            return False
    return False


def _is_phone(one: Candidate) -> bool:
    """Whether the digits, with the year or without, are part of a telephone number: '010170, 3821 4236'."""
    stream, day = one.stream, one.day
    if one.serial.figures == "0045" and one.serial.after < len(stream.groups):
        return True
    if _begins_phone(stream, day.after):
        return True
    # Pairs in a row are looked at in stands_apart.
    has_year = stream.lengths[day.after - 1] == 2 and one.serial.inner and one.gap.kind is Kind.BLANK
    if not has_year or day.style is Style.SPACED:
        return False
    return _begins_phone(stream, day.after - 2 if day.century else day.after - 1)


def _begins_phone(stream: Stream, first: int) -> bool:
    figures, after = stream.written[first], first + 1
    while after < len(stream.groups) and stream.gaps[after].kind is Kind.BLANK and len(figures) < _PHONE:
        figures += stream.written[after]
        after += 1
    goes_on = after < len(stream.groups) and stream.lengths[after] == 1 and stream.gaps[after].kind is Kind.BLANK
    return len(figures) == _PHONE and figures[0] not in _NO_PHONE and after > first + 1 and not goes_on


def _is_told(one: Candidate) -> bool:
    """Whether the words between may join the parts of a CPR number: '010170 og 1234'."""
    if one.serial.inner and not _has_fit_parts(one):
        return False
    if one.gap.is_sure or one.says_birth:
        return True
    is_year = one.serial.is_year and (not one.day.is_compact or one.gap.is_of_time)
    if (one.day.may_be_of_a_meeting and one.serial.is_hour) or is_year:
        return False
    return one.day.is_compact or _may_be_of_birth(one)


def _is_told_in_other_words(one: Candidate) -> bool:
    """Whether few words, of any kind, separate digits that are written like a CPR number: '010170 strej 1234'."""
    return one.gap.is_short and one.day.is_compact and not (one.day.is_soon or one.serial.is_year or one.serial.inner)


def _may_be_of_birth(one: Candidate) -> bool:
    """Whether the day may be one of birth: not in the next years, and from 2000 on with a number from 4000 up."""
    return not one.day.is_soon and (one.day.century != "20" or one.serial.figures >= "4000")


def _is_meeting(one: Candidate) -> bool:
    """Whether the digits are the time of a meeting on the day: '01.02.26 14.30', '3/12-26 10-12'."""
    day, core = one.day, one.gap.core
    if one.says_birth or (not day.may_be_of_a_meeting and day.century != "20"):
        return False
    if one.serial.is_hours:
        return True
    if not one.serial.is_hour:
        return False
    if core in _BEFORE_HOURS:
        return day.is_soon or day.century == "20" or not day.is_compact
    return day.may_be_of_a_meeting and (day.style is Style.NAMED or day.is_year_first)


def _is_address(one: Candidate) -> bool:
    """Whether the digits are a post code: 'født 14. marts 1982, 2000 Frederiksberg'."""
    if one.serial.inner or one.gap.core == "-":
        return False
    is_apart = "," in one.gap.core or "\n" in one.gap.core
    if one.day.is_compact:
        return is_apart and one.behind.is_town_nearby
    return one.behind.is_town_nearby or (is_apart and one.behind.is_town)


def _is_part_of_more(one: Candidate) -> bool:
    """Whether the digits belong to another day, to hours or to a longer number: '01.02.2026-03.02.2026'."""
    stream, after = one.stream, one.serial.after
    is_one_group = one.day.after - one.day.first == 1
    if not is_one_group and one.day.first and stream.gaps[one.day.first].text in _JOINING:
        return True
    if after == len(stream.groups) or stream.gaps[after].text not in _JOINING:
        return False
    if stream.lengths[one.day.first : after + 1] == [2] * 6 and _is_uniform(one):
        return False  # cut where it may be, see stands_apart
    return bool(one.serial.inner) or not one.day.is_compact or one.serial.figures[:2] == "20"


def _is_uniform(one: Candidate) -> bool:
    """Whether the same punctuation stands between all groups."""
    return len({gap.core for gap in one.stream.gaps[one.day.first + 1 : one.serial.after]}) == 1


def _is_well_formed(one: Candidate) -> bool:
    """Whether the punctuation is what people write in a CPR number."""
    if one.serial.inner and not _has_fit_parts(one):
        return False
    return (one.says_birth or _is_plain_day(one)) and stands_apart(one.stream, one.day.first, one.serial.after)


def _has_fit_parts(one: Candidate) -> bool:
    """Whether four digits in several parts may be the last four, and no times or days ('3/12 10.15 11.15')."""
    day, gap, inner = one.day, one.gap, set(one.serial.inner)
    if _is_uniform(one) and day.after - day.first > 2:
        return day.century != "20"
    if len(one.serial.inner) == 3 or day.after - day.first >= _SPELT:
        return True
    if inner - {"", "-", "\n"}:
        return False
    if gap.text == "-" and inner != {""}:
        is_dashed = day.style not in (Style.NAMED, Style.SHORT) and "/" not in _signs_of_day(one)
        return one.says_birth or day.is_compact or (is_dashed and day.century != "20")
    if gap.text in _JOINING and not day.century and int(day.year) <= _MOST_OF_DAY_OR_HOUR:
        return one.says_birth or day.is_compact
    return "-" not in inner or one.says_birth or day.is_compact or _may_be_of_birth(one)


def _is_plain_day(one: Candidate) -> bool:
    """Whether the day counts as one of birth by its spelling alone."""
    day, four, signs = one.day, one.serial, _signs_of_day(one)
    if day.century == "20" and four.is_year:
        return False
    if day.style is Style.NAMED:
        # '3. maj 1938: 2917': no meeting was held then.
        in_our_days = day.century == "20" and (four.is_hour or day.may_be_of_a_meeting)
        return one.gap.core == "-" or not (in_our_days or four.is_year)
    if day.century and not day.is_compact and one.gap.core not in ("", "-") and four.is_year:
        return False
    if day.style is Style.LISTED:
        return (day.after - day.first >= _SPELT and one.gap.kind <= Kind.SIGN) or set(signs) == {"\n"}
    if day.is_year_first and len({gap.text for gap in one.stream.gaps[day.first + 1 : day.after]}) > 1:
        return False
    return day.style is not Style.SHORT or any(signs)


def _signs_of_day(one: Candidate) -> list[str]:
    return [gap.core for gap in one.stream.gaps[one.day.first + 1 : one.day.after]]


def stands_apart(stream: Stream, first: int, after: int) -> bool:
    """Whether a run of pairs of digits can be divided into telephone and CPR numbers at `first` and `after`."""
    lengths = stream.lengths[first:after]
    if lengths[:3] != [2, 2, 2]:
        return True
    right = stream.pairs_behind[after - 1] if lengths == [2] * 5 else 0
    return _is_whole(stream.pairs_before[first]) and _is_whole(right)


def _is_whole(pairs: int) -> bool:
    """Whether this many pairs can be a row of telephone numbers (4 pairs) and CPR numbers (5 pairs)."""
    return pairs in (0, 4, 5, 8, 9, 10) or pairs >= 12
