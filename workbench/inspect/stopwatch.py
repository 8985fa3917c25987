"""The times of each turn: what was done, for how many milliseconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Lap:
    """One step of a turn. `kind`: reading, choosing, action, server (a call inside an action) or store."""

    kind: str
    name: str
    milliseconds: float


@dataclass
class Times:
    """The laps of a turn in the order they ended; its milliseconds without (`rasa`) and with (`whole`) the channel."""

    laps: list[Lap] = field(default_factory=list)
    rasa: float = 0.0
    whole: float = 0.0

    def sum(self, kind: str) -> float:
        """The milliseconds of all laps of a kind."""
        return sum(lap.milliseconds for lap in self.laps if lap.kind == kind)


class Stopwatch:
    """Collects the times of turns, by message id. Turns may run at the same time: each has a context of its own."""

    def __init__(self) -> None:
        self._times: dict[str, Times] = {}
        self._current: ContextVar[Times | None] = ContextVar("times", default=None)

    def of(self, message_id: str) -> Times:
        """The times of a turn; empty when it was not measured."""
        return self._times.get(message_id, Times())

    def arrived(self, message_id: str, milliseconds: float) -> None:
        """Notes how long the page waited for the answer. A message that is sent again counts once."""
        times = self._times.get(message_id)
        if times and not times.whole:
            times.whole = milliseconds

    @contextmanager
    def turn(self, message_id: str) -> Iterator[None]:
        """Measures a turn, or a part of it; laps inside it belong to it."""
        times = self._times.setdefault(message_id, Times())
        token = self._current.set(times)
        started = time.perf_counter()
        try:
            yield
        finally:
            times.rasa += (time.perf_counter() - started) * 1000
            self._current.reset(token)

    @contextmanager
    def lap(self, kind: str, name: str) -> Iterator[None]:
        """Measures one step of the current turn."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add(kind, name, started)

    def add(self, kind: str, name: str, started: float) -> None:
        """Adds a step of the current turn, from `started` (perf_counter) until now. Outside a turn it is ignored."""
        times = self._current.get()
        if times is not None:
            times.laps.append(Lap(kind, name, (time.perf_counter() - started) * 1000))
