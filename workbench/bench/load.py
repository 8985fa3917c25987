"""Says many turns to a server: one after another, by several at once, and at a rate."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import numpy as np

from workbench.bench.chats import Chat, Open

# Then another citizen comes.
_TURNS_A_CONVERSATION = 8
# The server takes 200 from one address; who waits here for a connection waits all the same.
_CONNECTIONS = 150


@dataclass(frozen=True)
class Times:
    """The milliseconds of turns, and the seconds in which they were said."""

    each: Sequence[float]
    seconds: float

    def percentile(self, percent: float) -> float:
        """The milliseconds within which so many percent of the turns were answered."""
        return float(np.percentile(self.each, percent))

    @property
    def rate(self) -> float:
        """Turns a second."""
        return len(self.each) / self.seconds


@asynccontextmanager
async def connected() -> AsyncIterator[aiohttp.ClientSession]:
    """A session of HTTP with as many connections as a server takes."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_CONNECTIONS)) as http:
        yield http


async def timed(chat: Chat, text: str) -> float:
    """Says a message; returns the milliseconds until the answer."""
    begun = time.perf_counter()
    await chat.say(text)
    return (time.perf_counter() - begun) * 1000


async def in_turns(chats: dict[str, Open], texts: Sequence[str], turns: int) -> dict[str, Times]:
    """The same texts to each server, one turn at a time, each server's in turn."""
    each: dict[str, list[float]] = {name: [] for name in chats}
    async with connected() as http:
        said = _texts(texts)
        for _ in range(0, turns, _TURNS_A_CONVERSATION):
            opened = {name: make(http) for name, make in chats.items()}
            for chat in opened.values():
                await chat.open()
            for text in [next(said) for _ in range(_TURNS_A_CONVERSATION)]:
                for name, chat in opened.items():
                    each[name].append(await timed(chat, text))
    return {name: Times(times, sum(times) / 1000) for name, times in each.items()}


async def closed(make: Open, texts: Sequence[str], clients: int, seconds: float) -> Times:
    """So many citizens, each of whom says the next message when the last one is answered."""
    each: list[float] = []
    said = _texts(texts)

    async def citizen(http: aiohttp.ClientSession) -> None:
        while time.perf_counter() < end:
            chat = make(http)
            await chat.open()
            for _ in range(_TURNS_A_CONVERSATION):
                if time.perf_counter() < end:
                    each.append(await timed(chat, next(said)))

    async with connected() as http:
        begun = time.perf_counter()
        end = begun + seconds
        await asyncio.gather(*(citizen(http) for _ in range(clients)))
        return Times(each, time.perf_counter() - begun)


async def at_rate(make: Open, texts: Sequence[str], rate: float, seconds: float) -> Times:
    """So many turns a second, whether or not earlier ones are answered, each by a citizen of its own."""
    count = max(1, round(rate * seconds))
    said = _texts(texts)
    async with connected() as http:
        chats = [make(http) for _ in range(count)]
        for chat in chats:
            await chat.open()
        begun = time.perf_counter()

        async def citizen(number: int, chat: Chat) -> float:
            due = begun + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await chat.say(next(said))
            # From when it was due: a client that is held up must not hide that others wait.
            return (time.perf_counter() - due) * 1000

        each = await asyncio.gather(*(citizen(number, chat) for number, chat in enumerate(chats)))
        return Times(each, time.perf_counter() - begun)


def _texts(texts: Sequence[str]) -> Iterator[str]:
    while True:
        yield from texts
