"""Label probabilities weighed by the topic answered before: kernel ridge regression over lines with an `after`.

docs/decisions/0006-reading-after-an-answer.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.nlu.learning.embedding import Matrix
from bot.nlu.learning.kernel import centred, kernel, ridge

# Similarity of equal texts after two different topics.
_OTHER_TOPIC = 0.1
# Weight of the scores against the probabilities of the text by itself.
_SHARPNESS = 12.0


@dataclass
class AfterAnswers:
    """`topics`: the topic before each line. `known`: the lines' embeddings. `weights`: of each line for each label."""

    topics: list[str]
    mean: Matrix
    known: Matrix
    weights: Matrix

    @classmethod
    def fit(cls, topics: Sequence[str], embeddings: Matrix, targets: Matrix) -> "AfterAnswers":
        """Train on the topic, the embedding and the one-hot label of each line."""
        if not topics:
            return cls([], np.zeros(embeddings.shape[1], np.float32), embeddings, targets)
        mean: Matrix = embeddings.mean(axis=0)
        known = centred(embeddings, mean)
        weights = ridge(kernel(known, known) * _topic_similarity(topics, topics), targets)
        return cls(list(topics), mean, known, weights)

    def knows(self, topic: str | None) -> bool:
        """Whether any training line came after that topic."""
        return topic in self.topics

    def factors(self, embeddings: Matrix, topic: str) -> Matrix:
        """Return for each embedding the factor by which that topic changes each label's probability."""
        similarity = kernel(centred(embeddings, self.mean), self.known) * _topic_similarity([topic], self.topics)
        factors: Matrix = np.exp(_SHARPNESS * (similarity @ self.weights))
        return factors

    def state(self) -> dict[str, Any]:
        """Return the fields, for storage."""
        return vars(self)


def _topic_similarity(left: Sequence[str], right: Sequence[str]) -> Matrix:
    same = np.array(left)[:, None] == np.array(right)[None]
    shares: Matrix = np.where(same, 1.0, _OTHER_TOPIC).astype(np.float32)
    return shares
