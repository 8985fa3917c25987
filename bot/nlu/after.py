"""What is likely to be said after an answer: how often each label follows each topic in the training lines.

A message that is unsure by itself ('må han så sige noget', after the answer about a support person) is read in light of
the answer before it. docs/nlu.md has what the weights and the limit that are used here were measured on.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from common.acts import is_follow_up

Matrix = NDArray[np.float32]
# So many lines of all topics together count beside a topic's own: of one topic there are some sixty.
_OTHERS = 16.0
# How much of the difference between labels counts: with all of it, what is rare after a topic could not be said there.
_SHARE = 0.7


@dataclass
class AfterAnswers:
    """For each topic a weight for each label, in the order of `labels`."""

    topics: list[str]
    labels: list[str]
    weights: Matrix

    @classmethod
    def fit(cls, after: Sequence[str], said: Sequence[str], labels: Sequence[str]) -> "AfterAnswers":
        """Counts what was said after which topic, a pair for each line that has one; `labels` are all there are."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for topic, label in zip(after, said, strict=True):
            counts[topic][label] += 1
        everywhere = Counter(said)
        shares = {label: (everywhere[label] + 0.5) / (len(said) + 0.5 * len(labels)) for label in labels}
        topics = sorted(counts)
        weights = np.ones((len(topics), len(labels)), dtype=np.float32)
        for row, topic in enumerate(topics):
            own = counts[topic]
            total = own.total() + _OTHERS
            weights[row] = [((own[label] + _OTHERS * shares[label]) / total) ** _SHARE for label in labels]
            # What says by itself nothing follows any answer.
            weights[row, [is_follow_up(label) for label in labels]] = weights[row].max()
        return cls(topics, list(labels), weights)

    def of(self, topic: str | None) -> dict[str, float]:
        """The weight of each label after an answer of that topic; empty where nothing is known of it."""
        if topic not in self.topics:
            return {}
        return dict(zip(self.labels, self.weights[self.topics.index(topic)].tolist(), strict=True))
