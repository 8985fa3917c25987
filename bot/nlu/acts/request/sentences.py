"""Sentence boundaries; none inside a value or at the full stop of an abbreviation."""

from collections.abc import Iterable

from common import patterns
from common.memo import once

# Full stops before white space; question and exclamation marks also without it, but not in a web address.
_ENDS = patterns.compile(
    r"(?<![.!?])[.!?]++(?:(?=[\"'»)\]]{0,3}(?:\s|$))|(?<=[!?])(?![\w%.-]{0,100}[=&/]))|\n",
)
# Abbreviations, whose full stop ends no sentence.
_ABBREVIATED = patterns.compile(r"\b(kl|d|nr|ca|evt|f\.eks|bl\.a|tlf|afd|jf|mht|vedr|hhv|dvs)\.$", patterns.IGNORECASE)
# A day of the month ends a sentence only before the beginning of a request: 'den 18. Kan du ...'.
_DAY = patterns.compile(r"\b(?:den|d\.) ?\d{1,2}\.$", patterns.IGNORECASE)
# Floor and side of an address: 'Smallegade 1, 2. tv.'
_FLOOR = patterns.compile(r"\s(?:tv|th|mf|sal|etage)\b", patterns.IGNORECASE)
_BEGINS = patterns.compile(r"\s{1,4}(?:Kan|Vil|Må|Gider|Skriv|Skal|Og|Men)\b")
# Abbreviations and ordinals inside a value: '10.', 'dec.'.
_SHORT = patterns.compile(r"(?:\d|\b[^\W\d_]{1,4})\.$")
# In characters, more than any abbreviation: bounds the search at each full stop.
_BEFORE_A_STOP = 20
Spans = Iterable[tuple[int, int]]


def sentence_spans(text: str, unbroken: Spans = ()) -> list[tuple[int, int]]:
    """Spans of the sentences, end marks included; `unbroken`: spans of values in which none ends."""
    return list(_spans(text, tuple(unbroken)))


@once
def _spans(text: str, inside: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    spans, start = list[tuple[int, int]](), 0
    for mark in _ENDS.finditer(text):
        end = mark.end()
        # Goes on: 'torsdag 10. kl. 9', 'd. 3. dec. kl. 9'; ends: 'den 17. december. nej, ...'
        goes_on = text[end:].lstrip()[:1].islower() and bool(_SHORT.search(text[max(0, end - _BEFORE_A_STOP) : end]))
        within = any(begin < end < last or (end == last and goes_on) for begin, last in inside)
        if within or _is_abbreviated(text, end):
            continue
        spans.append((start, end))
        start = end
    return (*spans, (start, len(text))) if text[start:].strip() else tuple(spans)


def sentence_around(text: str, start: int, end: int, unbroken: Spans = ()) -> str:
    """The sentences around a span, without their last end mark."""
    around = [span for span in sentence_spans(text, unbroken) if span[0] < end and start < span[1]]
    return text[around[0][0] : around[-1][1]].strip().rstrip(".!?").rstrip() if around else text[start:end]


def _is_abbreviated(text: str, end: int) -> bool:
    before = text[max(0, end - _BEFORE_A_STOP) : end]
    if _FLOOR.match(text, end):
        return True
    return bool(_ABBREVIATED.search(before) or (_DAY.search(before) and not _BEGINS.match(text, end)))
