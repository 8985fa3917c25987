"""Parsing blocks nobody else, and short texts are parsed before long ones."""

import asyncio
import time
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.action_server import ActionServer
from bot.agent import ChatAgent, ParseQueue
from bot.conversations.locks import LocalLocks
from bot.conversations.store import Conversations


class Parse:
    """A parser that blocks its thread for a tenth of a second a character."""

    def __init__(self) -> None:
        self.read: list[str] = []

    async def __call__(self, message: UserMessage, *more: Any, **named: Any) -> dict[str, Any]:
        text = str(message.text)
        time.sleep(len(text) / 10)
        self.read.append(text)
        if "?" in text:
            raise ValueError(text)
        return {"text": text, "more": more, **named}


def test_other_messages_are_answered_while_a_text_is_parsed() -> None:
    async def act() -> None:
        reading = asyncio.create_task(
            ParseQueue(Parse()).parse(UserMessage("aaaaa"), "tracker", only_output_properties=True)
        )
        longest, before = 0.0, time.perf_counter()
        while not reading.done():
            await asyncio.sleep(0.005)
            longest, before = max(longest, time.perf_counter() - before), time.perf_counter()
        assert await reading == {"text": "aaaaa", "more": ("tracker",), "only_output_properties": True}
        assert longest < 0.25

    asyncio.run(act())


def test_the_shortest_waiting_text_is_parsed_first() -> None:
    async def act() -> None:
        parse = Parse()
        queue = ParseQueue(parse)
        texts = ["aa", "bbb", "ccc", "d", "ee"]
        found = await asyncio.gather(*(queue.parse(UserMessage(text)) for text in texts))
        assert [one["text"] for one in found] == texts
        assert parse.read == ["aa", "d", "ee", "bbb", "ccc"]

    asyncio.run(act())


def test_an_error_in_one_parse_does_not_affect_others() -> None:
    async def act() -> None:
        parse = Parse()
        queue = ParseQueue(parse)
        first = asyncio.create_task(queue.parse(UserMessage("aa")))
        gone = asyncio.create_task(queue.parse(UserMessage("gone")))
        broken = asyncio.create_task(queue.parse(UserMessage("b?")))
        last = asyncio.create_task(queue.parse(UserMessage("last!")))
        await asyncio.sleep(0.05)
        gone.cancel()
        assert (await first)["text"] == "aa" and (await last)["text"] == "last!"
        with pytest.raises(ValueError, match="b"):
            await broken
        assert "gone" not in parse.read

    asyncio.run(act())


def test_the_agent_uses_the_given_tracker_store(tmp_path: Any) -> None:
    store = Conversations(f"sqlite:///{tmp_path}/conversations.db")
    agent = ChatAgent(store, LocalLocks(), ActionServer("http://127.0.0.1:1/webhook", "x" * 32))
    assert agent.tracker_store is store
