"""The whole assistant of the dialogues, with what the page looks at: the agent, its model, its times."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from bot.nlu.intents.intent_model import IntentModel
from workbench.inspect.stopwatch import Stopwatch
from workbench.shared.assistant import Assistant


class InspectedAssistant(Assistant):
    """A assistant that is looked at while it is open."""

    def __init__(self, model: Path) -> None:
        """Starts it, and begins to measure."""
        super().__init__(model)
        self.stopwatch = Stopwatch()
        self._watching = ExitStack()
        self._watching.enter_context(self.stopwatch.measuring(self.agent))

    @property
    def agent(self) -> Agent:
        """Rasa's agent, as the chat uses it."""
        return self._agent

    def intent_model(self) -> IntentModel:
        """The trained model that tells intents apart."""
        processor: Any = self._agent.processor
        nodes = processor.graph_runner._instantiated_nodes
        found = next(node for name, node in nodes.items() if "DanishIntentClassifier" in name)
        model: IntentModel = found._component._model
        return model

    def close(self) -> None:
        """Stops looking, then everything."""
        self._watching.close()
        super().close()
