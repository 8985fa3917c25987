"""Rasa's component around the acts: adds `acts` to each message, and its intent in the light of what came before."""

from typing import Any, List, Optional  # noqa: UP035  Rasa gives the tracker to this very annotation

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.acts import reader
from bot.nlu.acts.limits import UNDERSTOOD
from bot.nlu.classifier import PARTS, RANKED, WEIGHTS
from bot.nlu.reading import ACTS, REST, read_each
from bot.past import Past, before_message

_RANKING = 10
_FALLBACK = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ActReader(GraphComponent):
    """Reads a message's labels and those of its parts into acts; what is not sure enough is `nlu_fallback`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to configure: the limits stand in bot/nlu/acts/limits.py, with what they were measured on."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ActReader":
        """A reader (Rasa calls this)."""
        return cls()

    def process(
        self,
        messages: List[Message],  # noqa: UP006
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045
    ) -> List[Message]:  # noqa: UP006
        """Adds `acts`, and where a form is to be given a part of the message only, `rest`."""
        past = before_message(tracker)
        return read_each(messages, lambda message: _add_acts(message, past))


def _add_acts(message: Message, past: Past) -> None:
    reading = reader.read(
        message.get(TEXT) or "", message.get(RANKED) or [], message.get(PARTS) or (), past, message.get(WEIGHTS) or {}
    )
    ranking = [{"name": name, "confidence": share} for name, share in reading.ranking[:_RANKING]]
    if not reading.understood:
        # As Rasa's FallbackClassifier has it: what is unsure stands below what it is taken for.
        ranking.insert(0, {"name": _FALLBACK, "confidence": UNDERSTOOD})
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set("intent_ranking", ranking, add_to_output=True)
    message.set(ACTS, [act.kept() for act in reading.acts], add_to_output=True)
    if reading.rest is not None:
        message.set(REST, [list(span) for span in reading.rest], add_to_output=True)
