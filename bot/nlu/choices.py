"""Bot room, NLU: Rasa's component around the choice model: what an answer would choose, for each slot."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.choice_files import read_answers
from bot.nlu.choice_model import NOTHING, ChoiceModel
from common.settings import ROOT

FOLDER = ROOT / "data" / "choices"
ENTITY = "answer"
_FILE = "choices.skops"
# Labels whose lines may well be the answer to a slot; the others' lines are none.
_ANSWERING = {"inform", "correct", "skip", "affirm", "deny", "faq_special_needs", "faq_support_person"}
# Every so many of the others is enough: some 400 lines. With six times as many, a third of the answers was lost.
_EVERY = 25
_EVERY_FOR_STEERING = 10
# What is less likely is of no use to anybody.
_LEAST = 0.1
_CLAUSE = re.compile(r"(?<=[.!?;,])\s+|\s(?=fordi\b|men\b|og\b|så\b)")
_LONGEST = 1000
_MOST_CLAUSES = 12


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ChoiceClassifier(GraphComponent, EntityExtractorMixin):
    """Adds one `answer` entity: each slot's likely values.

    `whole`: how probable the value is as the answer of the whole message; `part`: of the clause that says it best.
    Which slot was asked for is not known here: the form's action decides which answers count.
    """

    def __init__(self, storage: ModelStorage, resource: Resource, model: ChoiceModel | None = None) -> None:
        """A classifier that keeps its model in Rasa's storage."""
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to configure: the answers are data, in data/choices."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ChoiceClassifier":
        """An untrained classifier (Rasa calls this)."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on data/choices and on the intents' lines that answer nothing, and keeps the model."""
        lines = [e.get(TEXT) for e in training_data.intent_examples if e.get(INTENT) not in _ANSWERING and e.get(TEXT)]
        self._model = fit(lines)
        with self._storage.write_to(self._resource) as folder:
            skops.io.dump(self._model.state(), folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "ChoiceClassifier":
        """The trained classifier out of Rasa's storage."""
        with model_storage.read_from(resource) as folder:
            # Nothing but text, numbers and arrays is kept: no type needs to be trusted.
            state = skops.io.load(folder / _FILE, trusted=[])
        return cls(model_storage, resource, ChoiceModel.of(state))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the answers to each message."""
        for message in messages:
            text = (message.get(TEXT) or "")[:_LONGEST]
            found = answers(self._model, text)
            if found:
                entity = {"entity": ENTITY, "start": 0, "end": len(text), "value": found, "rule": "learned"}
                entity["extractor"] = "ChoiceClassifier"
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages


def fit(lines: list[str], folder: Path = FOLDER) -> ChoiceModel:
    """The model of a folder of answers and of lines that answer nothing (some of them are taken)."""
    answers_ = read_answers(folder)
    if "steering" in answers_:
        # What steers is short and sounds like much else: it is told apart from more.
        steering = {**answers_["steering"]}
        steering[NOTHING] = [*steering.get(NOTHING, []), *lines[::_EVERY_FOR_STEERING]]
        answers_["steering"] = steering
    return ChoiceModel.fit(answers_, lines[::_EVERY])


def answers(model: ChoiceModel | None, text: str) -> list[dict[str, Any]]:
    """For each slot's likely values `slot`, `value`, `whole` and `part`."""
    if model is None or not text.strip():
        return []
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()][:_MOST_CLAUSES]
    whole, *rest = model.all_probabilities([text, *(clauses if len(clauses) > 1 else ())])
    parts: defaultdict[tuple[str, str], float] = defaultdict(float)
    for clause in rest:
        for slot, values in clause.items():
            for value, share in values.items():
                parts[slot, value] = max(parts[slot, value], share)
    return [
        {"slot": slot, "value": value, "whole": round(share, 3), "part": round(max(share, parts[slot, value]), 3)}
        for slot, values in whole.items()
        for value, share in values.items()
        if max(share, parts[slot, value]) >= _LEAST
    ]
