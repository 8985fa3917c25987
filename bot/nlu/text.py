"""Text normalization: invisible characters removed, case and æøå folded, split into words and sentences."""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from common import patterns
from common.cpr import MASK
from common.settings import settings

if TYPE_CHECKING:
    from spacy.language import Language

# Models read no more of a text than this.
MOST_CHARACTERS = 1000
# Normalization makes some characters several and removes others: this much is read to get MOST_CHARACTERS.
_MOST_RAW = 4 * MOST_CHARACTERS
_LETTERS = {
    "æ": "ae",
    "ø": "oe",
    "å": "aa",
    "é": "e",
    "ö": "oe",
    "ä": "ae",
    "ü": "u",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}
_FOLD = str.maketrans(_LETTERS)
# People without a Danish keyboard write 'ae', 'oe', 'aa'; people in a hurry 'a' or 'o'. Both fold to the same.
_SHORT = patterns.compile(r"aa|ae|oe")
_SHORTER = {"aa": "a", "ae": "a", "oe": "o"}
_REPEATED = patterns.compile(r"(.)\1{2,}")
_SENTENCE_END = patterns.compile(r"(?<=[.!?])\s+")
# In characters. Shorter pieces are 'Hej.' or end at an abbreviation.
_LEAST_SENTENCE = 6


def clean(text: str) -> str:
    """Return at most MOST_CHARACTERS of a text, without masks and invisible characters, white space collapsed."""
    # The mask's own word 'skjult' would be read as a secret recording.
    text = text[: _MOST_RAW + len(MASK)].replace(MASK, " ")
    text = unicodedata.normalize("NFKC", text[:_MOST_RAW])[:_MOST_RAW]
    if text.isprintable():
        visible = text  # the usual case, and much quicker
    else:
        visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())[:MOST_CHARACTERS]


def fold(text: str) -> str:
    """Return a clean text in lower case, with æøå and their substitutes alike: 'Må' and 'maa' become 'ma'."""
    return _fold(clean(text).lower())[:MOST_CHARACTERS]


def _fold(text: str) -> str:
    folded = _SHORT.sub(lambda found: _SHORTER[found[0]], text.translate(_FOLD))
    return _REPEATED.sub(r"\1\1", folded)


@lru_cache(maxsize=1)
def danish() -> "Language":
    """Return spaCy's blank Danish pipeline, or the model that SPACY_MODEL names.

    docs/decisions/0011-spacy-blank.md
    """
    import spacy

    if model := settings().spacy_model:
        return spacy.load(model)
    return spacy.blank("da")


def words(text: str) -> list[str]:
    """Return the folded words of a text and its question marks, in order."""
    document = danish().make_doc(clean(text).lower())
    said = [token.text for token in document if token.text == "?" or not (token.is_punct or token.is_space)]
    return _fold(" ".join(said)).split()


def sentences(text: str) -> list[str]:
    """Return the sentences of a text by its punctuation, without those of fewer than six characters."""
    return [sentence for sentence in _SENTENCE_END.split(clean(text)) if len(sentence) >= _LEAST_SENTENCE]
