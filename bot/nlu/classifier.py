"""Bot room, NLU: Rasa's component around the intent model."""

from typing import Any

import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.cache import cached_embeddings
from bot.nlu.model import IntentModel
from common.settings import settings

_FILE = "intents.skops"
_RANKING = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DanishIntentClassifier(IntentClassifier, GraphComponent):
    """Gives each message its intent and the ten most likely ones, as Rasa's own classifiers do."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: IntentModel | None = None) -> None:
        """A classifier that keeps its model in Rasa's storage."""
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to configure: what was tuned is in bot/nlu/model.py, with its measurements."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DanishIntentClassifier":
        """An untrained classifier (Rasa calls this)."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the labelled examples and keeps the model."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        embeddings = cached_embeddings(texts, settings().data_dir / "cache")
        self._model = IntentModel.fit(texts, [example.get(INTENT) for example in examples], embeddings)
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
    ) -> "DanishIntentClassifier":
        """The trained classifier out of Rasa's storage."""
        with model_storage.read_from(resource) as folder:
            # Nothing but text, numbers and arrays is kept: no type needs to be trusted.
            state = skops.io.load(folder / _FILE, trusted=[])
        return cls(model_storage, resource, IntentModel.of(state))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds intent and ranking to each message."""
        for message in messages:
            ranking = [
                {"name": name, "confidence": confidence} for name, confidence in self._rank(message.get(TEXT) or "")
            ]
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> list[tuple[str, float]]:
        return self._model.rank(text)[:_RANKING] if self._model and text.strip() else []
