"""The model that tells which choice an answer makes, where no phrase of data/values/choices.yml does.

The phrases are sure and few, what citizens answer is endless: 'den skal bruges i en avisartikel', 'jeg kommer der selv,
ikke telefon'. For each slot a linear model over the same features as the intents' is trained on answers written by hand
(data/choices) and on messages that answer something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.nlu.learning.embedding import Matrix
from bot.nlu.learning.features import Features

SEED = 42
# Values of one answer are said together where they can be ('jeg hører dårligt og glemmer'): each has a yes or no.
SEVERAL = {"recording_grounds"}
NOTHING = "nothing"
# How much a mistake on a training answer costs, against large weights; 5 and 20 came out alike.
_C = 20.0
_MOST_STEPS = 400
# An answer to one slot is none to another, but for these: 'så jeg kan huske det' is a ground and a purpose.
_ALIKE = ({"recording_grounds", "recording_purpose"}, {"agreement", "support_person_possible"})

Answers = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass
class ChoiceModel:
    """Texts in, for each slot its values with probabilities out. The same answers give the same model."""

    features: Features
    labels: list[tuple[str, str]]  # slot and value, a column each; of a slot with one value at a time also `nothing`
    coefficients: Matrix
    intercepts: Matrix

    @classmethod
    def fit(cls, answers: Answers, others: Sequence[str]) -> "ChoiceModel":
        """Trains on the answers to each slot, by value (`nothing`: no answer), and on messages that answer none."""
        known = {slot: _by_text(values) for slot, values in answers.items()}
        texts = sorted({text for slot in known.values() for text in slot} | set(others))
        features = Features.fit(texts)
        place = {text: index for index, text in enumerate(texts)}
        rows = features.rows(texts)
        labels: list[tuple[str, str]] = []
        columns: list[Matrix] = []
        for slot, said in known.items():
            # An answer to another slot may answer this one as well; it says neither yes nor no.
            elsewhere = [
                text
                for other, answers_ in known.items()
                if other != slot and {slot, other} not in _ALIKE
                for text, values in answers_.items()
                if values != {NOTHING}
            ]
            used = [*said, *(text for text in dict.fromkeys([*elsewhere, *others]) if text not in said)]
            chosen = rows[[place[text] for text in used]]
            for value in sorted({value for values in said.values() for value in values} - {NOTHING}):
                truth = np.array([value in said.get(text, ()) for text in used])
                one = LogisticRegression(
                    C=_C, max_iter=_MOST_STEPS, random_state=SEED, solver="liblinear", class_weight="balanced"
                )
                one.fit(chosen, truth)
                labels.append((slot, value))
                columns.append(np.append(one.coef_[0], one.intercept_[0]).astype(np.float32))
        table = np.stack(columns, axis=1)
        return cls(features, labels, np.ascontiguousarray(table[:-1]), table[-1])

    def probabilities(self, text: str) -> dict[str, dict[str, float]]:
        """The probability of each value of each slot; those of one slot need not come to one."""
        return self.all_probabilities([text])[0]

    def all_probabilities(self, texts: Sequence[str]) -> list[dict[str, dict[str, float]]]:
        """The probabilities for several texts at once, which takes little more time than for one."""
        scores: Matrix = self.features.rows(texts) @ self.coefficients + self.intercepts
        shares: Matrix = 1.0 / (1.0 + np.exp(-scores))
        found: list[dict[str, dict[str, float]]] = []
        for row in shares.tolist():
            by_slot: dict[str, dict[str, float]] = {}
            for (slot, value), share in zip(self.labels, row, strict=True):
                by_slot.setdefault(slot, {})[value] = share
            found.append(by_slot)
        return found

    def state(self) -> dict[str, Any]:
        """What must be kept to load the model again: text, numbers and arrays only."""
        return {
            "features": self.features.state(),
            "labels": "\n".join(f"{slot}\t{value}" for slot, value in self.labels),
            "coefficients": self.coefficients,
            "intercepts": self.intercepts,
        }

    @classmethod
    def of(cls, state: dict[str, Any]) -> "ChoiceModel":
        """The model that was kept as a state."""
        labels = [tuple(line.split("\t")) for line in state["labels"].split("\n")]
        return cls(
            Features.of(state["features"]),
            [(slot, value) for slot, value in labels],
            state["coefficients"],
            state["intercepts"],
        )


def _by_text(values: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Each answer with all the values that it stands under."""
    found: dict[str, set[str]] = {}
    for value, texts in values.items():
        for text in texts:
            found.setdefault(text, set()).add(value)
    return found
