"""What is counted in a text: beginnings of words, pairs of them, first and last words, pieces."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn import config_context
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.text import fold, sentences, words

# Measured on the development set with the classifier of model.py, 8,058 training lines: words and neighbouring pairs
# 0.915; words cut to their first five letters 0.925; pairs with up to two words between as well 0.932; spaCy's tokens
# with the question mark in place of \w+ 0.938. Triples of words, longer pieces and balanced weights gained nothing.
_STEM = 5
_PAIR_REACH = 3
_PIECES = (2, 5)
# In a story the question is one sentence of several: half the weight is the sentences' own, so that a short one counts
# as much as a long one. Texts of several sentences: 0.912 right instead of 0.887.
_SENTENCE_SHARE = 0.5


def word_features(text: str) -> list[str]:
    """Word beginnings, pairs up to three words apart (the spaces say how far), and how the text begins and ends."""
    stems = [word[:_STEM] for word in words(text)]
    found = list(stems)
    for reach in range(1, _PAIR_REACH + 1):
        found += [first + " " * reach + second for first, second in zip(stems, stems[reach:], strict=False)]
    if stems:
        found += ["^" + stems[0], "^" + " ".join(stems[:2]), "$" + stems[-1]]
    return found


def _word_vectorizer(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=word_features, min_df=2, sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary)


def _piece_vectorizer(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=fold,
        analyzer="char_wb",
        ngram_range=_PIECES,
        min_df=2,
        sublinear_tf=True,
        dtype=np.float32,
        vocabulary=vocabulary,
    )


class Features:
    """Texts to rows of weighted counts (TF-IDF)."""

    def __init__(self, words_: TfidfVectorizer, pieces: TfidfVectorizer) -> None:
        """Features by two fitted vectorizers."""
        self._parts = {"words": words_, "pieces": pieces}

    @classmethod
    def fit(cls, texts: Sequence[str]) -> "Features":
        """Learns what occurs in the texts, and how rare it is."""
        return cls(_word_vectorizer().fit(texts), _piece_vectorizer().fit(texts))

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """A row for each text; that of a text of several sentences is blended with the mean of theirs."""
        # Texts and the sentences of those that have several are counted in one go, and then weighed together.
        counted, weights, to, of = list(texts), [1.0] * len(texts), list(range(len(texts))), list(range(len(texts)))
        for index, text in enumerate(texts):
            parts = sentences(text)
            if len(parts) > 1:
                weights[index] -= _SENTENCE_SHARE
                weights += [_SENTENCE_SHARE / len(parts)] * len(parts)
                to += [index] * len(parts)
                of += range(len(counted), len(counted) + len(parts))
                counted += parts
        rows = self._plain_rows(counted)
        if len(counted) == len(texts):
            return rows
        blend = csr_matrix((np.asarray(weights, dtype=np.float32), (to, of)), shape=(len(texts), len(counted)))
        return (blend @ rows).tocsr()

    def _plain_rows(self, texts: Sequence[str]) -> csr_matrix:
        # Its checks of our own numbers cost as much as the counting of a short text.
        with config_context(assume_finite=True, skip_parameter_validation=True):
            return hstack([part.transform(texts) for part in self._parts.values()], format="csr", dtype=np.float32)

    def state(self) -> dict[str, Any]:
        """What must be kept: terms (none holds a line break) and their rarity."""
        state: dict[str, Any] = {}
        for name, part in self._parts.items():
            state[f"{name}_terms"] = "\n".join(part.get_feature_names_out())
            state[f"{name}_rarity"] = np.asarray(part.idf_, dtype=np.float32)
        return state

    @classmethod
    def of(cls, state: dict[str, Any]) -> "Features":
        """The features that were kept as a state."""
        return cls(_restored(_word_vectorizer, state, "words"), _restored(_piece_vectorizer, state, "pieces"))


def _restored(make: Any, state: dict[str, Any], name: str) -> TfidfVectorizer:
    terms: str = state[f"{name}_terms"]
    rarity: NDArray[np.float32] = state[f"{name}_rarity"]
    vectorizer = make({term: index for index, term in enumerate(terms.split("\n"))})
    vectorizer.idf_ = rarity
    return vectorizer
