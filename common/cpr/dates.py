"""Reads groups of digits as days of birth: '010170', '1.1.70', '1970-01-01', '1. januar 1970'."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from common.cpr.gaps import Kind
from common.cpr.stream import Stream

# A meeting may be in one of these years, written with two figures or with four.
_MEETING_YEARS, _NEXT_YEARS = range(20, 40), range(25, 30)
CENTURIES = ("19", "20")
_DAYS = frozenset(
    f"{day + added:02}{month:02}"
    for month in range(1, 13)
    for day in range(1, monthrange(2024, month)[1] + 1)
    for added in (0, 60)
)
_LEAP_DAYS = frozenset({"2902", "8902"})
_BEGINNINGS = frozenset(day[:2] for day in _DAYS) | frozenset("0123456789")


class Style(Enum):
    """How a day is written."""

    COMPACT = "010170"
    SPACED = "01 01 70"
    SIGNED = "01.01.70"
    SHORT = "1.1.70"
    LISTED = "01, 01, 70"
    NAMED = "1. januar 1970"


@dataclass(frozen=True)
class Day:
    """A day in the groups from `first` up to `after`. `year` has two figures; `century` is '' where none is written."""

    first: int
    after: int
    year: str
    century: str
    style: Style
    is_year_first: bool = False

    @property
    def is_compact(self) -> bool:
        """Whether it is written without punctuation."""
        return self.style is Style.COMPACT

    @property
    def is_soon(self) -> bool:
        """Whether its year is current or near in the future."""
        return self.century in ("", "20") and int(self.year) in _NEXT_YEARS

    @property
    def may_be_of_a_meeting(self) -> bool:
        """Whether its year is one in which meetings may be held."""
        return self.century != "19" and int(self.year) in _MEETING_YEARS


def is_day(day: str, month: str, year: str) -> bool:
    """Whether there is such a day; 60 may be added to it (replacement numbers)."""
    known = f"{day:0>2}{month:0>2}"
    # The century is not known: 29 February is allowed in every fourth year.
    return known in _DAYS and (known not in _LEAP_DAYS or int(year[-2:]) % 4 == 0)


def days_at(stream: Stream, first: int) -> list[Day]:
    """The days as which the groups from `first` on can be read."""
    if stream.written[first][:2] not in _BEGINNINGS:
        return []
    return [*_in_a_row(stream, first), *_in_fields(stream, first)]


def _in_a_row(stream: Stream, first: int) -> Iterator[Day]:
    """Days of six or eight digits, in any grouping; day and month have two digits."""
    place = stream.places[first]
    figures = stream.figures[place : place + 8]
    if figures[:4] in _DAYS:
        after = _joined(stream, first, 6)
        if after and is_day(figures[:2], figures[2:4], figures[4:6]):
            yield Day(first, after, figures[4:6], "", _style(stream, first, after))
        after = _joined(stream, first, 8) if figures[4:6] in CENTURIES else 0
        if after and is_day(figures[:2], figures[2:4], figures[6:]):
            yield Day(first, after, figures[6:], figures[4:6], _style(stream, first, after))
    if figures[:2] in CENTURIES and figures[6:8] <= "31":
        after = _joined(stream, first, 8)
        if after and is_day(figures[6:], figures[4:6], figures[2:4]):
            yield Day(first, after, figures[2:4], figures[:2], _style(stream, first, after), True)


def _joined(stream: Stream, first: int, length: int) -> int:
    """The group behind `length` digits; 0 where more than punctuation stands between them."""
    after = stream.after(first, length)
    if not after or max(stream.kinds[first + 1 : after], default=0) > Kind.LOOSE:
        return 0
    return after


def _in_fields(stream: Stream, first: int) -> Iterator[Day]:
    """Days in three groups, where one is no pair of digits, or words stand between."""
    lengths, gaps = stream.lengths[first : first + 3], stream.gaps[first : first + 3]
    if len(lengths) < 2 or lengths[0] not in (1, 2, 4):
        return
    if gaps[1].kind is Kind.MONTH:
        yield from _named(stream, first, gaps[1].month)
    elif gaps[1].kind <= Kind.LOOSE and lengths[1] == 4 and gaps[0].has_letters and gaps[0].month_at_end:
        yield from _named(stream, first, gaps[0].month_at_end)
    elif len(lengths) == 3 and lengths[1] <= 2:
        apart = [gap for gap in gaps[1:] if gap.kind > Kind.LOOSE]
        if apart and all(gap.is_of for gap in apart) and not gaps[1].is_of_years:
            yield from _day_month_year(stream, first, Style.NAMED)
        elif not apart and 1 in lengths and lengths.count(1) < 3:
            style = Style.LISTED if _style(stream, first, first + 3) is Style.LISTED else Style.SHORT
            yield from _day_month_year(stream, first, style)


def _day_month_year(stream: Stream, first: int, style: Style) -> Iterator[Day]:
    one, month, other = stream.written[first : first + 3]
    if one[:2] in CENTURIES and len(one) == 4:
        if len(other) <= 2 and is_day(other, month, one):
            yield Day(first, first + 3, one[2:], one[:2], style, True)
    elif len(one) <= 2:
        for year, after in _years(stream, first + 2):
            if is_day(one, month, year):
                yield Day(first, after, year[-2:], year[:-2], style)


def _named(stream: Stream, first: int, number: int) -> Iterator[Day]:
    figures, month = stream.written[first], str(number)
    if len(figures) <= 2:
        for year, after in _years(stream, first + 1):
            if is_day(figures, month, year):
                yield Day(first, after, year[-2:], year[:-2], Style.NAMED)
    elif figures[:2] in CENTURIES and len(stream.written[first + 1]) <= 2:
        # '1970 januar 1.'
        day = stream.written[first + 1]
        if is_day(day, month, figures):
            yield Day(first, first + 2, figures[2:], figures[:2], Style.NAMED, True)


def _years(stream: Stream, index: int) -> Iterator[tuple[str, int]]:
    """The years that may stand at a group, and the group after: '70', '1970', '19 70'."""
    figures = stream.written[index]
    if len(figures) == 2 or (len(figures) == 4 and figures[:2] in CENTURIES):
        yield figures, index + 1
    if figures in CENTURIES and index + 1 < len(stream.groups) and stream.gaps[index + 1].kind is Kind.BLANK:
        rest = stream.written[index + 1]
        if len(rest) == 2:
            yield figures + rest, index + 2


def _style(stream: Stream, first: int, after: int) -> Style:
    if after - first == 1:
        return Style.COMPACT
    cores = {gap.core for gap in stream.gaps[first + 1 : after]}
    if max(stream.kinds[first + 1 : after]) == Kind.LOOSE or "," in cores or ";" in cores:
        return Style.LISTED
    lengths = stream.lengths[first:after]
    if len(cores) > 1 and (len(lengths) > 3 or 3 in lengths):
        return Style.LISTED  # '20/12-6/5': the groups are no fields
    if cores != {""}:
        return Style.SIGNED
    return Style.SPACED if lengths in ([2, 2, 2], [2, 2, 4], [4, 2, 2], [4, 4]) else Style.COMPACT
