"""Where the milliseconds of a turn went, measured in Rasa itself while it answers."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import GraphNode

P = ParamSpec("P")
T = TypeVar("T")
# Rasa runs what chooses the next action in the same graph as what reads the text.
_CHOOSING = ("policy", "prediction", "domain", "rule_only")


@dataclass(frozen=True)
class Lap:
    """One thing that was done. `kind`: reading, choosing, action, server (inside an action) or store."""

    kind: str
    name: str
    milliseconds: float


@dataclass
class Times:
    """The laps of a turn, in their order; `rasa` and `whole` are what it took with and without the channel."""

    laps: list[Lap] = field(default_factory=list)
    rasa: float = 0.0
    whole: float = 0.0

    def sum(self, kind: str) -> float:
        """The milliseconds of one kind."""
        return sum(lap.milliseconds for lap in self.laps if lap.kind == kind)


class Stopwatch:
    """Measures every turn of an agent while `measuring`; `times` has them by the message's id."""

    def __init__(self) -> None:
        self.times: dict[str, Times] = {}
        self._now: ContextVar[Times | None] = ContextVar("times", default=None)

    @contextmanager
    def measuring(self, agent: Agent) -> Iterator[None]:
        """Lays the clock around the parts of the agent, and takes it off again."""
        processor: Any = agent.processor
        with ExitStack() as stack:
            for owner, name, wrapped in (
                (agent, "handle_message", self._turn(agent.handle_message)),
                (agent.tracker_store, "retrieve", self._timed("store", "hent", agent.tracker_store.retrieve)),
                (agent.tracker_store, "save", self._timed("store", "gem", agent.tracker_store.save)),
                (processor, "_run_action", self._action(processor._run_action)),
                (agent.action_endpoint, "request", self._server(agent.action_endpoint.request)),
                (GraphNode, "__call__", self._node(GraphNode.__call__)),
            ):
                stack.enter_context(replaced(owner, name, wrapped))
            yield

    def of(self, message_id: str) -> Times:
        """The times of a turn; empty where none were taken."""
        return self.times.get(message_id, Times())

    def arrived(self, message_id: str, milliseconds: float) -> None:
        """Notes what a turn took from the page and back. The same turn sent again counts once."""
        times = self.times.get(message_id)
        if times and not times.whole:
            times.whole = milliseconds

    def _turn(self, handle: Callable[[UserMessage], Awaitable[T]]) -> Callable[[UserMessage], Awaitable[T]]:
        async def timed(message: UserMessage) -> T:
            times = self.times[message.message_id] = Times()
            token = self._now.set(times)
            started = time.perf_counter()
            try:
                return await handle(message)
            finally:
                times.rasa = (time.perf_counter() - started) * 1000
                self._now.reset(token)

        return timed

    def _timed(self, kind: str, name: str, work: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @wraps(work)
        async def timed(*args: P.args, **kwargs: P.kwargs) -> T:
            with self._lap(kind, name):
                return await work(*args, **kwargs)

        return timed

    def _action(self, run: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
        async def timed(action: Any, *args: Any, **kwargs: Any) -> T:
            with self._lap("action", action.name()):
                return await run(action, *args, **kwargs)

        return timed

    def _server(self, request: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
        async def timed(*args: Any, **kwargs: Any) -> T:
            with self._lap("server", str((kwargs.get("json") or {}).get("next_action") or "")):
                return await request(*args, **kwargs)

        return timed

    def _node(self, call: Callable[..., T]) -> Callable[..., T]:
        def timed(node: Any, *args: Any) -> T:
            name = str(node._node_name)
            kind = "choosing" if any(word in name.lower() for word in _CHOOSING) else "reading"
            with self._lap(kind, name.removeprefix("run_").rpartition(".")[2].rstrip("0123456789")):
                return call(node, *args)

        return timed

    @contextmanager
    def _lap(self, kind: str, name: str) -> Iterator[None]:
        times = self._now.get()
        started = time.perf_counter()
        try:
            yield
        finally:
            if times is not None:
                times.laps.append(Lap(kind, name, (time.perf_counter() - started) * 1000))


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Gives an object or class another attribute, and afterwards what it had."""
    own = name in vars(owner)
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if own:
            setattr(owner, name, before)
        else:
            delattr(owner, name)
