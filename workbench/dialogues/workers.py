"""Several processes, each with a assistant of its own, take dialogues from one pile."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path

from workbench.dialogues.runner import Verdict, run
from workbench.dialogues.script import Case

_verdict_of: partial[Verdict] | None = None


def verdicts(cases: list[Case], model: Path, processes: int) -> Iterator[Verdict]:
    """The verdicts as they come, in no order. RuntimeError (of the pool) where a process dies."""
    # Rasa takes longest of all to import: once, in a process that the others are forked from.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["workbench.dialogues.preload"])
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_open, initargs=(model,)) as pool:
        pending = [pool.submit(_run, case) for case in cases]
        try:
            for done in as_completed(pending):
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _open(model: Path) -> None:
    global _verdict_of  # noqa: PLW0603 - a process of the pool has nowhere else to keep its assistant
    from workbench.dialogues.preload import Assistant, WebCitizen

    assistant = Assistant(model)
    Finalize(assistant, assistant.close, exitpriority=10)
    _verdict_of = partial(run, open_chat=partial(WebCitizen, assistant))


def _run(case: Case) -> Verdict:
    assert _verdict_of is not None
    return _verdict_of(case)
