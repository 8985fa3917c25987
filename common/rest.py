"""The part of a message that is left for a request, as spans (start, end) of the whole text."""

from collections.abc import Sequence

Spans = Sequence[Sequence[int]]
_BETWEEN = " "


def joined(text: str, spans: Spans) -> str:
    """The rest as one text, its spans joined by blanks."""
    return _BETWEEN.join(text[start:end] for start, end in spans)


def in_whole(place: int, spans: Spans) -> int:
    """The index in the whole text of an index in the rest."""
    left = place
    for start, end in spans:
        if left <= end - start:
            return start + left
        left -= end - start + len(_BETWEEN)
    return spans[-1][1] if spans else place


def in_rest(place: int, spans: Spans) -> int:
    """The index in the rest of an index in the whole text; between two spans, the beginning of the second."""
    before = 0
    for start, end in spans:
        if place <= end:
            return before + max(0, place - start)
        before += end - start + len(_BETWEEN)
    return before
