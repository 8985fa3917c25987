"""Bot room, NLU: Rasa's component around the intent model."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.cache import cached_embeddings
from bot.nlu.embedding import spare_cores
from bot.nlu.kept import KeepsModel
from bot.nlu.model import IntentModel
from bot.nlu.reading import read_each
from common.settings import settings

_RANKING = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DanishIntentClassifier(KeepsModel, IntentClassifier):
    """Gives each message its intent and the ten most likely ones, as Rasa's own classifiers do."""

    MODEL = IntentModel
    FILE = "intents.skops"

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the labelled examples and keeps the model."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        embeddings = cached_embeddings(texts, settings().data_dir / "cache")
        return self.keep(IntentModel.fit(texts, [example.get(INTENT) for example in examples], embeddings))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """The trained component out of Rasa's storage, in a process that is to read messages with it."""
        component = super().load(config, model_storage, resource, execution_context, **kwargs)
        spare_cores()
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds intent and ranking to each message."""
        return read_each(messages, self._add_intent)

    def _add_intent(self, message: Message) -> None:
        ranking = [{"name": name, "confidence": confidence} for name, confidence in self._rank(message.get(TEXT) or "")]
        message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)

    def _rank(self, text: str) -> list[tuple[str, float]]:
        return self._model.rank(text)[:_RANKING] if self._model and text.strip() else []
