"""Finds CPR numbers that are split over messages: 'jeg er født 010170', then '1234'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common import patterns
from common.cpr.dates import Day, days_at
from common.cpr.gaps import Kind
from common.cpr.search import Span, announced, search
from common.cpr.signs import BARRIER
from common.cpr.stream import Stream, in_figures, in_words
from common.cpr.verdict import Serial, serial

# How many characters are read of the end of earlier messages and of the beginning of the new one.
_END, _BEGINNING = 200, 80
_MOST_WORDS_OF_A_BARE_DAY = 3
_ASKS_WHEN = patterns.compile(r"\b(?:hvornår|klokken|hvad tid|hvilken dag)\b[^?]{0,80}\?", patterns.IGNORECASE)
_ASKS_FOR_PHONE = patterns.compile(r"\b(?:telefon|mobil)n(?:umme)?r[^?.]{0,80}\?", patterns.IGNORECASE)
_WORD_END = patterns.compile(r"\W|$")


@dataclass(frozen=True)
class _Pending:
    """A day in an earlier message without four digits behind it.

    `is_told`: the message calls it a day of birth. `is_bare`: the message has little else.
    """

    day: Day
    is_told: bool
    is_bare: bool


def search_split(plain: str, before: Sequence[str], asked: str) -> list[Span]:
    """The spans in a message that complete a number begun in earlier ones (the latest last). All texts are plain."""
    ends = [text[-_END:] for text in before]
    spans = [*_across(plain, ends)]
    for stream in (in_figures(plain), in_words(plain)):
        for end in {*ends, "\n".join(ends)}:
            spans += _completing(stream, end, asked)
    return sorted(set(spans))


def _across(plain: str, ends: Sequence[str]) -> Iterator[Span]:
    """The spans that are a number, or its rest, when the message is appended to the earlier ones."""
    cut = _WORD_END.search(plain, min(_BEGINNING, len(plain)))
    beginning = plain[: cut.start()] if cut else plain
    for count in range(1, len(ends) + 1):
        for between in (" ", ""):
            joined = between.join([*ends[-count:], ""])
            for start, end in search(joined + beginning):
                whole = joined + beginning
                if end > len(joined) and (
                    start >= len(joined) or _is_cut_inside(whole[start:end], len(joined) - start)
                ):
                    yield max(start, len(joined)) - len(joined), end - len(joined)


def _is_cut_inside(number: str, place: int) -> bool:
    """Whether the messages divide the day or the last four; four digits directly behind a day may be a time."""
    return len(in_words(number[place:]).figures) != 4 or not _ends_with_day(in_words(number[:place]))


def _ends_with_day(stream: Stream) -> bool:
    last = len(stream.groups)
    return any(day.after == last for first in range(max(0, last - 8), last) for day in days_at(stream, first))


def _completing(stream: Stream, end: str, asked: str) -> Iterator[Span]:
    if not stream.groups:
        return
    pending = [day for read in (in_figures(end), in_words(end)) for day in _pending(read)]
    last_four = list(announced(stream))
    if last_four and any(_days(read) for read in (in_figures(end), in_words(end))):
        yield from (_place(stream, four) for four in last_four)
    four = serial(stream, 0) if stream.groups else None
    if four and four not in last_four and any(_completes(stream, four, one, asked) for one in pending):
        yield _place(stream, four)
    if not pending and any(True for _ in announced(in_figures(end))):
        for day in _days(stream):
            if _is_told(stream, day) or day.is_compact:
                yield stream.groups[day.first].start, stream.groups[day.after - 1].end


def _days(stream: Stream) -> list[Day]:
    return [day for first in range(len(stream.groups)) for day in days_at(stream, first)]


def _place(stream: Stream, four: Serial) -> Span:
    return stream.groups[four.first].start, stream.groups[four.after - 1].end


def _pending(stream: Stream) -> Iterator[_Pending]:
    """The readings of the last figures as a day. A day after which something is masked has its number."""
    last = len(stream.groups)
    if BARRIER in stream.gaps[last].text:
        return
    for first in range(max(0, last - 8), last):
        for day in days_at(stream, first):
            if day.after == last:
                words = [word for gap in (stream.gaps[first], stream.gaps[last]) for word in gap.words]
                told = _is_told(stream, day)
                bare = len(words) <= _MOST_WORDS_OF_A_BARE_DAY and stream.gaps[first].is_telling
                if told or day.is_compact or (bare and not day.may_be_of_a_meeting):
                    yield _Pending(day, told, bare)


def _is_told(stream: Stream, day: Day) -> bool:
    before, behind = stream.gaps[day.first], stream.gaps[day.after]
    return before.says_birth or before.says_cpr or behind.calls_it_cpr or behind.calls_it_birth


def _completes(stream: Stream, four: Serial, pending: _Pending, asked: str) -> bool:
    """The message begins with four figures that are the last four of the pending day's number."""
    day, figures = pending.day, four.figures
    before, behind = stream.gaps[0], stream.gaps[four.after]
    if not before.is_telling or before.is_of_hours or before.kind is Kind.FAR or behind.counts or behind.is_town:
        return False
    if (behind.has_letters or four.after < len(stream.groups)) and not pending.is_told:
        return False
    if four.after < len(stream.groups) and behind.kind <= Kind.SIGN:
        return False
    if figures in (f"{century}{day.year}" for century in ([day.century] if day.century else ("19", "20"))):
        return False
    return not _is_something_else(four, pending, asked)


def _is_something_else(four: Serial, pending: _Pending, asked: str) -> bool:
    """Whether the four digits may be a time of a meeting, half a telephone number or a year."""
    if four.is_clock or four.is_hours or (len(four.inner) == 1 and four.inner[0] not in ("", "-")):
        return True
    if four.is_hour and (_ASKS_WHEN.search(asked) or (pending.day.may_be_of_a_meeting and not pending.is_told)):
        return True
    if four.figures[0] not in "01" and _ASKS_FOR_PHONE.search(asked):
        return True
    return four.is_year and not (pending.is_told or pending.is_bare)
