"""The command `script/bot dialogues [FILE...]`: runs dialogues, prints failures and what no dialogue reaches."""

import os
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot import model
from common.settings import ROOT
from workbench.dialogues import coverage, format, junit, outcome, report
from workbench.dialogues.runner import Verdict
from workbench.dialogues.script import Case
from workbench.dialogues.workers import verdicts
from workbench.shared.problems import FormatError
from workbench.shared.results import keep

FOLDER = ROOT / "tests" / "dialogues"
# Each process holds the whole assistant in memory; more than two gain little on common machines.
_MOST_PROCESSES = 2
# Fewer dialogues are done before a second assistant has started.
_DIALOGUES_PER_PROCESS = 8
HELD, FAILED, NOT_RUN = 0, 1, 2


def dialogues(
    paths: list[Path],
    junit_file: Path | None = None,
    model_file: Path | None = None,
    processes: int | None = None,
    console: Console | None = None,
) -> int:
    """Runs the dialogues of the files and folders; without any, all of tests/dialogues, and prints what none reaches.

    `model_file`: another trained model than the current one. Returns 0 when all hold, 1 when one fails, 2 when they
    could not be run (a mistake in a file, no model). Prints in Danish.
    """
    console = console or Console(highlight=False, soft_wrap=True)
    try:
        cases = format.read_all(format.find(paths or [FOLDER]))
        chosen = model_file or model.current()
        if not chosen.is_file():
            raise FileNotFoundError(chosen)
    except FormatError as error:
        for problem in error.problems:
            console.print(str(problem), style="red", markup=False)
        return NOT_RUN
    except model.ModelMissing as error:
        console.print(str(error), style="red", markup=False)
        return NOT_RUN
    except FileNotFoundError:
        console.print(f"Modellen {model_file} findes ikke. Ret navnet på filen.", style="red", markup=False)
        return NOT_RUN
    started = time.perf_counter()
    try:
        results = _run_all(cases, chosen, processes or _processes(len(cases)), console)
    except BrokenProcessPool:
        console.print("Assistenten kunne ikke starte, så dialogerne er ikke prøvet. Se fejlen ovenfor.", style="red")
        return NOT_RUN
    seconds = time.perf_counter() - started
    report.summary(results, seconds, console)
    if not paths:
        untried = coverage.untouched(result.touched for result in results)
        report.untried(untried, console)
        # A report compares runs of all dialogues with the current model.
        if model_file is None:
            keep("dialogues", outcome.outcome(results, seconds, untried))
    if junit_file:
        junit.write(results, junit_file)
    return FAILED if any(result.failure for result in results) else HELD


def _processes(count: int) -> int:
    return max(1, min(_MOST_PROCESSES, os.cpu_count() or 1, count // _DIALOGUES_PER_PROCESS))


def _run_all(cases: list[Case], chosen: Path, processes: int, console: Console) -> list[Verdict]:
    results: list[Verdict] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Starter assistenten", total=len(cases))
        for result in verdicts(cases, chosen, processes):
            results.append(result)
            failed = sum(one.failure is not None for one in results)
            progress.update(task, advance=1, description=f"Dialoger, {failed} fejler" if failed else "Dialoger")
            if result.failure:
                report.failure(result, progress.console)
    return results
