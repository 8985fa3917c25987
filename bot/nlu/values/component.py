"""Rasa component that adds the values of a message as entities."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components import Untrained
from bot.nlu.reading import REST, read_each
from bot.nlu.values import values_in
from common.rest import in_whole, joined


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueExtractor(Untrained, EntityExtractorMixin):
    """Adds an entity for each value, with `rule`, `negated` and `aside` as in `Value`.

    Where the message also asks something, only the rest that is meant for the request (`REST`) is read.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """The same messages, each with its entities."""
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
        for value in values_in(read)
    ]
    message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
