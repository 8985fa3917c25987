"""Base classes of NLU components: one without training, one that reads the conversation so far."""

from abc import ABC, abstractmethod
from typing import Any, List, Optional, Self  # noqa: UP035  Rasa passes the tracker only where `process` has exactly these annotations

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.past import Past, before_message


class Untrained(GraphComponent):
    """A component without training and without configuration."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return no settings: words are in data/values, thresholds in the code."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Create the component (Rasa calls this)."""
        return cls()


class ReadsPast(ABC):
    """A component that reads messages in the light of what came before them."""

    def process(
        self,
        messages: List[Message],  # noqa: UP006  as above
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045  as above
    ) -> List[Message]:  # noqa: UP006  as above
        """Read the messages with the past that the tracker holds (Rasa calls this)."""
        return self.read(messages, before_message(tracker))

    @abstractmethod
    def read(self, messages: list[Message], past: Past) -> list[Message]:
        """Add the component's results to each message and return the messages."""
