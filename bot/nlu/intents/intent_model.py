"""Intent model: a linear classifier, and sentence embeddings where it is unsure.

docs/decisions/0003-light-intent-classifier.md
"""

import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bot.nlu.certainty import BY_ITSELF
from bot.nlu.intents.after_answer import AfterAnswers
from bot.nlu.intents.labels import Factors, Labels, Ranking
from bot.nlu.learning.embedding import Matrix, embed, embed_few
from bot.nlu.learning.features import Features
from bot.nlu.learning.kernel import KernelScores
from bot.nlu.learning.spelling import Spelling
from bot.nlu.text import clean

SEED = 42
# Texts of more characters are long.
_SHORT = 60
# Below these probabilities the linear model is unsure of a short and of a long text, and the embedding is asked.
UNSURE: Matrix = np.array([0.9, 0.6], dtype=np.float32)
# The kernel learns from the lines that the linear model, trained without them, gives less than this.
_HARD = 0.98
_FOLDS = 3
# Used where there are too few lines to fit the sharpness of scores.
_SHARPNESS = 6.0
_LEAST_LINES = 50


@dataclass
class IntentModel:
    """Ranks the labels of texts. The same texts and labels give the same model."""

    labels: list[str]
    spelling: Spelling
    features: Features
    coefficients: Matrix
    intercepts: Matrix
    kernel: KernelScores
    # Factors from scores to probabilities: for short texts and for long ones.
    sharpness: Matrix
    sharpness_unsure: Matrix
    after: AfterAnswers

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        embeddings: Matrix | None = None,
        after: Sequence[str | None] | None = None,
    ) -> "IntentModel":
        """Train on texts with a label each; ValueError for fewer than three labels.

        `embeddings`: of the texts, computed where None. `after`: what each text came after, None where anything.
        """
        names, codes = np.unique(np.asarray(labels), return_inverse=True)
        if len(names) < 3:
            raise ValueError(f"intents cannot be told apart with {len(names)} labels; give at least three in data/nlu")
        features, rows = Features.fit(texts)
        vectors = embed(texts) if embeddings is None else embeddings
        targets: Matrix = np.eye(len(names), dtype=np.float32)[codes]
        folds = _folds(codes)
        # In processes: all trainings of one draw from the same random numbers.
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
            without = [processes.submit(_scores_without, rows, codes, fold) for fold in folds]
            whole = processes.submit(_linear, rows, codes)
            left_out = _LeftOut.fit(
                codes, np.array([_is_long(text) for text in texts]), folds, [one.result() for one in without]
            )
            kernel = KernelScores.fit(vectors[left_out.hard], targets[left_out.hard])
            linear = whole.result()
        return cls(
            [str(name) for name in names],
            Spelling.fit(texts),
            features,
            np.ascontiguousarray(linear.coef_.T, dtype=np.float32),
            linear.intercept_.astype(np.float32),
            kernel,
            left_out.sharpness,
            left_out.sharpness_unsure(vectors),
            _after(after or [], vectors, targets),
        )

    def read(self, texts: Sequence[str], quick: Collection[int] = (), after: str | None = None) -> list[Labels]:
        """Return the labels of each text.

        `quick`: indices of texts that are not embedded even where the linear model is unsure. `after`: what was
        answered or asked for before, in the names of data/nlu.
        """
        # Cleaned first: no more of a text is read than that leaves.
        texts = [self.spelling.corrected(clean(text)) for text in texts]
        scores: Matrix = self.features.rows(texts) @ self.coefficients + self.intercepts
        lengths = np.array([_is_long(text) for text in texts])
        probabilities = _softmax(scores * self.sharpness[lengths][:, None])
        followed = after if after and self.after.knows(after) else None
        surest = probabilities.max(axis=1)
        unsure = surest < UNSURE[lengths]
        weighed = (surest < BY_ITSELF) if followed else unsure
        weighed[list(quick)] = False
        unsure &= weighed
        vectors: dict[int, Matrix] = {}
        if unsure.any():
            places = np.flatnonzero(unsure)
            rows = embed_few([texts[i] for i in places])
            probabilities[unsure] = _softmax(
                (scores[unsure] + self.kernel.scores(rows)) * self.sharpness_unsure[lengths[unsure]][:, None]
            )
            vectors = dict(zip(places.tolist(), rows, strict=True))
        return [
            Labels(self._ranking(row), self._factors(texts[i], vectors.get(i), followed) if weighed[i] else {})
            for i, row in enumerate(probabilities)
        ]

    def _ranking(self, probabilities: Matrix) -> Ranking:
        return [(self.labels[i], float(probabilities[i])) for i in np.argsort(-probabilities, kind="stable")]

    def _factors(self, text: str, vector: Matrix | None, followed: str | None) -> Mapping[str, float]:
        """Return the factor of each label after what was said before; a text without a vector is embedded on use."""
        if followed is None:
            return {}

        def factors() -> list[float]:
            rows = embed_few([text]) if vector is None else vector[None]
            return self.after.factors(rows, followed)[0].tolist()

        return Factors(self.labels, factors)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every label of a text with its probability, most likely first."""
        return self.read([text])[0].ranking

    def state(self) -> dict[str, Any]:
        """Return the model as text, numbers and arrays, for `of`."""
        return {
            "labels": self.labels,
            "spelling": self.spelling.state(),
            "features": self.features.state(),
            "coefficients": self.coefficients,
            "intercepts": self.intercepts,
            "kernel": {"mean": self.kernel.mean, "known": self.kernel.known, "weights": self.kernel.weights},
            "sharpness": self.sharpness,
            "sharpness_unsure": self.sharpness_unsure,
            "after": self.after.state(),
        }

    @classmethod
    def of(cls, state: dict[str, Any]) -> "IntentModel":
        """Restore the model from what `state` returned."""
        restored = {
            "spelling": Spelling.of(state["spelling"]),
            "features": Features.of(state["features"]),
            "kernel": KernelScores(**state["kernel"]),
            "after": AfterAnswers(**state["after"]),
        }
        return cls(**{**state, **restored})


def _after(after: Sequence[str | None], vectors: Matrix, targets: Matrix) -> AfterAnswers:
    places = [place for place, topic in enumerate(after) if topic]
    return AfterAnswers.fit([str(after[place]) for place in places], vectors[places], targets[places])


def _folds(codes: Matrix) -> list[tuple[Matrix, Matrix]]:
    """The lines known and left out in turn; none where a label has too few lines."""
    if np.bincount(codes).min() < 2 * _FOLDS:
        return []
    return list(StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED).split(codes, codes))


def _linear(rows: csr_matrix, codes: Matrix, lines: Matrix | slice = slice(None)) -> LinearSVC:
    # Its products are too small for two cores, which would only wait for each other.
    with threadpool_limits(limits=1, user_api="blas"):
        return LinearSVC(C=1.0, random_state=SEED).fit(rows[lines], codes[lines])


def _scores_without(rows: csr_matrix, codes: Matrix, fold: tuple[Matrix, Matrix]) -> Matrix:
    """What the linear model says of the lines left out, trained on the others."""
    known, left_out = fold
    scores: Matrix = _linear(rows, codes, known).decision_function(rows[left_out])
    return scores


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _is_long(text: str) -> int:
    """Return 1 for a long text, 0 for a short one: the index into `sharpness` and UNSURE."""
    return int(len(clean(text)) > _SHORT)


@dataclass
class _LeftOut:
    """What the linear model says of each training line when it is trained without it, a third of the lines at a time.

    `long`: the index into `sharpness` of each line. Without `folds` all lines are hard, and nothing is calibrated.
    """

    codes: Matrix
    long: Matrix
    folds: list[tuple[Matrix, Matrix]]
    scores: Matrix
    sharpness: Matrix
    hard: NDArray[np.bool_]

    @classmethod
    def fit(
        cls, codes: Matrix, long: Matrix, folds: list[tuple[Matrix, Matrix]], without: Sequence[Matrix]
    ) -> "_LeftOut":
        """`without`: of each fold, what `_scores_without` says of its lines."""
        scores: Matrix = np.zeros((len(codes), codes.max() + 1), dtype=np.float32)
        sharpness = np.full(2, _SHARPNESS, dtype=np.float32)
        found = cls(codes, long, folds, scores, sharpness, np.ones(len(codes), dtype=bool))
        if not folds:
            return found
        for (_, left_out), said in zip(folds, without, strict=True):
            scores[left_out] = said
        for length in (0, 1):
            sharpness[length] = _best_factor(scores, codes, long == length)
        found.hard = found._surest() < _HARD
        return found

    def sharpness_unsure(self, vectors: Matrix) -> Matrix:
        """The factors for the scores of both models together, on lines of which the linear model is unsure.

        One fold is enough: the factors of each differ by 2 %, and to train the kernel takes long.
        """
        sharpness = np.full(2, _SHARPNESS, dtype=np.float32)
        for known, left_out in self.folds[:1]:
            unsure = left_out[(self._surest() < UNSURE[self.long])[left_out]]
            learnt = known[self.hard[known]]
            targets: Matrix = np.eye(self.scores.shape[1], dtype=np.float32)[self.codes[learnt]]
            both = self.scores[unsure] + KernelScores.fit(vectors[learnt], targets).scores(vectors[unsure])
            for length in (0, 1):
                sharpness[length] = _best_factor(both, self.codes[unsure], self.long[unsure] == length)
        return sharpness

    def _surest(self) -> Matrix:
        return _softmax(self.scores * self.sharpness[self.long][:, None]).max(axis=1)


def _best_factor(scores: Matrix, codes: Matrix, chosen: Matrix) -> float:
    """Return the factor with the least log loss over the chosen lines."""
    if chosen.sum() < _LEAST_LINES:
        return _SHARPNESS

    def loss(factor: float) -> float:
        right = _softmax(scores[chosen] * factor)[np.arange(chosen.sum()), codes[chosen]]
        return float(-np.log(np.maximum(right, 1e-9)).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)
