"""Finds the training lines most similar to a text, by the intent model's features."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from bot.nlu.learning.features import Features
from workbench.shared.lines import Line


class Nearest:
    """Compares texts with the training lines; slow to make (seconds), fast to ask."""

    def __init__(self, lines: Sequence[Line], features: Features) -> None:
        """`features`: those of the trained model."""
        self._lines = lines
        self._rows = normalize(features.rows([line.text for line in lines]))
        self._features = features
        self.scores = lru_cache(maxsize=256)(self._scores)

    def like(self, text: str, label: str, limit: int) -> list[tuple[str, float]]:
        """The `limit` most similar lines of a label with their similarity, above 0 and at most 1."""
        scores = self.scores(text)
        of_label = [index for index, line in enumerate(self._lines) if line.label == label and scores[index] > 0]
        best = sorted(of_label, key=lambda index: -scores[index])[:limit]
        return [(self._lines[index].text, float(scores[index])) for index in best]

    def label_of(self, text: str) -> str | None:
        """The label of the text if it is a training line, whatever its case."""
        wanted = text.casefold()
        return next((line.label for line in self._lines if line.text.casefold() == wanted), None)

    def _scores(self, text: str) -> NDArray[np.float64]:
        row = normalize(self._features.rows([text]))
        return np.asarray((self._rows @ row.T).todense()).ravel()
