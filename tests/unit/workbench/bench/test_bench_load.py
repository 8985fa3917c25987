"""What is measured is what a citizen waits: by turns, by several at once, and at a rate that nobody slows down."""

import asyncio
from collections import Counter
from typing import Any

import aiohttp
import pytest

from workbench.bench import load
from workbench.bench.load import Times
from workbench.bench.rows import Row, Rows, table


class _Chat:
    """Answers in a given time, one turn at a time where `alone`."""

    def __init__(self, seconds: float, said: Counter[str], alone: asyncio.Lock | None = None) -> None:
        self._seconds, self._said, self._alone = seconds, said, alone

    async def open(self) -> None:
        self._said["opened"] += 1

    async def say(self, text: str) -> list[dict[str, Any]]:
        self._said[text] += 1
        if self._alone:
            async with self._alone:
                await asyncio.sleep(self._seconds)
        else:
            await asyncio.sleep(self._seconds)
        return []


def test_servers_are_told_the_same_in_turn() -> None:
    slow, fast = Counter[str](), Counter[str]()
    chats = {"slow": lambda _: _Chat(0.02, slow), "fast": lambda _: _Chat(0.001, fast)}
    found = asyncio.run(load.in_turns(chats, ["a", "b", "c"], 24))
    assert slow == fast == Counter(a=8, b=8, c=8, opened=3)
    assert len(found["slow"].each) == 24
    assert 20 <= found["slow"].percentile(50) < 60 and found["fast"].percentile(50) < 15


def test_as_many_as_are_asked_for_speak_at_once() -> None:
    said = Counter[str]()
    found = asyncio.run(load.closed(lambda _: _Chat(0.05, said), ["a"], 10, 0.4))
    # Ten at a time, each some 20 turns a second.
    assert 60 < found.rate < 220 and said["opened"] >= 10
    assert len(found.each) == said["a"]


def test_a_server_that_falls_behind_its_rate_shows_it() -> None:
    """A turn counts from when it was due, so that waiting for others is not left out."""

    async def measure(seconds: float) -> Times:
        alone = asyncio.Lock()
        return await load.at_rate(lambda _: _Chat(seconds, Counter(), alone), ["a"], 20, 1.0)

    # The slowest of 20 turns are those that other processes of the machine hold up: half of them tell of the server.
    assert asyncio.run(measure(0.005)).percentile(50) < 40
    # It can answer 10 of the 20 a second.
    behind = asyncio.run(measure(0.1))
    assert len(behind.each) == 20 and behind.percentile(100) > 900 and behind.percentile(50) > 400


def test_a_refused_turn_ends_the_measuring() -> None:
    class Refusing(_Chat):
        async def say(self, text: str) -> list[dict[str, Any]]:
            raise aiohttp.ClientError

    with pytest.raises(aiohttp.ClientError):
        asyncio.run(load.closed(lambda _: Refusing(0, Counter()), ["a"], 2, 0.2))


def test_ours_is_shown_as_a_share_of_rasas_own() -> None:
    figures = Rows()
    figures.add("turns", "en tur", "ms", {"vores": 20.0, "Rasas egen": 80.0})
    figures.add("turns", "en anmodning", "ms", {"vores": 1234.0})
    assert [row.ratio for row in figures.rows] == [0.25, None]
    assert table(figures.rows).row_count == 2
    assert Row("", "", "", {"vores": 0.0, "Rasas egen": 2.0}).ratio == 0
