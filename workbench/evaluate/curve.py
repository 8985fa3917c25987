"""How the share of right lines grows with the number of training lines."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.table import Table

from bot.nlu.intents.intent_model import SEED, IntentModel
from bot.nlu.learning.embedding_cache import cached_embeddings
from workbench.shared.lines import Line

_STEP = 1000


@dataclass(frozen=True)
class Point:
    """So many training lines, such a share of the development lines right."""

    lines: int
    accuracy: float


def sizes(lines: int) -> list[int]:
    """Every thousand up to the last, and all of them."""
    return [*range(_STEP, lines - _STEP // 2, _STEP), lines]


def curve(
    training: Sequence[Line], development: Sequence[Line], folder: Path, done: Callable[[int], None]
) -> list[Point]:
    """Points of the curve; `folder` keeps embeddings, `done` is told the lines of each point when it is measured."""
    order = np.random.default_rng(SEED).permutation(len(training))
    embeddings = cached_embeddings([line.text for line in training], folder)

    def points() -> Iterator[Point]:
        for size in sizes(len(training)):
            chosen = [training[index] for index in order[:size]]
            labels = [line.label for line in chosen]
            model = IntentModel.fit([line.text for line in chosen], labels, embeddings[order[:size]])
            right = [model.rank(line.text)[0][0] == line.label for line in development]
            yield Point(size, float(np.mean(right)))
            done(size)

    return list(points())


def curve_table(points: Sequence[Point]) -> Table:
    """The curve as a table, with what the last lines added."""
    shown = Table(title="Rigtige efter antal træningslinjer")
    for title in ("Linjer", "Rigtige", "Forskel"):
        shown.add_column(title, justify="right")
    before: float | None = None
    for point in points:
        gained = "" if before is None else f"{(point.accuracy - before) * 100:+.1f}".replace(".", ",")
        shown.add_row(str(point.lines), f"{point.accuracy:.3f}".replace(".", ","), gained)
        before = point.accuracy
    return shown


def draw_curve(points: Sequence[Point], file: Path) -> None:
    """Writes the curve as a PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    axes.plot([point.lines for point in points], [point.accuracy for point in points], marker="o")
    axes.set_xlabel("Træningslinjer")
    axes.set_ylabel("Andel rigtige")
    axes.grid(alpha=0.3)
    figure.savefig(file, dpi=120)
