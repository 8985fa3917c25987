"""Rasa's agent with our store of conversations used directly, and with messages parsed outside the event loop."""

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
from rasa.utils.endpoints import EndpointConfig

from bot.conversations.store import Conversations
from bot.conversations.tracker import Tracker
from bot.generator import Generator
from bot.responses import Responses
from common.memo import one_message

Parsed = dict[str, Any]
# Holds a question, a day and an hour.
_FIRST_MESSAGE = "Må jeg optage mødet på torsdag kl. 14?"


class ChatAgent(Agent):
    """Rasa's agent in the server of the web chat."""

    def __init__(self, store: Conversations, locks: LockStore, actions: EndpointConfig) -> None:
        """`actions`: the endpoint of the action server."""
        self._generator = Generator()
        super().__init__(tracker_store=store, lock_store=locks, action_endpoint=actions, generator=self._generator)
        # Without Rasa's fail-safe wrapper: when the store fails it returns an empty conversation and keeps new events
        # in memory, where no erasure finds them. The channel answers the store's errors itself.
        self.tracker_store: Conversations = store

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Loads a trained model and queues the parsing of messages. Call it outside an event loop."""
        super().load_model(model_path, fingerprint)
        processor: Any = self.processor
        # Loads what is loaded lazily (spaCy, embeddings), so that the first citizen does not wait for it.
        asyncio.run(processor.parse_message(UserMessage(_FIRST_MESSAGE)))
        processor.parse_message = ParseQueue(processor.parse_message).parse

    async def handle_message(self, message: UserMessage) -> Any:
        """Answers a message; the whole turn is said from the responses that stand when it begins."""
        with self._generator.turn():
            return await super().handle_message(message)

    def say_from(self, responses: Responses) -> None:
        """Says these responses from the next turn on; they have the names of the model's."""
        self._generator.responses = responses

    async def answer(self, message: UserMessage, tracker: Tracker) -> None:
        """Answers a message in the loaded tracker of its conversation, and saves it; the caller holds its lock.

        Raises Outdated, and has saved nothing, where the conversation was saved or erased since it was loaded.
        """
        assert self.processor is not None
        with self._generator.turn(), self.tracker_store.turn(tracker):
            await self.processor.handle_message(message)


class ParseQueue:
    """Parses messages one at a time in a thread of its own, so that the event loop stays free.

    The shortest message goes first: a long one can take a hundred times as long.
    """

    def __init__(self, parse: Callable[..., Coroutine[Any, Any, Parsed]]) -> None:
        """`parse`: Rasa's own `parse_message`."""
        self._parse = parse
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="parser")
        # Its event loop is used in that thread only, and made once.
        self._loop = asyncio.Runner()
        self._waiting: PriorityQueue[tuple[int, int, Callable[[], None]]] = PriorityQueue()
        self._numbers = itertools.count()

    async def parse(self, message: UserMessage, *args: Any, **kwargs: Any) -> Parsed:
        """Takes and returns what Rasa's `parse_message` does."""
        done: Future[Parsed] = Future()
        job = partial(self._run, done, copy_context(), partial(self._parse, message, *args, **kwargs))
        self._waiting.put((len(message.text or ""), next(self._numbers), job))
        self._thread.submit(self._run_shortest)
        return await asyncio.wrap_future(done)

    def _run_shortest(self) -> None:
        *_, job = self._waiting.get_nowait()
        job()

    def _run(self, done: "Future[Parsed]", context: Context, parse: Callable[[], Coroutine[Any, Any, Parsed]]) -> None:
        # False when the caller has cancelled meanwhile.
        if not done.set_running_or_notify_cancel():
            return
        try:
            done.set_result(self._loop.run(self._in_one_message(parse), context=context))
        except BaseException as error:
            done.set_exception(error)

    @staticmethod
    async def _in_one_message(parse: Callable[[], Coroutine[Any, Any, Parsed]]) -> Parsed:
        with one_message():
            return await parse()
