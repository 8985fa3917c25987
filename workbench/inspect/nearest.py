"""The training sentences that a text is most like, by the classifier's own features."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from bot.nlu.learning.features import Features
from workbench.shared.lines import Line


class Nearest:
    """Compares texts with the training lines. Making it takes a few seconds; a comparison some milliseconds."""

    def __init__(self, lines: Sequence[Line], features: Features) -> None:
        """The labelled lines, and the features of the trained model."""
        self._lines = lines
        self._rows = normalize(features.rows([line.text for line in lines]))
        self._features = features
        self.scores = lru_cache(maxsize=256)(self._scores)

    def like(self, text: str, label: str, limit: int) -> list[tuple[str, float]]:
        """The lines of a label most like the text, each with its likeness from 0 to 1; none that share nothing."""
        scores = self.scores(text)
        of_label = [index for index, line in enumerate(self._lines) if line.label == label and scores[index] > 0]
        best = sorted(of_label, key=lambda index: -scores[index])[:limit]
        return [(self._lines[index].text, float(scores[index])) for index in best]

    def label_of(self, text: str) -> str | None:
        """The label under which this very text is a training line already."""
        wanted = text.casefold()
        return next((line.label for line in self._lines if line.text.casefold() == wanted), None)

    def _scores(self, text: str) -> NDArray[np.float64]:
        row = normalize(self._features.rows([text]))
        return np.asarray((self._rows @ row.T).todense()).ravel()
