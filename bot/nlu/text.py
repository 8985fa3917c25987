"""A citizen's text made comparable: case, æøå and invisible characters folded, words by spaCy."""

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from common import patterns
from common.cpr import MASK
from common.settings import settings

if TYPE_CHECKING:
    from spacy.language import Language

# No text reaches a model unbounded: what a citizen means is said in the first thousand characters.
MOST_CHARACTERS = 1000
# Some characters are several when normalized, and some vanish: so much is looked at to find a thousand.
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
# People without a Danish keyboard write 'ae', 'oe', 'aa'; people in a hurry 'a' or 'o'. Both come to the same here.
_SHORT = patterns.compile(r"aa|ae|oe")
_SHORTER = {"aa": "a", "ae": "a", "oe": "o"}
_REPEATED = patterns.compile(r"(.)\1{2,}")
_SENTENCE_END = patterns.compile(r"(?<=[.!?])\s+")
# Shorter pieces are 'Hej.' or come of an abbreviation.
_LEAST_SENTENCE = 6


def clean(text: str) -> str:
    """Text as typed to at most MOST_CHARACTERS without control and invisible characters, white space collapsed."""
    # What was hidden is not what the citizen speaks of: 'skjult' would be heard as a secret recording.
    text = text[: _MOST_RAW + len(MASK)].replace(MASK, " ")
    text = unicodedata.normalize("NFKC", text[:_MOST_RAW])[:_MOST_RAW]
    if text.isprintable():
        visible = text  # the usual case, twenty times as quick: nothing invisible, and no white space but blanks
    else:
        visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())[:MOST_CHARACTERS]


def fold(text: str) -> str:
    """Text to lower case with æøå and their substitutes alike: 'Må', 'maa' and 'ma' are all 'ma'."""
    folded = clean(text).lower().translate(_FOLD)
    folded = _SHORT.sub(lambda found: _SHORTER[found[0]], folded)
    return _REPEATED.sub(r"\1\1", folded)[:MOST_CHARACTERS]


@lru_cache(maxsize=1)
def danish() -> "Language":
    """spaCy's Danish: its tokenizer alone, or the model that settings name.

    The lemma table of spacy-lookups-data was tried as features in place of words: accuracy on the development set
    fell from 0.920 to 0.900, and the table took 5.6 s to load. The first letters of a word do better (features.py).
    """
    import spacy

    if model := settings().spacy_model:
        return spacy.load(model)
    return spacy.blank("da")


def words(text: str) -> list[str]:
    """The words of a text, folded, and its question marks: what the word features are made of."""
    document = danish().make_doc(clean(text).lower())
    return [fold(token.text) for token in document if token.text == "?" or not (token.is_punct or token.is_space)]


def sentences(text: str) -> list[str]:
    """The sentences of a text, as far as its punctuation tells them; pieces of less than six characters left out."""
    return [sentence for sentence in _SENTENCE_END.split(clean(text)) if len(sentence) >= _LEAST_SENTENCE]
