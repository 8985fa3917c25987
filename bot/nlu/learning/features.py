"""TF-IDF features of a text: beginnings of words, pairs of them, first and last words, character n-grams.

docs/decisions/0004-features-of-a-text.md
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn import config_context
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.text import fold, sentences, words
from common.memo import once

_STEM = 5
_PAIR_REACH = 3
_PIECES = (2, 5)
# Weight of the mean of a text's sentences, so that a short question in a long story counts as much as a long one.
_SENTENCE_SHARE = 0.5


@once
def word_features(text: str) -> list[str]:
    """Return word beginnings, pairs up to three words apart (the spaces say how far), and the first and last words."""
    stems = [word[:_STEM] for word in words(text)]
    features = list(stems)
    for reach in range(1, _PAIR_REACH + 1):
        features += [first + " " * reach + second for first, second in zip(stems, stems[reach:], strict=False)]
    if stems:
        features += ["^" + stems[0], "^" + " ".join(stems[:2]), "$" + stems[-1]]
    return features


_pieces = once(TfidfVectorizer(preprocessor=fold, analyzer="char_wb", ngram_range=_PIECES).build_analyzer())


def _word_vectorizer(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=word_features, min_df=2, sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary)


def _piece_vectorizer(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=_pieces, min_df=2, sublinear_tf=True, dtype=np.float32, vocabulary=vocabulary)


class Features:
    """Converts texts to rows of weighted counts."""

    def __init__(self, words_: TfidfVectorizer, pieces: TfidfVectorizer) -> None:
        """`words_`, `pieces`: two fitted vectorizers."""
        self._parts = {"words": words_, "pieces": pieces}

    @classmethod
    def fit(cls, texts: Sequence[str]) -> tuple["Features", csr_matrix]:
        """Learn the terms of the texts and their rarity; return them with the rows of the texts."""
        parts = {"words": _word_vectorizer(), "pieces": _piece_vectorizer()}
        # Counting takes most of the time, so the texts are not counted once more for their rows.
        own = hstack([part.fit_transform(texts) for part in parts.values()], format="csr", dtype=np.float32)
        features = cls(parts["words"], parts["pieces"])
        said, blend = _sentences(texts)
        return features, (blend @ vstack([own, features._plain_rows(said)])).tocsr() if said else own

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return a row for each text; that of a text of several sentences is blended with the mean of its sentences."""
        # Texts and sentences are counted in one batch, then combined by a matrix of weights.
        said, blend = _sentences(texts)
        counted = {text: place for place, text in enumerate(dict.fromkeys([*texts, *said]))}
        rows = self._plain_rows(list(counted))[[counted[text] for text in (*texts, *said)]]
        return (blend @ rows).tocsr() if said else rows

    def _plain_rows(self, texts: Sequence[str]) -> csr_matrix:
        # scikit-learn's checks take as long as counting a short text.
        with config_context(assume_finite=True, skip_parameter_validation=True):
            return hstack([part.transform(texts) for part in self._parts.values()], format="csr", dtype=np.float32)

    def state(self) -> dict[str, Any]:
        """Return the terms, joined by line breaks, and their rarity, for `of`."""
        state: dict[str, Any] = {}
        for name, part in self._parts.items():
            state[f"{name}_terms"] = "\n".join(part.get_feature_names_out())
            state[f"{name}_rarity"] = np.asarray(part.idf_, dtype=np.float32)
        return state

    @classmethod
    def of(cls, state: dict[str, Any]) -> "Features":
        """Restore the features from what `state` returned."""
        return cls(_restored(_word_vectorizer, state, "words"), _restored(_piece_vectorizer, state, "pieces"))


def _sentences(texts: Sequence[str]) -> tuple[list[str], csr_matrix]:
    """Return the sentences of the texts with several, and the weights of texts and sentences in each text's row."""
    said: list[str] = []
    weights, to, of = [1.0] * len(texts), list(range(len(texts))), list(range(len(texts)))
    for index, text in enumerate(texts):
        parts = sentences(text)
        if len(parts) > 1:
            weights[index] -= _SENTENCE_SHARE
            weights += [_SENTENCE_SHARE / len(parts)] * len(parts)
            to += [index] * len(parts)
            of += range(len(texts) + len(said), len(texts) + len(said) + len(parts))
            said += parts
    shape = (len(texts), len(texts) + len(said))
    return said, csr_matrix((np.asarray(weights, dtype=np.float32), (to, of)), shape=shape)


def _restored(make: Any, state: dict[str, Any], name: str) -> TfidfVectorizer:
    terms: str = state[f"{name}_terms"]
    rarity: NDArray[np.float32] = state[f"{name}_rarity"]
    vectorizer = make({term: index for index, term in enumerate(terms.split("\n"))})
    vectorizer.idf_ = rarity
    return vectorizer
