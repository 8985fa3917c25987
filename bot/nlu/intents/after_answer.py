"""What is meant after an answer: learnt from the topic that was answered and the words that are said then.

Kernel ridge regression over the lines of data/nlu that have an `after`. Two lines are alike as far as their words are;
of two topics, they are a tenth as alike. So 'hvem må det være' is a question that the page does not answer, after the
answer about a support person. docs/nlu.md has what was measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.nlu.learning.embedding import Matrix, centred, kernel, ridge

# How alike equal words are after the answers of two topics.
_OTHER_TOPIC = 0.1
# How much of what is learnt here counts beside what a message says by itself.
_SHARPNESS = 12.0


@dataclass
class AfterAnswers:
    """`topics`: the topic before each line. `known`: the lines' embeddings. `weights`: what each says of each label."""

    topics: list[str]
    mean: Matrix
    known: Matrix
    weights: Matrix

    @classmethod
    def fit(cls, topics: Sequence[str], embeddings: Matrix, targets: Matrix) -> "AfterAnswers":
        """Trains on a topic, a row of embeddings, and a row of 0 and 1 for each line."""
        if not topics:
            return cls([], np.zeros(embeddings.shape[1], np.float32), embeddings, targets)
        mean: Matrix = embeddings.mean(axis=0)
        known = centred(embeddings, mean)
        weights = ridge(kernel(known, known) * _shared(topics, topics), targets)
        return cls(list(topics), mean, known, weights)

    def knows(self, topic: str | None) -> bool:
        """Whether something was learnt of what is said after that answer."""
        return topic in self.topics

    def factors(self, embeddings: Matrix, topic: str) -> Matrix:
        """For each row of embeddings, by how much each label is likelier after an answer of that topic."""
        alike = kernel(centred(embeddings, self.mean), self.known) * _shared([topic], self.topics)
        factors: Matrix = np.exp(_SHARPNESS * (alike @ self.weights))
        return factors

    def state(self) -> dict[str, Any]:
        """What must be kept to have it again."""
        return vars(self)


def _shared(left: Sequence[str], right: Sequence[str]) -> Matrix:
    same = np.array(left)[:, None] == np.array(right)[None]
    shares: Matrix = np.where(same, 1.0, _OTHER_TOPIC).astype(np.float32)
    return shares
