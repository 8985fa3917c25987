"""The whole assistant for the inspector: measures each turn, and gives access to the agent and its intent model."""

from functools import partial
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from bot.nlu.intents.intent_model import IntentModel
from workbench.inspect.stopwatch import Stopwatch
from workbench.inspect.timed import timed_agent
from workbench.shared.assistant import Assistant


class InspectedAssistant(Assistant):
    """An assistant whose `stopwatch` has the times of every turn."""

    def __init__(self, model: Path) -> None:
        """Starts everything, with the trained model in that file."""
        self.stopwatch = Stopwatch()
        super().__init__(model, partial(timed_agent, self.stopwatch))

    @property
    def agent(self) -> Agent:
        """Rasa's agent, as the chat uses it."""
        return self._agent

    def intent_model(self) -> IntentModel:
        """The trained intent model."""
        processor: Any = self._agent.processor
        nodes = processor.graph_runner._instantiated_nodes
        found = next(node for name, node in nodes.items() if "DanishIntentClassifier" in name)
        model: IntentModel = found._component._model
        return model
