"""Words that a sentence of a message takes out of a known text: which they are is found in the text itself.

What is quoted goes, with the rest of its sentence where that has lost its beginning; what is only spoken of
('det om min datter') is the one sentence, else the one clause, that shares most words with it.
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.edits import words
from bot.nlu.clauses import NOT_IN_A_DAY, UNBROKEN
from bot.nlu.values import values_in
from common import patterns

Span = tuple[int, int]

_ANY_WORD = patterns.compile(r"\w+")
_WORD = patterns.compile(r"\d+|[^\W\d_]{3,}")
_CLAUSE = patterns.compile(
    rf"[.!?;,\n]{NOT_IN_A_DAY}\s+|\s(?=(?:og|men|fordi) (?:jeg|min|mit|vi|han|hun|det|der|så|at|når)\b)",
    patterns.IGNORECASE,
)
# A mark, or a joiner and who it is about, behind which a sentence goes on by itself.
_STANDS_BY_ITSELF = patterns.compile(
    r"\s?[:;–-]\s|,?\s(?:og|men|for|så) (?:jeg|min|mit|vi|han|hun|det|der)\b|,\s(?:jeg|min|mit|vi|han|hun)\b",
    patterns.IGNORECASE,
)
_LEADS_IN = patterns.compile(r"\b(?:at|fordi)$", patterns.IGNORECASE)
_JOINER_AT_THE_BEGINNING = patterns.compile(r"^(?:og|men|så|samt)\s+", patterns.IGNORECASE)
_JOINER_AT_THE_END = patterns.compile(r"[\s,;](?:og|men|så|samt|fordi)$", patterns.IGNORECASE)
# In letters: inflected words share their beginning.
_BEGINNING = 4
_MARKS = " \n,;"
_HALF = 0.5


def without_words(said: str, text: str) -> str | None:
    """The text without the words that `said` takes out; None where they are not found or are all."""
    gone = _gone(said, text)
    return without_spans(text, gone) if gone else None


def without_sentence_about(said: str, text: str) -> str | None:
    """The text without the one sentence that shares most words with `said`; None where none or several do."""
    about = _about(said, _sentences(text), text, least=0.0)
    return without_spans(text, [about]) if about else None


def names_all(said: str, text: str) -> bool:
    """Whether `said` speaks of the whole text: at least half of its words with content stand there."""
    quoted = words().find("quoted", said)
    of = _named(said[slice(*quoted.span("text"))] if quoted else said)
    return bool(of) and len(of & _named(text)) >= _HALF * len(of)


def is_told_in(said: str, text: str) -> bool:
    """Whether the words with content of `said` all stand in the text."""
    return _named(said) <= _named(text)


def without_spans(text: str, gone: Sequence[Span]) -> str | None:
    """The text without these spans, in order; None where no words are left."""
    left = ""
    for start, end in pairwise([0, *(place for span in gone for place in span), len(text)]):
        if (start, end) not in gone:
            left = _joined(left, text[start:end])
    left = _JOINER_AT_THE_END.sub("", left.strip(_MARKS)).rstrip(_MARKS)
    if gone and not text[: gone[0][0]].strip(_MARKS):
        left = _JOINER_AT_THE_BEGINNING.sub("", left)
    return left if _ANY_WORD.search(left) else None


def _joined(before: str, behind: str) -> str:
    """Two parts of a text without the words that stood between them."""
    if not before or not behind.strip(_MARKS):
        return before or behind
    ends = before.rstrip(_MARKS)
    if behind[:1] in ".!?":
        return f"{ends}{'' if ends.endswith(('.', '!', '?')) else behind[0]}{behind[1:]}"
    mark = "\n" if "\n" in before[len(ends) :] + behind[: len(behind) - len(behind.lstrip())] else " "
    return f"{ends}{mark}{behind.lstrip(_MARKS)}"


def _gone(said: str, text: str) -> list[Span]:
    """The spans that go, in order; none where something of them is to stay."""
    if _says("all_behind", said):
        return _all_behind(said, text)
    spans = _sentences(text)
    quoted = words().find("quoted", said) or words().find("one_word", said)
    if quoted and (run := _run(said[slice(*quoted.span("text"))], text, last=_says("last_part", said))):
        return [_whole(run, spans, text, whole=_says("whole_sentence", said))]
    asking = [span for span in spans if text[slice(*span)].rstrip().endswith("?")]
    if asking and _says("questions", said) and len(asking) < len(spans):
        spans = asking
        if len(asking) == 1 or not (_says("last_part", said) or _says("first_part", said) or _named(said)):
            return asking
    # Up to the words that ask for it, where a remark stands behind them.
    asked = words().find("takes_out", said)
    for about in [said[slice(*quoted.span("text"))]] if quoted else [said, said[: asked.end() if asked else 0]]:
        if one := _about(about, spans, text) or _about(about, _clauses(text), text):
            return [one]
    if len(spans) > 1 and not quoted and (_says("last_part", said) or _says("first_part", said)):
        return [spans[-1] if _says("last_part", said) else spans[0]]
    return []


def _all_behind(said: str, text: str) -> list[Span]:
    """What stands behind the quoted words: 'slet alt efter "på mødet"'; nothing where some of it is to stay."""
    quoted = None if _says("but_not", said) else words().find("quoted", said)
    run = _run(said[slice(*quoted.span("text"))], text, last=True) if quoted else None
    return [(run[1], len(text))] if run and text[run[1] :].strip(_MARKS + ".") else []


def _says(name: str, said: str) -> bool:
    return bool(words().find(name, said))


def _run(quoted: str, text: str, *, last: bool) -> Span | None:
    """The words in the text, case and punctuation aside; the last such run where `last`."""
    wanted = [one.group().lower() for one in _ANY_WORD.finditer(quoted)]
    told = list(_ANY_WORD.finditer(text))
    size = len(wanted)
    places = [n for n in range(len(told) - size + 1) if [one.group().lower() for one in told[n : n + size]] == wanted]
    if not places or not size:
        return None
    first = places[-1 if last else 0]
    return told[first].start(), told[first + size - 1].end()


def _whole(run: Span, spans: Sequence[Span], text: str, *, whole: bool) -> Span:
    """A run with the rest of its sentences, where these are meant or have lost their beginning."""
    around = [span for span in spans if span[0] < run[1] and run[0] < span[1]]
    start, end = around[0][0], around[-1][1]
    if text[run[1] : end].startswith(":"):
        return start, run[1] + 1  # a label, behind which the text stands by itself
    before, size, behind = (
        len(_ANY_WORD.findall(part)) for part in (text[start : run[0]], text[slice(*run)], text[run[1] : end])
    )
    # »Det skrev jeg før, men jeg gentager det: jeg hører dårligt«: what stands behind a mark stands by itself.
    by_itself = size > FEW_WORDS < behind and _STANDS_BY_ITSELF.match(text[run[1] : end])
    beheaded = not before and (size > FEW_WORDS or behind <= FEW_WORDS)
    # 'Jeg skrev jo, at' leaves what is told.
    leads_in = _LEADS_IN.search(text[slice(*run)])
    return (start, end) if (whole or (beheaded and not leads_in)) and not by_itself else run


def _about(said: str, spans: Sequence[Span], text: str, least: float = _HALF) -> Span | None:
    """The one span that shares most words with `said`, and at least that part of them."""
    of = _named(said)
    shared = [len(of & _named(text[slice(*span)])) for span in spans]
    best = max(shared, default=0)
    if len(spans) < 2 or not best or shared.count(best) > 1 or best < least * len(of):
        return None
    return spans[shared.index(best)]


def _named(said: str) -> set[str]:
    """Beginnings of the words with content, those of asking for it left out."""
    said = said.lower()
    for frame in words().lists["frame"]:
        said = frame.sub(" ", said)
    return {one[:_BEGINNING] for one in _WORD.findall(said) if one not in words().small_words}


def _sentences(text: str) -> list[Span]:
    unbroken = [(one.start, one.end) for one in values_in(text) if one.entity in UNBROKEN]
    return sentence_spans(text, unbroken)


def _clauses(text: str) -> list[Span]:
    return list(pairwise([0, *(one.end() for one in _CLAUSE.finditer(text)), len(text)]))
