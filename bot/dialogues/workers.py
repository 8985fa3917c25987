"""Bot room, dialogues: several processes, each with a house of its own, take dialogues from one pile."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path

from bot.dialogues.runner import Verdict, run
from bot.dialogues.script import Case

_verdict_of: partial[Verdict] | None = None


def verdicts(cases: list[Case], model: Path, processes: int) -> Iterator[Verdict]:
    """The verdicts as they come, in no order. RuntimeError (of the pool) where a process dies."""
    # Rasa takes longest of all to import: once, in a process that the others are forked from.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.dialogues.preload"])
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_open, initargs=(model,)) as pool:
        pending = [pool.submit(_run, case) for case in cases]
        try:
            for done in as_completed(pending):
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _open(model: Path) -> None:
    global _verdict_of  # noqa: PLW0603 - a process of the pool has nowhere else to keep its house
    from bot.dialogues.preload import House, WebCitizen

    house = House(model)
    Finalize(house, house.close, exitpriority=10)
    _verdict_of = partial(run, open_chat=partial(WebCitizen, house))


def _run(case: Case) -> Verdict:
    assert _verdict_of is not None
    return _verdict_of(case)
