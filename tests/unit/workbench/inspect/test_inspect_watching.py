"""`script/bot inspect`: timing turns and graph nodes, and the assistant's clock."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from inspected import a_request
from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import ActionExecuted

from bot.agent import ChatAgent
from workbench.inspect.conversations import Conversations
from workbench.inspect.stopwatch import Stopwatch
from workbench.inspect.timed import measure, timed_agent


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def agent(stopwatch: Stopwatch, tmp_path: Path) -> ChatAgent:
    """The server's agent without a model and without an action server."""
    config: Any = SimpleNamespace(
        database=lambda name: f"sqlite:///{tmp_path}/{name}.db",
        database_url="",
        action_url="http://127.0.0.1:1/webhook",
        action_secret="x" * 32,
        rasa_workers=1,
    )
    return timed_agent(stopwatch, config)


def test_concurrent_turns_are_timed_separately(stopwatch: Stopwatch, agent: ChatAgent) -> None:
    class Processor:
        graph_runner = SimpleNamespace(_instantiated_nodes={})

        async def handle_message(self, message: UserMessage) -> None:
            await asyncio.sleep(0)
            await self._run_action(SimpleNamespace(name=lambda: f"utter_{message.message_id}"), message.sender_id)

        async def _run_action(self, action: Any, sender: str) -> None:
            tracker = await agent.tracker_store.get_or_create_tracker(sender)
            tracker.update(ActionExecuted("action_listen"))
            await agent.tracker_store.save(tracker)
            await agent.action_endpoint.request(json={"next_action": "validate_request_form"})

    agent.processor = Processor()
    measure(agent.processor, stopwatch)

    async def two_at_once() -> None:
        await agent.tracker_store.retrieve("c")  # outside any turn: not counted

        async def one(id: str) -> None:
            await agent.answer(UserMessage("hej", sender_id=id, message_id=id), await agent.tracker_store.load(id, id))

        await asyncio.gather(one("a"), one("b"))

    asyncio.run(two_at_once())
    for id in ("a", "b"):
        laps = [(lap.kind, lap.name) for lap in stopwatch.of(id).laps]
        store = [("store", "hent"), ("store", "gem")]
        assert laps == [*store, ("server", "validate_request_form"), ("action", f"utter_{id}")]
        assert stopwatch.of(id).rasa >= stopwatch.of(id).sum("action") > 0


def test_graph_nodes_are_timed_by_component(stopwatch: Stopwatch) -> None:
    class Component(GraphComponent):
        @classmethod
        def create(cls, config: Any, model_storage: Any, resource: Any, execution_context: Any) -> "Component":
            return cls()

        def process(self) -> str:
            return "read"

    nodes = {
        name: SchemaNode({}, Component, "create", "process", {}, is_target=True)
        for name in ("run_bot.nlu.Extractor3", "run_RulePolicy0")
    }
    schema: Any = GraphSchema(nodes)
    storage: Any = None
    runner = DaskGraphRunner(schema, storage, ExecutionContext(schema))
    measure(SimpleNamespace(graph_runner=runner, _run_action=None), stopwatch)
    with stopwatch.turn("a"):
        assert runner.run() == dict.fromkeys(nodes, "read")
    assert {(lap.kind, lap.name) for lap in stopwatch.of("a").laps} == {
        ("reading", "Extractor"),
        ("choosing", "RulePolicy"),
    }


def test_a_turns_time_is_of_the_assistants_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant: Any = SimpleNamespace(conversation=lambda token: token, tracker=lambda _: a_request())
    conversations = Conversations(assistant)
    conversations.opened(1, "token")
    real = conversations.turns(1)[0].at
    monkeypatch.setenv("NOW", "2026-12-24T11:00:00+01:00")
    moved = (conversations.turns(1)[0].at - real) - (datetime.fromisoformat("2026-12-24T10:00:00Z") - datetime.now(UTC))
    assert abs(moved.total_seconds()) < 5
    assert conversations.turns(2) == [], "a chat that was never opened"
