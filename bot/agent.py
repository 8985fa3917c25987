"""Rasa's agent as the web chat needs it: nothing is kept beside the store, and reading a text holds up nobody."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context, copy_context
from functools import partial
from pathlib import Path
from queue import PriorityQueue
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.utils.endpoints import EndpointConfig

Parsed = dict[str, Any]


class ChatAgent(Agent):
    """The agent of the server."""

    def __init__(self, store: TrackerStore, locks: LockStore, actions: EndpointConfig) -> None:
        """`actions`: the way to the action server."""
        super().__init__(tracker_store=store, lock_store=locks, action_endpoint=actions)
        # Rasa wraps a store into one that answers with an empty conversation when it cannot be read, and keeps what
        # cannot be written in memory, where no erasure finds it. Our store's errors are for the channel to answer.
        self.tracker_store = store

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Loads a trained model."""
        super().load_model(model_path, fingerprint)
        processor: Any = self.processor
        processor.parse_message = Reader(processor.parse_message).read


class Reader:
    """Reads texts in a thread of its own, one at a time, so that the server answers others meanwhile.

    The shortest that waits comes first: of 4,000 characters some take half a second, a usual message some milliseconds.
    """

    def __init__(self, parse: Callable[..., Coroutine[Any, Any, Parsed]]) -> None:
        """`parse`: Rasa's own `parse_message`."""
        self._parse = parse
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._waiting: PriorityQueue[tuple[int, int, Callable[[], None]]] = PriorityQueue()
        self._numbers = itertools.count()

    async def read(self, message: UserMessage, *more: Any, **named: Any) -> Parsed:
        """What Rasa's `parse_message` returns."""
        done: Future[Parsed] = Future()
        read = partial(self._read, done, copy_context(), partial(self._parse, message, *more, **named))
        self._waiting.put((len(message.text or ""), next(self._numbers), read))
        self._thread.submit(self._read_shortest)
        return await asyncio.wrap_future(done)

    def _read_shortest(self) -> None:
        *_, read = self._waiting.get_nowait()
        read()

    def _read(self, done: "Future[Parsed]", context: Context, parse: Callable[[], Coroutine[Any, Any, Parsed]]) -> None:
        # Whoever asked may be gone by now.
        if not done.set_running_or_notify_cancel():
            return
        try:
            done.set_result(context.run(lambda: asyncio.run(parse())))
        except BaseException as error:
            done.set_exception(error)
