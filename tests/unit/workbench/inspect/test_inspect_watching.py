"""Bot inspect: looking on changes nothing, and what is seen is told by the assistant's own clock."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from inspected import a_request

from workbench.inspect.conversations import Conversations
from workbench.inspect.stopwatch import Stopwatch, replaced


def test_times_are_taken_of_each_turn_by_itself() -> None:
    class Processor:
        async def _run_action(self, action: Any) -> None:
            await store.save()
            await endpoint.request(json={"next_action": "validate_request_form"})

    class Store:
        async def retrieve(self) -> None: ...
        async def save(self) -> None: ...

    class Endpoint:
        async def request(self, json: dict[str, str]) -> None: ...

    class Agent:
        processor = Processor()

        async def handle_message(self, message: Any) -> None:
            await asyncio.sleep(0)
            await self.processor._run_action(SimpleNamespace(name=lambda: f"utter_{message.message_id}"))

    store, endpoint, agent = Store(), Endpoint(), Agent()
    everything: Any = agent
    everything.tracker_store, everything.action_endpoint = store, endpoint
    stopwatch = Stopwatch()

    async def two_at_once() -> None:
        await store.save()  # outside any turn: nobody's time
        await asyncio.gather(*(agent.handle_message(SimpleNamespace(message_id=id)) for id in ("a", "b")))

    with stopwatch.measuring(everything):
        asyncio.run(two_at_once())
    for id in ("a", "b"):
        laps = [(lap.kind, lap.name) for lap in stopwatch.of(id).laps]
        assert laps == [("store", "gem"), ("server", "validate_request_form"), ("action", f"utter_{id}")]
    assert "handle_message" not in vars(agent) and "save" not in vars(store), "taken off again"


def test_what_was_there_comes_back_after_a_failure() -> None:
    class Owner:
        thing = 1

    with pytest.raises(ValueError, match="midt i"), replaced(Owner, "thing", 2):
        raise ValueError("midt i")
    assert Owner.thing == 1


def test_a_turn_is_told_by_the_clock_that_the_assistant_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant: Any = SimpleNamespace(conversation=lambda token: token, tracker=lambda _: a_request())
    conversations = Conversations(assistant)
    conversations.opened(1, "token")
    real = conversations.turns(1)[0].at
    monkeypatch.setenv("NOW", "2026-12-24T11:00:00+01:00")
    moved = (conversations.turns(1)[0].at - real) - (datetime.fromisoformat("2026-12-24T10:00:00Z") - datetime.now(UTC))
    assert abs(moved.total_seconds()) < 5
    assert conversations.turns(2) == [], "a chat that was never opened"
