"""Kernel ridge regression over embeddings.

docs/decisions/0003-light-intent-classifier.md
"""

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from bot.nlu.learning.embedding import Matrix

_WIDTH = 0.7
_RIDGE = 0.1
# Rows of similarities that are computed at a time.
_BLOCK = 1024


class KernelScores:
    """Kernel ridge regression from embeddings to a score for each label."""

    def __init__(self, mean: Matrix, known: Matrix, weights: Matrix) -> None:
        """`known`: centred embeddings of the training lines; `weights`: of each line for each label."""
        self.mean, self.weights = mean, weights
        # Stored column by column, comparing one row with all takes half the time.
        self.known = np.asfortranarray(known)

    @classmethod
    def fit(cls, embeddings: Matrix, targets: Matrix) -> "KernelScores":
        """Train on the embedding and the one-hot label of each line."""
        mean: Matrix = embeddings.mean(axis=0)
        known = centred(embeddings, mean)
        return cls(mean, known, ridge(_kernel_below(known), targets))

    def scores(self, embeddings: Matrix) -> Matrix:
        """Return a row of scores for each row of embeddings."""
        rows: Matrix = kernel(centred(embeddings, self.mean), self.known) @ self.weights
        return rows


def centred(rows: Matrix, mean: Matrix) -> Matrix:
    """Return rows minus the mean, with length one: E5's sentences all lie in one narrow cone."""
    rows = rows - mean
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    around: Matrix = rows / np.maximum(lengths, np.float32(1e-6))
    return around


def kernel(left: Matrix, right: Matrix) -> Matrix:
    """Return the similarity of each row on the left to each on the right; 1 where they are equal."""
    similarity: Matrix = left @ right.T
    similarity -= np.float32(1)
    similarity *= np.float32(2 * _WIDTH)
    np.exp(similarity, out=similarity)
    return similarity


def _kernel_below(rows: Matrix) -> Matrix:
    """Return the similarity of each row to each before it and to itself; what is above the diagonal is undefined."""
    similarity: Matrix = np.empty((len(rows), len(rows)), dtype=rows.dtype)
    for start in range(0, len(rows), _BLOCK):
        end = start + _BLOCK
        similarity[start:end, :end] = kernel(rows[start:end], rows[:end])
    return similarity


def ridge(similarity: Matrix, targets: Matrix) -> Matrix:
    """Return the weight of each line for each label; `similarity` of the lines is changed in place.

    Of `similarity`, only what is on and below the diagonal is read.
    """
    similarity[np.diag_indices_from(similarity)] += np.float32(_RIDGE)
    # Turned, it has the order that LAPACK works in, and is not copied.
    factor = cho_factor(similarity.T, lower=False, overwrite_a=True, check_finite=False)
    weights = cho_solve(factor, targets - targets.mean(axis=0), check_finite=False)
    return weights.astype(np.float32)
