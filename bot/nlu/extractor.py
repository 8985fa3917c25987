"""Bot room, NLU: Rasa's component around the values found in a sentence (dates, departments, names ...)."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.reading import REST, read_each
from bot.nlu.values import find_values
from common.clock import now
from common.rest import in_whole, joined


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueExtractor(GraphComponent, EntityExtractorMixin):
    """Adds the values of a message as entities: `rule` found it; `negated`: not so; `aside`: of another matter."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to configure: the patterns are data, in data/values."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ValueExtractor":
        """An extractor (Rasa calls this)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds entities to each message."""
        return read_each(messages, _add_values)


def _add_values(message: Message) -> None:
    text = message.get(TEXT) or ""
    spans = message.get(REST)
    read = text if spans is None else joined(text, spans)
    found = [
        {
            "entity": value.entity,
            "start": value.start if spans is None else in_whole(value.start, spans),
            "end": value.end if spans is None else in_whole(value.end, spans),
            "value": value.value,
            "rule": value.rule,
            "negated": value.negated,
            "aside": value.aside,
            "extractor": "ValueExtractor",
        }
        for value in find_values(read, now())
    ]
    message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
