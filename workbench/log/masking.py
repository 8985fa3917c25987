"""Masks names, addresses, numbers and free text in citizens' words before staff see them.

It masks too much rather than too little. What no rule finds (an illness, a street, a lone first name) stays, so the
file of lines tells its reader to look for it.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.nlu.values.extract import find_values
from bot.nlu.values.lexicon import fold, load
from common import cpr, patterns
from common.clock import COPENHAGEN
from workbench.log.conversation import Conversation

# Answers to these are private: what was not understood is counted and not shown.
PRIVATE_SLOTS = frozenset({
    "recording_grounds", "recording_explanation", "notes_wanted", "question_text", "told_beside",
    "applicant_name", "applicant_email", "applicant_phone", "behalf_name", "behalf_words",
})  # fmt: skip
_FREE_TEXT = ("recording_explanation", "notes_wanted", "question_text", "told_beside")
_HIDDEN = {
    "name": "(navn skjult)",
    "email": "(e-mail skjult)",
    "phone": "(telefon skjult)",
    "reference": "(reference skjult)",
}
_NUMBER = "(nummer skjult)"
_SHORTEST_FREE_TEXT = 12
_CAPITAL = r"[A-ZÆØÅÉÖÜ][\w'’.-]*\w"
_NAME_ROW = patterns.compile(rf"\b{_CAPITAL}(?: {_CAPITAL})+")
_PERSON = patterns.compile(
    r"\b(?:søn|datter|mor|far|mand|kone|kæreste|søster|bror|barn|ven|veninde|nabo|sagsbehandler|rådgiver|læge|advokat"
    rf"|hr\.?|fru)(?:en)?,? (?:hedder )?(?P<name>{_CAPITAL}(?: {_CAPITAL})*)"
)
_LONG_NUMBER = patterns.compile(r"\d(?:[ .-]?\d){5,}")
# Capitalized words that are no person.
_PLACES = frozenset(
    {"frederiksberg", "kommune", "jura", "jobcenter", "borgerservice", "raadhus", "ombudsmanden", "cpr"}
)
_ANY_DAY = datetime(2026, 1, 1, 12, tzinfo=COPENHAGEN)
Span = tuple[int, int, str]


class Masker:
    """Masks the texts of one conversation: a name that occurs once is masked in all of them."""

    def __init__(self, conversation: Conversation) -> None:
        """Collects the names and free texts of the conversation."""
        names = {name for slot in ("applicant_name", "behalf_name") for name in conversation.slots.get(slot, ())}
        for turn in conversation.turns:
            if not turn.button:
                names |= {value.value for value in _values(turn.text) if value.entity == "name" and _is_sure(value)}
        self._names = _pattern([*names, *(word for name in names for word in name.split() if _is_rare(word))])
        said = {text for slot in _FREE_TEXT for text in conversation.slots.get(slot, ())}
        self._free = _pattern(text for text in said if len(text) >= _SHORTEST_FREE_TEXT)

    def mask(self, text: str) -> str:
        """The text with CPR numbers, e-mail addresses, long numbers, names and free text of a request masked."""
        text = cpr.mask(text)[0]
        if self._free:
            text = self._free.sub("(fritekst skjult)", text)
        values = _values(text)
        spans: list[Span] = [
            (one.start, one.end, _HIDDEN[one.entity])
            for one in values
            if one.entity in _HIDDEN and (one.entity != "name" or _is_sure(one))
        ]
        known = [(one.start, one.end) for one in values if one.entity in ("date", "time", "department")]
        spans += _names_of_others(text, known)
        if self._names:
            spans += [(*found.span(), _HIDDEN["name"]) for found in self._names.finditer(text)]
        for found in _LONG_NUMBER.finditer(text):
            if not _within(found.span(), known):
                spans.append((*found.span(), _NUMBER))
        return _replaced(text, spans)


def _values(text: str) -> list[Any]:
    return find_values(text, _ANY_DAY)


def _is_sure(value: Any) -> bool:
    """A whole message is taken for a name (rule `bare`) only when two of its words are capitalized."""
    return value.rule != "bare" or sum(word[0].isupper() for word in str(value.value).split()) > 1


def _names_of_others(text: str, known: list[tuple[int, int]]) -> list[Span]:
    """Names nobody introduced: capitalized words in a row, or one after 'min søn' and the like."""
    spans: list[Span] = [(*found.span("name"), _HIDDEN["name"]) for found in _PERSON.finditer(text)]
    for found in _NAME_ROW.finditer(text):
        start, words = found.start(), found.group().split()
        # The first word of a sentence is capitalized, too.
        while words and not _is_rare(words[0]):
            start += len(words.pop(0)) + 1
        place = any(fold(word) in _PLACES for word in words)
        if len(words) > 1 and not place and not _within((start, found.end()), known):
            spans.append((start, found.end(), _HIDDEN["name"]))
    return spans


def _is_rare(word: str) -> bool:
    plain = fold(word.strip(".,"))
    return len(plain) > 2 and plain not in _common() and plain not in _PLACES


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in (*load("common_words")["words"], *load("names")["words"]))


def _pattern(texts: Iterable[str]) -> patterns.Pattern | None:
    longest = sorted({text.strip() for text in texts if text.strip()}, key=len, reverse=True)
    if not longest:
        return None
    # Also in the genitive.
    return patterns.compile(
        rf"(?<!\w)(?:{'|'.join(map(patterns.escape, longest))})(?:s|'s)?(?!\w)", patterns.IGNORECASE
    )


def _within(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _replaced(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    place = 0
    for start, end, word in sorted(spans, key=lambda one: (one[0], -one[1])):
        if start >= place:
            parts += [text[place:start], word]
        place = max(place, end)
    return "".join([*parts, text[place:]])
