"""Measures how long hostile texts take in each layer, for the summary of the run."""

import gc
import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_SHOWN = 10
_BEGINNING = 30


class Spent:
    """The core time that a block took, in seconds."""

    seconds = 0.0


@contextmanager
def core_time() -> Iterator[Spent]:
    """Measures a block as production's budget does: this thread's time, no garbage collection (common/patterns.py)."""
    spent = Spent()
    gc.disable()
    started = time.thread_time()
    try:
        yield spent
    finally:
        spent.seconds = time.thread_time() - started
        gc.enable()


@dataclass(order=True)
class Lap:
    """The time that one layer took for one text."""

    seconds: float
    layer: str
    length: int
    beginning: str
    number: int

    def __str__(self) -> str:
        place = f"{self.layer:28} {self.length:5} characters  {self.number:7}"
        return f"  {self.seconds * 1000:6.0f} ms  {place}  {self.beginning}"


def _beginning(text: str) -> str:
    return text[:_BEGINNING].encode("unicode_escape").decode()[:_BEGINNING]


@dataclass
class Slowest:
    """The slowest laps of a run and their count. Numbers are those of `hostile_text(seed, number)`."""

    seed: int
    clock: Callable[[], float] = time.perf_counter
    counts: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    laps: list[Lap] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)

    def forget(self) -> None:
        """Forgets all laps so far (a warm-up), and freezes memory so that its collection is not timed."""
        gc.collect()
        gc.freeze()
        for kept in (self.counts, self.seconds, self.laps, self.broken):
            kept.clear()

    def breaks(self, what: str, text: str, number: int) -> None:
        """Notes a failure, once for its kind, with the first text that shows it."""
        self.counts["broken"] += 1
        self.broken.setdefault(what, f"--hostile-seed {self.seed} --hostile-first {number}: {what}: {_beginning(text)}")

    @contextmanager
    def lap(self, layer: str, text: str, number: int) -> Iterator[None]:
        """Times a block of one layer."""
        started = self.clock()
        try:
            yield
        finally:
            self.took(layer, text, number, self.clock() - started)

    def took(self, layer: str, text: str, number: int, seconds: float) -> None:
        """Adds the time of a layer."""
        self.counts[layer] += 1
        self.seconds[layer] += seconds
        lap = Lap(seconds, layer, len(text), _beginning(text), number)
        (heapq.heappush if len(self.laps) < _SHOWN else heapq.heappushpop)(self.laps, lap)

    def worst(self) -> float:
        """The longest lap, in seconds."""
        return max((lap.seconds for lap in self.laps), default=0.0)

    def __str__(self) -> str:
        """The lines of the summary."""
        layers = ", ".join(
            f"{layer} {count} ({self.seconds[layer] / count * 1000:.1f} ms)"
            if self.seconds[layer]
            else f"{layer} {count}"
            for layer, count in self.counts.items()
        )
        slowest = "\n".join(str(lap) for lap in sorted(self.laps, reverse=True))
        return f"hostile texts from seed {self.seed}: {layers}; the slowest:\n{slowest}"
