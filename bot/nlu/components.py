"""What Rasa asks of a component: to be made where nothing is trained, and to be given the conversation."""

from abc import ABC, abstractmethod
from typing import Any, List, Optional, Self  # noqa: UP035  Rasa gives the tracker to these very annotations alone

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.past import Past, before_message


class Untrained(GraphComponent):
    """A component that learns nothing."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to configure: words stand in data/values, limits beside the code that they are for."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """A component (Rasa calls this)."""
        return cls()


class ReadsPast(ABC):
    """A component that is told what came before the message that it reads."""

    def process(
        self,
        messages: List[Message],  # noqa: UP006  as above
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045  as above
    ) -> List[Message]:  # noqa: UP006  as above
        """Reads each message (Rasa calls this)."""
        return self.read(messages, before_message(tracker))

    @abstractmethod
    def read(self, messages: list[Message], past: Past) -> list[Message]:
        """Adds to each message what the component reads in it."""
