"""Several processes that do the same, made by copying this one, whose memory they share."""

import multiprocessing
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess

from sanic.log import logger

from common.parent import end_with_parent

_SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
# A worker that ends so soon, so many times in a row, would end again and again.
_SOON_SECONDS = 10.0
_MOST_SOON = 3
_STOP_SECONDS = 8.0
_fork = multiprocessing.get_context("fork")


@dataclass
class _Worker:
    """A process; `soon`: how many before it, in a row, have ended soon."""

    process: ForkProcess
    soon: int
    begun: float = field(default_factory=time.monotonic)

    @property
    def ended_soon(self) -> int:
        """How many have ended soon in a row, with this one, which has ended."""
        return self.soon + 1 if time.monotonic() - self.begun < _SOON_SECONDS else 0


def run(count: int, work: Callable[[int], int]) -> int:
    """Runs `work` in `count` processes until SIGTERM or SIGINT, then stops them; returns the exit status.

    `work` gets the number of its process, from 0, and returns the status of that process. A process that ends is
    begun anew, with the same number; the third in a row that ends within ten seconds stops all, with the status 1.

    Call it from the main thread, before other threads and event loops have begun: they would not be copied.
    """
    # Blocked, so that none is lost between two waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    workers = {number: _begin(number, work) for number in range(count)}
    try:
        while signal.sigwait(_SIGNALS) == signal.SIGCHLD:
            for number, worker in workers.items():
                if worker.process.is_alive():
                    continue
                logger.error("Worker %d has ended with status %s", number, worker.process.exitcode)
                if worker.ended_soon == _MOST_SOON:
                    return 1
                workers[number] = _begin(number, work, worker.ended_soon)
        return 0
    finally:
        _stop([worker.process for worker in workers.values()])
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _begin(number: int, work: Callable[[int], int], soon: int = 0) -> _Worker:
    def begin() -> None:
        end_with_parent()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        raise SystemExit(work(number))

    worker = _Worker(_fork.Process(target=begin, name=f"worker-{number}"), soon)
    worker.process.start()
    return worker


def _stop(processes: list[ForkProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for process in processes:
        process.join(max(0.1, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
