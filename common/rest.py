"""The rest of a message: what is left for a request once its questions are answered, as spans of the whole text."""

from collections.abc import Sequence

Spans = Sequence[Sequence[int]]
_BETWEEN = " "


def joined(text: str, spans: Spans) -> str:
    """The rest as one text."""
    return _BETWEEN.join(text[start:end] for start, end in spans)


def in_whole(place: int, spans: Spans) -> int:
    """Where a character of the rest stands in the whole text; its end is the end of the last span."""
    left = place
    for start, end in spans:
        if left <= end - start:
            return start + left
        left -= end - start + len(_BETWEEN)
    return spans[-1][1] if spans else place


def in_rest(place: int, spans: Spans) -> int:
    """Where a character of the whole text stands in the rest; one between two spans stands where the second begins."""
    before = 0
    for start, end in spans:
        if place <= end:
            return before + max(0, place - start)
        before += end - start + len(_BETWEEN)
    return before
