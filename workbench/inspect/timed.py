"""The server's agent with a stopwatch: subclasses of the bot's parts, and Rasa's hooks around the graph's nodes."""

import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import GraphNodeHook
from rasa.shared.core.trackers import DialogueStateTracker

from bot.action_server import ActionServer
from bot.agent import ChatAgent
from bot.conversations.store import Conversations
from bot.conversations.tracker import Tracker
from bot.stores import lock_store
from common.databases import keep_private
from common.settings import Settings
from workbench.inspect.stopwatch import Stopwatch

# The policies run in the same graph as the NLU; these words are in the names of their nodes.
_CHOOSING = ("policy", "prediction", "domain", "rule_only")


def timed_agent(stopwatch: Stopwatch, config: Settings) -> ChatAgent:
    """The agent of bot.server.chat_agent, measured."""
    database = config.database("conversations")
    keep_private(database)
    store = _TimedStore(database)
    actions = _TimedActionServer(config.action_url, config.action_secret)
    store.stopwatch = actions.stopwatch = stopwatch
    return TimedAgent(stopwatch, store, lock_store(config), actions)


class TimedAgent(ChatAgent):
    """Measures turns, graph nodes and actions."""

    def __init__(self, stopwatch: Stopwatch, *parts: Any) -> None:
        """`parts`: those of ChatAgent."""
        super().__init__(*parts)
        self._stopwatch = stopwatch

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Loads a trained model, and measures it from then on."""
        super().load_model(model_path, fingerprint)
        measure(self.processor, self._stopwatch)

    async def answer(self, message: UserMessage, tracker: Tracker) -> None:
        """Answers a message."""
        with self._stopwatch.turn(message.message_id):
            await super().answer(message, tracker)


def measure(processor: Any, stopwatch: Stopwatch) -> None:
    """Measures the graph nodes and the actions of one MessageProcessor."""
    # A graph runner takes hooks only when it is made, and MessageProcessor makes it without any.
    for node in processor.graph_runner._instantiated_nodes.values():
        node._hooks.append(NodeHook(stopwatch))
    run_action = processor._run_action

    async def timed(action: Any, *args: Any, **kwargs: Any) -> Any:
        with stopwatch.lap("action", action.name()):
            return await run_action(action, *args, **kwargs)

    # Replaced on this one object: Rasa has no hook around actions, and Agent.load_model names the class
    # MessageProcessor itself, so that a subclass cannot be handed in.
    processor._run_action = timed


class NodeHook(GraphNodeHook):
    """Rasa's hook before and after a node of the graph."""

    def __init__(self, stopwatch: Stopwatch) -> None:
        self._stopwatch = stopwatch

    def on_before_node(self, **call: Any) -> dict[str, float]:
        """Returns the time at which the node starts."""
        return {"started": time.perf_counter()}

    def on_after_node(self, *, node_name: str, input_hook_data: dict[str, float], **call: Any) -> None:
        """Adds the node as a lap."""
        kind = "choosing" if any(word in node_name.lower() for word in _CHOOSING) else "reading"
        name = node_name.removeprefix("run_").rpartition(".")[2].rstrip("0123456789")
        self._stopwatch.add(kind, name, input_hook_data["started"])


class _TimedStore(Conversations):
    stopwatch: Stopwatch

    async def load(self, conversation: str, turn: str | None = None) -> Tracker:
        # Loaded before Rasa answers, and a part of its turn.
        with self.stopwatch.turn(turn) if turn else nullcontext(), self.stopwatch.lap("store", "hent"):
            return await super().load(conversation, turn)

    async def save(self, tracker: DialogueStateTracker) -> None:
        with self.stopwatch.lap("store", "gem"):
            await super().save(tracker)


class _TimedActionServer(ActionServer):
    stopwatch: Stopwatch

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        with self.stopwatch.lap("server", str((kwargs.get("json") or {}).get("next_action") or "")):
            return await super().request(*args, **kwargs)
