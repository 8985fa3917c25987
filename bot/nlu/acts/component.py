"""Rasa component that adds `acts` to each message, and its intent in the context of the conversation."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.acts import reader
from bot.nlu.certainty import UNDERSTOOD
from bot.nlu.components import ReadsPast, Untrained
from bot.nlu.intents.component import PARTS, WHOLE
from bot.nlu.intents.labels import Labels
from bot.nlu.reading import ACTS, REST, read_each
from bot.past import Past

_RANKING = 10
_FALLBACK = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ActReader(ReadsPast, Untrained):
    """Reads the labels of a message and its parts into acts; an unsure label becomes `nlu_fallback`."""

    def read(self, messages: list[Message], past: Past) -> list[Message]:
        """The messages with `acts`, and with `rest` where the form is given only a part of the message."""
        return read_each(messages, lambda message: _add_acts(message, past))


def _add_acts(message: Message, past: Past) -> None:
    reading = reader.read(message.get(TEXT) or "", message.get(WHOLE) or Labels([]), message.get(PARTS) or (), past)
    ranking = [{"name": name, "confidence": share} for name, share in reading.ranking[:_RANKING]]
    if not reading.understood:
        # Like Rasa's FallbackClassifier, which puts the fallback first.
        ranking.insert(0, {"name": _FALLBACK, "confidence": UNDERSTOOD})
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
    message.set(ACTS, [act.kept() for act in reading.acts], add_to_output=True)
    if reading.rest is not None:
        message.set(REST, [list(span) for span in reading.rest], add_to_output=True)
