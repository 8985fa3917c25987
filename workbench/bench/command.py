"""The command `script/bot bench`: measures, prints the table, and keeps it and a picture."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from aiohttp import ClientError
from rich.console import Console

from common.settings import ROOT, settings
from workbench.bench.chats import Refused
from workbench.bench.picture import draw
from workbench.bench.rows import OURS, STOCK, Rows, table
from workbench.bench.sections import SECTIONS, Bench, Plan
from workbench.bench.servers import NotStarted
from workbench.bench.stock import CONFIG, digest
from workbench.bench.stock import OURS as OURS_CONFIG
from workbench.shared.lines import read_lines
from workbench.shared.results import keep

_LINES = ROOT / "tests" / "nlu"
_TOPIC = "faq_"
# Training takes hours with all epochs; answering takes as long after one.
_ALL_EPOCHS, _ONE_EPOCH = "epochs: 100", "epochs: 1"
# Understands nothing: what it is told is the name of an intent. RulePolicy alone answers.
_FLOOR = """
recipe: default.v1
assistant_id: floor
language: da
pipeline:
  - name: WhitespaceTokenizer
policies:
  - name: RulePolicy
"""


def bench(only: Collection[str] = (), *, train: bool, workers: int, database: str | None, conversations: int) -> int:
    """Measures ours and Rasa's own side by side; returns 1 where a server failed, 2 for an unknown section,
    else 0.

    `only`: sections; none: all. `train`: also our training, from nothing. The others: see Plan.
    """
    if unknown := set(only) - set(SECTIONS):
        print(f"FEJL: {', '.join(sorted(unknown))} kendes ikke. Vælg blandt: {', '.join(SECTIONS)}.")
        return 2
    console = Console(width=None if Console().is_terminal else 130)
    begun = time.monotonic()

    def say(step: str) -> None:
        console.print(f"  {time.monotonic() - begun:4.0f} s  {step}", style="dim", highlight=False)

    folder = settings().data_dir / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    figures = Rows()
    failed = False
    try:
        needed = not only or set(only) - {"cleaning"}
        stock, floor = _stock_models(folder, figures, say) if needed else (Path(), Path())
        if train:
            _train_ours(figures, say)
        texts = [line.text for line in read_lines(_LINES) if line.label.startswith(_TOPIC)]
        with TemporaryDirectory(prefix="bench-", dir=folder) as data, ExitStack() as servers:
            plan = Plan(Path(data), stock, floor, texts, workers, database, conversations=conversations)
            run = Bench(plan, servers, say, figures)
            for name, measure in SECTIONS.items():
                # The others say their turns to the servers that it starts.
                first = name == "start" and set(only) - {"cleaning", "sizes"}
                if not only or name in only or first:
                    measure(run)
    except (NotStarted, Refused, ClientError) as failure:
        # What was measured before is shown all the same: it took half an hour.
        console.print(f"FEJL: {failure}", style="red", highlight=False)
        failed = True
    console.print(table(figures.rows))
    keep("bench", {"rows": [asdict(row) for row in figures.rows], "curves": figures.curves})
    if figures.curves:
        draw(figures.curves, folder / "rates.png")
        console.print(f"Billedet af turenes tid: {folder / 'rates.png'}")
    return int(failed)


def _stock_models(folder: Path, figures: Rows, say: Callable[[str], None]) -> tuple[Path, Path]:
    """Models of Rasa's own pipeline and of the floor, trained where they are missing."""
    made = []
    configs = {"stock": CONFIG.read_text(encoding="utf-8").replace(_ALL_EPOCHS, _ONE_EPOCH), "floor": _FLOOR}
    for name, text in configs.items():
        file = folder / f"{name}-{digest(text)}.tar.gz"
        if not file.is_file():
            say(f"træner {name}, en enkelt epoke")
            config = folder / f"{name}.yml"
            config.write_text(text, encoding="utf-8")
            begun = time.monotonic()
            _train(file, config, folder / f"{name}.log")
            if name == "stock":
                seconds = {STOCK: time.monotonic() - begun}
                figures.add("train", "træning, Rasas egen med en enkelt epoke", "s", seconds)
        made.append(file)
    return made[0], made[1]


def _train_ours(figures: Rows, say: Callable[[str], None]) -> None:
    with TemporaryDirectory() as data:
        say("træner vores forfra")
        begun = time.monotonic()
        # An empty data folder, where no earlier training has left embeddings.
        with patch.dict(os.environ, {"DATA_DIR": data}):
            _train(Path(data) / "ours.tar.gz", OURS_CONFIG, Path(data) / "log")
        figures.add("train", "træning, vores", "s", {OURS: time.monotonic() - begun})


def _train(model_file: Path, config: Path, log: Path) -> None:
    command = [sys.executable, "-m", "workbench.bench.stock", "train", str(model_file), str(config)]
    with log.open("w", encoding="utf-8") as file:
        done = subprocess.run(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise NotStarted(f"{config.name} kunne ikke trænes; se {log}")
