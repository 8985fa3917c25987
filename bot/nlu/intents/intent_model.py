"""The model that tells intents apart: a linear model first, sentence embeddings where it is unsure.

Measured with 15,474 training lines on the 1,097 development lines (never trained on, none a near copy of a training
line). Left out in turn, a fifth at a time (13,765 lines then), training lines are harder: no two of them are alike.

                                                             development   asked   left out
linear alone (parses in a millisecond)                             0.956       -      0.832
embeddings where the linear model is less than 0.5 sure            0.959     2 %
the same, less than 0.7 sure                                       0.964     5 %
less than 0.8 sure                                                 0.965     8 %
less than 0.9 sure                                                 0.967    13 %
less than 0.85 sure (later, with 16,396 and 1,105 lines)           0.967    11 %   the same, line for line
embeddings for every line                                          0.967   100 %      0.857

What the embedding gains depends on how long a text is: a short one has few words to go by, a long one has so many that
the linear model is right oftener than it is sure, and its embedding takes longest. Of the 16,396 training lines left
out in turn, by how sure the linear model was, how many more came out right with the embedding (of how many lines):

                        0.5 to 0.65     0.65 to 0.75    0.75 to 0.85    0.85 to 0.95
up to 25 characters     42 (374)        18 (240)         8 (327)         7 (572)
25 to 45                34 (282)        14 (237)        11 (266)         3 (556)
45 to 70                14 (283)         0 (200)         5 (246)        -2 (488)
more than 70             9 (391)        -5 (300)        -1 (366)        -9 (609)

So short and long texts have a sharpness and a limit of their own. Cost is five times the confidently wrong share and
the share asked back (config.yml's threshold):

                                        lines left out             development lines
                                        embedded  right   cost     embedded  right   cost
one sharpness, less than 0.85 sure      34 %      0.857   0.464    11 %      0.967   0.120
up to 40 characters 0.9, longer 0.6     28 %      0.857   0.464     7 %      0.966   0.130
up to 60 characters 0.9, longer 0.6     32 %      0.857   0.457     9 %      0.967   0.125
up to 60 characters 0.9, longer 0.8     36 %      0.858   0.453    10 %      0.966   0.125

The third takes a quarter less time than the first: 95 % of the development lines are read in 18 ms instead of 24,
measured in a row on a slow machine. One development line more or less is 0.005 of the cost.

A kernel with 3,000 lines as landmarks in place of all fits in a third of the time, but gave the linear model nothing
(0.960); a logistic regression stacked on both scores gained half a point on lines left out, and was left alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.certainty import BY_ITSELF
from bot.nlu.intents.after_answer import AfterAnswers
from bot.nlu.intents.labels import Labels
from bot.nlu.learning.embedding import KernelScores, Matrix, embed, embed_few
from bot.nlu.learning.features import Features
from bot.nlu.text import clean

SEED = 42
# Texts of more characters are long. Measured from 40 to 70: each has its cost within one hundredth.
_SHORT = 60
# Below this probability the linear model is unsure of a short and of a long text, and the embedding is asked. Lines
# written by others are harder than the development lines, so that more of them are.
UNSURE: Matrix = np.array([0.9, 0.6], dtype=np.float32)
_FOLDS = 3
# How sharp scores are where there are too few lines to find it out.
_SHARPNESS = 6.0
_LEAST_LINES = 50


@dataclass
class IntentModel:
    """Texts in, labels with probabilities out. The same texts and labels give the same model."""

    labels: list[str]
    features: Features
    coefficients: Matrix
    intercepts: Matrix
    kernel: KernelScores
    # For short texts and for long ones.
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
        """Trains on texts with a label each, three labels or more; `embeddings` of the texts if already made.

        `after`: the topic that was answered before each text, None where it may stand anywhere.
        """
        names, codes = np.unique(np.asarray(labels), return_inverse=True)
        if len(names) < 3:
            raise ValueError(f"intents cannot be told apart with {len(names)} labels; give at least three in data/nlu")
        features = Features.fit(texts)
        rows = features.rows(texts)
        vectors = embed(texts) if embeddings is None else embeddings
        targets: Matrix = np.eye(len(names), dtype=np.float32)[codes]
        linear = _linear(rows, codes)
        sharpness, sharpness_unsure = _sharpness(rows, vectors, codes, np.array([_is_long(text) for text in texts]))
        return cls(
            [str(name) for name in names],
            features,
            np.ascontiguousarray(linear.coef_.T, dtype=np.float32),
            linear.intercept_.astype(np.float32),
            KernelScores.fit(vectors, targets),
            sharpness,
            sharpness_unsure,
            _after(after or [], vectors, targets),
        )

    def read(self, texts: Sequence[str], quick: Collection[int] = (), after: str | None = None) -> list[Labels]:
        """Each text's labels with their probabilities, and how much likelier each is after that.

        `after`: what was answered or asked for before, as data/nlu has it. The texts at the places `quick` are not
        embedded, however unsure the linear model is of them.
        """
        scores: Matrix = self.features.rows(texts) @ self.coefficients + self.intercepts
        lengths = np.array([_is_long(text) for text in texts])
        probabilities = _softmax(scores * self.sharpness[lengths][:, None])
        followed = after if after and self.after.knows(after) else None
        surest = probabilities.max(axis=1)
        unsure = surest < UNSURE[lengths]
        embedded = (surest < BY_ITSELF) if followed else unsure
        embedded[list(quick)] = False
        unsure &= embedded
        factors: dict[int, Matrix] = {}
        if embedded.any():
            places = np.flatnonzero(embedded)
            vectors = embed_few([texts[i] for i in places])
            both = scores[unsure] + self.kernel.scores(vectors[unsure[embedded]])
            probabilities[unsure] = _softmax(both * self.sharpness_unsure[lengths[unsure]][:, None])
            if followed:
                factors = dict(zip(places.tolist(), self.after.factors(vectors, followed), strict=True))
        return [self._labels(row, factors.get(place)) for place, row in enumerate(probabilities)]

    def _labels(self, probabilities: Matrix, factors: Matrix | None) -> Labels:
        ranking = [(self.labels[i], float(probabilities[i])) for i in np.argsort(-probabilities, kind="stable")]
        return Labels(ranking, {} if factors is None else dict(zip(self.labels, factors.tolist(), strict=True)))

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its probability, most likely first."""
        return self.read([text])[0].ranking

    def state(self) -> dict[str, Any]:
        """What must be kept to load the model again: text, numbers and arrays only."""
        return {
            "labels": self.labels,
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
        """The model that was kept as a state."""
        parts = {**state, "features": Features.of(state["features"]), "kernel": KernelScores(**state["kernel"])}
        return cls(**parts | {"after": AfterAnswers(**state["after"])})


def _after(after: Sequence[str | None], vectors: Matrix, targets: Matrix) -> AfterAnswers:
    said = [place for place, topic in enumerate(after) if topic]
    return AfterAnswers.fit([str(after[place]) for place in said], vectors[said], targets[said])


def _linear(rows: csr_matrix, codes: Matrix) -> LinearSVC:
    return LinearSVC(C=1.0, random_state=SEED).fit(rows, codes)


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _is_long(text: str) -> int:
    """1 for a long text, 0 for a short one: the place of its sharpness and its limit."""
    return int(len(clean(text)) > _SHORT)


def _sharpness(rows: csr_matrix, vectors: Matrix, codes: Matrix, long: Matrix) -> tuple[Matrix, Matrix]:
    """The factors that make scores into honest probabilities, found on lines left out of training in turn."""
    sharpness = np.full(2, _SHARPNESS, dtype=np.float32)
    sharpness_unsure = sharpness.copy()
    if np.bincount(codes).min() < 2 * _FOLDS:
        return sharpness, sharpness_unsure
    targets: Matrix = np.eye(codes.max() + 1, dtype=np.float32)[codes]
    linear = np.zeros_like(targets)
    both = np.zeros_like(targets)
    for known, left_out in StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED).split(codes, codes):
        linear[left_out] = _linear(rows[known], codes[known]).decision_function(rows[left_out])
        kernel = KernelScores.fit(vectors[known], targets[known])
        both[left_out] = linear[left_out] + kernel.scores(vectors[left_out])
    for length in (0, 1):
        of_it = long == length
        sharpness[length] = _best_factor(linear, codes, of_it)
        unsure = of_it & (_softmax(linear * sharpness[length]).max(axis=1) < UNSURE[length])
        sharpness_unsure[length] = _best_factor(both, codes, unsure)
    return sharpness, sharpness_unsure


def _best_factor(scores: Matrix, codes: Matrix, chosen: Matrix) -> float:
    """The factor under which the right labels of the chosen lines are most probable (the least log loss)."""
    if chosen.sum() < _LEAST_LINES:
        return _SHARPNESS

    def loss(factor: float) -> float:
        right = _softmax(scores[chosen] * factor)[np.arange(chosen.sum()), codes[chosen]]
        return float(-np.log(np.maximum(right, 1e-9)).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)
