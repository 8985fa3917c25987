"""Runs dialogues in several processes, each with an assistant of its own, off one queue."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.dialogues.runner import Verdict
from workbench.dialogues.script import Case

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant

_assistant: "Assistant | None" = None


def verdicts(cases: list[Case], model: Path, processes: int) -> Iterator[Verdict]:
    """The verdicts as they arrive, in no fixed order. BrokenProcessPool when a process dies."""
    # Importing Rasa takes longest: the fork server does it once, and the workers are forked from it.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["workbench.dialogues.preload"])
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_start, initargs=(model,)) as pool:
        pending = [pool.submit(_run, case) for case in cases]
        try:
            for future in as_completed(pending):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start(model: Path) -> None:
    global _assistant  # noqa: PLW0603 - a worker of the pool has nowhere else to keep its assistant
    from workbench.dialogues.preload import Assistant

    _assistant = Assistant(model)
    Finalize(_assistant, _assistant.close, exitpriority=10)


def _run(case: Case) -> Verdict:
    from workbench.dialogues.preload import run_in

    assert _assistant is not None
    return run_in(_assistant, case)
