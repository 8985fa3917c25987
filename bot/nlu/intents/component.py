"""Rasa component of the intent model: labels a message, and its parts where it has several."""

from collections.abc import Sequence
from typing import Any, Self

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.clauses import bare, clauses
from bot.nlu.components import ReadsPast
from bot.nlu.intents.cuts import labelled_parts
from bot.nlu.intents.intent_model import IntentModel
from bot.nlu.intents.labels import Labels
from bot.nlu.learning.embedding import spare_cores
from bot.nlu.learning.embedding_cache import kept_embeddings
from bot.nlu.learning.model_component import ModelComponent
from bot.nlu.parts import Part, asked_again
from bot.nlu.reading import LABEL_OF, read_each
from bot.past import Past
from common.settings import settings

# Keys of a Rasa message for later components, not in the parse result: the labels of the whole and of each part.
WHOLE, PARTS = "whole", "parts"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DanishIntentClassifier(ReadsPast, ModelComponent, IntentClassifier):
    """Sets the intent of each message, and the labels of the whole and of its parts."""

    MODEL = IntentModel
    FILE = "intents.skops"

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the labelled examples, weighed by their `after`, and store the model."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        embeddings = kept_embeddings(texts, settings().data_dir / "cache")
        labels = [example.get(INTENT) for example in examples]
        after = [(example.get(METADATA) or {}).get(METADATA_INTENT, {}).get("after") for example in examples]
        return self.keep(IntentModel.fit(texts, labels, embeddings, after))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Load the trained component into a process that reads messages (Rasa calls this)."""
        component = super().load(config, model_storage, resource, execution_context, **kwargs)
        spare_cores()
        return component

    def read(self, messages: list[Message], past: Past) -> list[Message]:
        """Add intent and labels to each message."""
        return read_each(messages, lambda message: self._add_labels(message, past))

    def _add_labels(self, message: Message, past: Past) -> None:
        text = message.get(TEXT) or ""
        whole, parts = Labels([]), list[tuple[Part, Labels]]()
        if self._model and text.strip():
            whole, parts = labelled_parts(text, past, lambda pieces: self._labels(text, pieces, past.follows))
            if past.in_form:
                message.set(LABEL_OF, self._labels_of_clauses(text))
        message.set(WHOLE, whole)
        message.set(PARTS, parts)
        name, confidence = whole.ranking[0] if whole.ranking else (None, 0.0)
        message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)

    def _labels_of_clauses(self, text: str) -> dict[str, tuple[str, float]]:
        """The likeliest label of each bare clause, by its text, from the linear model alone."""
        said = [bare(text[start:end]) for start, end in clauses(text)]
        labels = self._model.read(said, range(len(said))) if said else []
        return {clause: of.ranking[0] for clause, of in zip(said, labels, strict=True)}

    def _labels(self, text: str, pieces: Sequence[Part], after: str | None) -> list[Labels]:
        # Only parts that ask are worth the time of an embedding.
        not_embedded = [place for place, part in enumerate(pieces, start=1) if not part.asks]
        return self._model.read(
            [asked_again(piece) for piece in (text, *(part.text for part in pieces))], not_embedded, after
        )
