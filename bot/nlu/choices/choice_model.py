"""Choice model: for each slot, logistic regression from an answer to the values that it chooses.

docs/decisions/0008-learnt-choices.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from bot.nlu.learning.embedding import Matrix
from bot.nlu.learning.features import Features

SEED = 42
# Slots whose values may occur together in one answer ('jeg hører dårligt og glemmer').
SEVERAL = {"recording_grounds"}
NOTHING = "nothing"
_C = 20.0
_MOST_STEPS = 400
# Pairs of slots that the same answer may fit: 'så jeg kan huske det' is a ground and a purpose.
_ALIKE = (
    {"recording_grounds", "recording_purpose"},
    {"agreement", "support_person_possible"},
    *({"reason", slot} for slot in ("recording_grounds", "recording_purpose", "support_person_possible")),
)
# What of the request a clause tells: it may answer any slot as well.
_OF_ANY_SLOT = {"told_of", "reason_added"}
# Said beside answers, so that an answer says none of it; whether it also answers, is left open.
_BESIDE_ANSWERS = {"taken_back", "capacity", "text_edit", "told_beside"}
# Answers to any slot may tell it as well.
_TOLD_BESIDE = "told_beside"

Answers = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass
class ChoiceModel:
    """Gives the probabilities of each slot's values. The same answers give the same model."""

    features: Features
    labels: list[tuple[str, str]]  # slot and value, a column each; of a slot with one value at a time also `nothing`
    coefficients: Matrix
    intercepts: Matrix

    @classmethod
    def fit(cls, answers: Answers, others: Sequence[str]) -> "ChoiceModel":
        """Train on the answers to each slot, by value (`nothing`: no answer), and on messages that answer no slot."""
        known = {slot: _by_text(values) for slot, values in answers.items()}
        texts = sorted({text for slot in known.values() for text in slot} | set(others))
        features, rows = Features.fit(texts)
        place = {text: index for index, text in enumerate(texts)}
        labels: list[tuple[str, str]] = []
        columns: list[Matrix] = []
        for slot, said in known.items():
            # Answers to other slots are counterexamples, except of slots that may be answered alike.
            of_other_slots = [
                text
                for other, answers_ in known.items()
                if not _may_be_alike(slot, other)
                for text, values in answers_.items()
                if values != {NOTHING}
            ]
            used = [*said, *(text for text in dict.fromkeys([*of_other_slots, *others]) if text not in said)]
            chosen = rows[[place[text] for text in used]]
            for value in sorted({value for values in said.values() for value in values} - {NOTHING}):
                truth = np.array([value in said.get(text, ()) for text in used])
                classifier = LogisticRegression(
                    C=_C, max_iter=_MOST_STEPS, random_state=SEED, solver="liblinear", class_weight="balanced"
                )
                # Its products are too small for two cores, which would only wait for each other.
                with threadpool_limits(limits=1, user_api="blas"):
                    classifier.fit(chosen, truth)
                labels.append((slot, value))
                columns.append(np.append(classifier.coef_[0], classifier.intercept_[0]).astype(np.float32))
        table = np.stack(columns, axis=1)
        return cls(features, labels, np.ascontiguousarray(table[:-1]), table[-1])

    def probabilities(self, text: str) -> dict[str, dict[str, float]]:
        """Return the probability of each value of each slot; those of a slot need not add up to one."""
        return self.all_probabilities([text])[0]

    def all_probabilities(self, texts: Sequence[str]) -> list[dict[str, dict[str, float]]]:
        """Return the probabilities for several texts, in little more time than for one."""
        scores: Matrix = self.features.rows(texts) @ self.coefficients + self.intercepts
        shares: Matrix = 1.0 / (1.0 + np.exp(-scores))
        results: list[dict[str, dict[str, float]]] = []
        for row in shares.tolist():
            by_slot: dict[str, dict[str, float]] = {}
            for (slot, value), share in zip(self.labels, row, strict=True):
                by_slot.setdefault(slot, {})[value] = share
            results.append(by_slot)
        return results

    def state(self) -> dict[str, Any]:
        """Return the model as text, numbers and arrays, for `of`."""
        return {
            "features": self.features.state(),
            "labels": "\n".join(f"{slot}\t{value}" for slot, value in self.labels),
            "coefficients": self.coefficients,
            "intercepts": self.intercepts,
        }

    @classmethod
    def of(cls, state: dict[str, Any]) -> "ChoiceModel":
        """Restore the model from what `state` returned."""
        labels = [tuple(line.split("\t")) for line in state["labels"].split("\n")]
        return cls(
            Features.of(state["features"]),
            [(slot, value) for slot, value in labels],
            state["coefficients"],
            state["intercepts"],
        )


def _by_text(values: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Return each answer with all the values that it is listed under."""
    values_of: dict[str, set[str]] = {}
    for value, texts in values.items():
        for text in texts:
            values_of.setdefault(text, set()).add(value)
    return values_of


def _may_be_alike(slot: str, other: str) -> bool:
    """Whether an answer to the other slot may answer this one as well, so that it is no counterexample."""
    if slot == _TOLD_BESIDE:
        return True
    beside = other in _BESIDE_ANSWERS or (slot in _BESIDE_ANSWERS and other == "steering")
    return slot == other or beside or bool({slot, other} & _OF_ANY_SLOT) or {slot, other} in _ALIKE
