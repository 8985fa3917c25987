"""Finds CPR numbers in a text of plain characters."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from common.cpr.dates import CENTURIES, Day, days_at, is_day
from common.cpr.gaps import Kind
from common.cpr.signs import BARRIER
from common.cpr.stream import Stream, in_figures, in_words, may_have_figures
from common.cpr.verdict import Candidate, Serial, is_cpr, is_elses, serial, stands_apart

Span = tuple[int, int]

# A day and its announced last four this close are hidden as one, with the words between.
_CLOSE = 80
_MOST_GROUPS = 12
# The signs that join two groups of figures are no longer than this.
_NEAR = 6
_MOST_ROUNDS = 3
# The shortest that is found: the last four.
_FEWEST_FIGURES = 4

# So many figures directly behind 'CPR' are one, mistyped or not. Eight are a telephone number or a day.
_TYPED = (9, 10, 11, 12)


def search(plain: str) -> list[Span]:
    """The spans of all CPR numbers, by place, not overlapping."""
    if not may_have_figures(plain, _FEWEST_FIGURES):
        return []
    spans: list[Span] = []
    # The rest is searched again without the numbers found, so that masking is idempotent.
    for _ in range(_MOST_ROUNDS):
        found = _once(plain)
        if not found:
            break
        spans += found
        places = [0, *(place for span in found for place in span), len(plain)]
        kept = [plain[places[at] : places[at + 1]] for at in range(0, len(places), 2)]
        hidden = [BARRIER * (end - start) for start, end in found]
        plain = "".join([part for pair in zip(kept, [*hidden, ""], strict=True) for part in pair])
    return merged(spans)


def _once(plain: str) -> list[Span]:
    figures = in_figures(plain)
    spans = [*_in_stream(figures)]
    if any(map(str.isalpha, plain)) or "|" in plain or "!" in plain:
        words = in_words(plain)
        if words.written != figures.written:
            spans += _in_stream(words)
    return merged([_with_brackets(plain, *span) for span in merged(spans)])


def merged(spans: list[Span]) -> list[Span]:
    """The spans by place, overlapping ones merged."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _in_stream(stream: Stream) -> Iterator[Span]:
    yield from _behind_days(stream)
    yield from _in_one_run(stream)
    yield from _announced(stream)


def _behind_days(stream: Stream) -> Iterator[Span]:
    """Four figures behind a day: '010170-1234', '1.1.70-1234', '010170 og 1234'."""
    hidden = 0
    for first in range(len(stream.groups)):
        for day in days_at(stream, first) if first >= hidden else ():
            four = serial(stream, day.after) if stream.kinds[day.after] < Kind.FAR else None
            if four and is_cpr(one := Candidate(stream, day, four)):
                yield one.span
                hidden = max(hidden, four.after)


def _in_one_run(stream: Stream) -> Iterator[Span]:
    """Figures in a row that are cut elsewhere than behind the day: '0101701234', '010 170 1234', '0101 7012 34'."""
    groups, gaps, kinds = stream.groups, stream.gaps, stream.kinds
    first = 0
    while first < len(groups):
        after = first + 1
        while after < len(groups) and kinds[after] <= Kind.SIGN and gaps[after].core not in (",", ";"):
            after += 1
        is_code = stream.written[first] in ("45", "0045")
        begins = first + 1 if is_code and after > first + 1 else first
        if after - begins <= _MOST_GROUPS and _is_run(stream, begins, after):
            yield groups[begins].start, groups[after - 1].end
        else:
            for one in range(begins, after):
                if len(groups[one].figures) in (10, 12) and _is_run(stream, one, one + 1):
                    yield groups[one].start, groups[one].end
        first = after


def _is_run(stream: Stream, first: int, after: int) -> bool:
    figures = "".join(stream.written[first:after])
    if len(figures) in _TYPED and stream.gaps[first].names_cpr:
        return True
    if not _begins_with_day(figures, after == first + 1) or is_elses(stream, first, after):
        return False
    if stream.after(first, 6) or any(day.century and day.after < after for day in days_at(stream, first)):
        return False  # read as a day and what follows it
    if after > first + 1 and BARRIER in stream.gaps[first].text[-_NEAR:] + stream.gaps[after].text[:_NEAR]:
        return False  # the end of a longer run, of which a part is masked
    same = len({gap.text for gap in stream.gaps[first + 1 : after]}) <= 1
    is_whole = stream.lengths[first] == 8 and (figures[0] not in "01" or figures[4:6] in CENTURIES)
    return same and not is_whole and stands_apart(stream, first, after)


def _begins_with_day(figures: str, is_one: bool) -> bool:
    if len(figures) == 10:
        return is_day(figures[:2], figures[2:4], figures[4:6])
    if len(figures) != 12 or not is_one:
        return False
    if figures[4:6] in CENTURIES and is_day(figures[:2], figures[2:4], figures[6:8]):
        return True
    # '202612031430' is a moment in many systems.
    return figures[:2] == "19" and is_day(figures[6:8], figures[4:6], figures[2:4])


def _announced(stream: Stream) -> Iterator[Span]:
    """'de sidste fire er 1234', with the day of birth anywhere before, or else behind."""
    groups = stream.groups
    last_four = list(announced(stream))
    read = [day for first in range(len(groups)) for day in days_at(stream, first)] if last_four else []
    by_end = sorted(read, key=lambda day: (day.after, -day.first))
    ends, firsts = [day.after for day in by_end], [day.first for day in read]
    for four in last_four:
        before, behind = bisect_right(ends, four.first), bisect_left(firsts, four.after)
        if not before and behind == len(read):
            if stream.gaps[four.first].says_cpr or stream.gaps[four.after].calls_it_cpr:
                yield groups[four.first].start, groups[four.after - 1].end
            continue
        day = by_end[before - 1] if before else read[behind]
        yield from _both(stream, day, four)


def _both(stream: Stream, day: Day, four: Serial) -> Iterator[Span]:
    """A day and its last four: as one where only few words stand between."""
    born = stream.groups[day.first].start, stream.groups[day.after - 1].end
    last = stream.groups[four.first].start, stream.groups[four.after - 1].end
    first, then = sorted((born, last))
    if (four.first == day.after or four.after == day.first) and then[0] - first[1] <= _CLOSE:
        yield first[0], then[1]
        return
    yield last
    if not day.may_be_of_a_meeting or stream.gaps[day.first].says_birth:
        yield born


def announced(stream: Stream) -> Iterator[Serial]:
    """The four figures that the words call the last four."""
    for first in range(len(stream.groups)):
        four = serial(stream, first)
        if not four or stream.gaps[four.after].counts:
            continue
        if stream.gaps[first].announces or stream.gaps[four.after].calls_it_last:
            yield four


def _with_brackets(plain: str, start: int, end: int) -> Span:
    """The span widened by the bracket whose counterpart lies inside it."""
    opens = plain[start - 1 : start] == "(" and ")" in plain[start:end]
    closes = plain[end : end + 1] == ")" and "(" in plain[start:end]
    return start - opens, end + closes
