"""The command `script/bot evaluate`."""

import time
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from common.settings import ROOT, settings
from workbench.evaluate.outcome import outcome
from workbench.evaluate.pipeline import Trial, trial
from workbench.evaluate.report import draw_confusion, labels, table, worst_lines
from workbench.shared.limits import passed_limits, read_limits
from workbench.shared.lines import Line, read_lines, sample, write_lines
from workbench.shared.measures import measure
from workbench.shared.results import keep

OURS = ROOT / "config.yml"
STOCK = Path(__file__).with_name("stock.yml")
TRAINING = ROOT / "data" / "nlu"
DEVELOPMENT = ROOT / "tests" / "nlu"
LIMITS = DEVELOPMENT / "limits.yml"
# A step that is over sooner than this needs no bar.
_SHORT = 2.0


def evaluate(
    *,
    stock: bool = False,
    curve: bool = False,
    training: Path = TRAINING,
    development: Path = DEVELOPMENT,
    output: Path | None = None,
    stock_config: Path = STOCK,
    lines: int | None = None,
) -> int:
    """Trains ours (and Rasa's stock pipeline) and prints how each does; 1 when ours passes a limit, else 0.

    The limits are in tests/nlu/limits.yml. Pictures and the worst lines go to `output`, by default var/evaluate.
    `lines`: train on so many of the lines only, each label in its share. The limits are then not looked at: they are
    those of a model trained on all.
    """
    # The width is given, so that the table is whole in a log file too.
    console = Console(width=None if Console().is_terminal else 110)
    known, unseen = read_lines(training), read_lines(development)
    folder = output or settings().data_dir / "evaluate"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as part:
        if lines is not None:
            known, training = sample(known, lines), Path(part)
            write_lines(known, training / "lines.yml")
        try:
            trials = {"Vores": _trial("Vores", OURS, training, unseen, console)}
            if stock:
                trials["Rasas egen"] = _trial("Rasas egen", stock_config, training, unseen, console)
        except BrokenProcessPool:
            log = settings().data_dir / "log" / "evaluate.log"
            console.print(f"FEJL: målingen blev afbrudt udefra. Er der 2 GB ledig hukommelse? Se {log}.", style="red")
            return 2
    console.print(f"Trænet på {len(known)} linjer.")
    console.print(table(trials, unseen))
    ours = trials["Vores"]
    draw_confusion(unseen, ours.judgements, folder / "confusion.png")
    (folder / "worst.md").write_text(worst_lines(unseen, ours.judgements, known), encoding="utf-8")
    (folder / "labels.md").write_text(labels(unseen, ours.judgements), encoding="utf-8")
    if curve:
        _curve(known, unseen, folder, console)
    console.print(f"Billeder, hvert emnes tal og de værste linjer ligger i {folder}")
    if lines is not None:
        return 0
    if (training, development) == (TRAINING, DEVELOPMENT):
        keep("evaluate", outcome(unseen, ours, len(known)))
    passed = passed_limits(measure(unseen, ours.judgements), read_limits(LIMITS))
    for sentence in passed:
        console.print(f"GRÆNSE OVERSKREDET. {sentence}", style="red", highlight=False)
    return 1 if passed else 0


def _trial(name: str, config: Path, training: Path, unseen: list[Line], console: Console) -> Trial:
    def waiting(step: str, future: "Future[Any]") -> None:
        wait([future], timeout=_SHORT)
        if future.done():
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            progress.add_task(f"{step}: {name}", total=None)
            while not future.done():
                wait([future], timeout=0.5)

    return trial(config, training, unseen, waiting)


def _curve(known: list[Line], unseen: list[Line], folder: Path, console: Console) -> None:
    from workbench.evaluate.curve import curve, curve_table, draw_curve, sizes

    started = time.monotonic()
    with Progress(TextColumn("Kurve"), BarColumn(), TimeElapsedColumn(), console=console) as progress:
        task = progress.add_task("Kurve", total=len(sizes(len(known))))
        points = curve(known, unseen, settings().data_dir / "cache", lambda size: progress.advance(task))
    draw_curve(points, folder / "curve.png")
    console.print(curve_table(points))
    console.print(f"Kurven tog {time.monotonic() - started:.0f} s")
