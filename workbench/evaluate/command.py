"""The command `script/bot evaluate`: trains, measures on lines never trained on, compares with the limits."""

from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from common.settings import ROOT, settings
from workbench.evaluate.outcome import outcome
from workbench.evaluate.pipeline import Trial, trial
from workbench.evaluate.report import draw_confusion, labels, table, worst_lines
from workbench.shared.limits import LIMITS, passed_limits, read_limits
from workbench.shared.lines import Line, read_lines, sample, write_lines
from workbench.shared.measures import measure
from workbench.shared.results import keep

OURS = ROOT / "config.yml"
TRAINING = ROOT / "data" / "nlu"
DEVELOPMENT = ROOT / "tests" / "nlu"
# Seconds; a step that ends sooner shows no progress bar.
_SHORT = 2.0


def evaluate(
    *,
    training: Path = TRAINING,
    development: Path = DEVELOPMENT,
    output: Path | None = None,
    lines: int | None = None,
) -> int:
    """Trains our pipeline and prints its figures.

    Returns 1 when ours passes a limit of tests/nlu/limits.yml, 2 when a process was killed, else 0. The confusion
    matrix and the worst lines go to the folder `output`, by default var/evaluate. `lines`: train on that many lines
    only, each label in proportion; the limits hold for a model trained on all lines and are not checked then.
    """
    # A log file has no width of its own, and the table would be cut.
    console = Console(width=None if Console().is_terminal else 110)
    known, unseen = read_lines(training), read_lines(development)
    folder = output or settings().data_dir / "evaluate"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as part:
        if lines is not None:
            known, training = sample(known, lines), Path(part)
            write_lines(known, training / "lines.yml")
        try:
            ours = _trial(training, unseen, console)
        except BrokenProcessPool:
            log = settings().data_dir / "log" / "evaluate.log"
            console.print(f"FEJL: målingen blev afbrudt udefra. Er der 2 GB ledig hukommelse? Se {log}.", style="red")
            return 2
    console.print(f"Trænet på {len(known)} linjer.")
    console.print(table(ours, unseen))
    draw_confusion(unseen, ours.judgements, folder / "confusion.png")
    (folder / "worst.md").write_text(worst_lines(unseen, ours.judgements, known), encoding="utf-8")
    (folder / "labels.md").write_text(labels(unseen, ours.judgements), encoding="utf-8")
    console.print(f"Billeder, hvert emnes tal og de værste linjer ligger i {folder}")
    if lines is not None:
        return 0
    if (training, development) == (TRAINING, DEVELOPMENT):
        keep("evaluate", outcome(unseen, ours, len(known)))
    passed = passed_limits(measure(unseen, ours.judgements), read_limits(LIMITS))
    for sentence in passed:
        console.print(f"GRÆNSE OVERSKREDET. {sentence}", style="red", highlight=False)
    return 1 if passed else 0


def _trial(training: Path, unseen: list[Line], console: Console) -> Trial:
    def waiting(step: str, future: "Future[Any]") -> None:
        wait([future], timeout=_SHORT)
        if future.done():
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            progress.add_task(step, total=None)
            while not future.done():
                wait([future], timeout=0.5)

    return trial(OURS, training, unseen, waiting)
