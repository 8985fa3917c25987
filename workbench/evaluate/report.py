"""Output of `evaluate`: the table, the confusion matrix as a picture, F1 by label, the worst lines."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rich.table import Table
from sklearn.metrics import confusion_matrix

from bot.nlu.text import fold
from workbench.evaluate.pipeline import Trial
from workbench.shared.lines import Line
from workbench.shared.measures import SHARES, Figures, Judgement, measure

_WORST = 50
_NEAREST = 3


def table(trial: Trial, lines: Sequence[Line]) -> Table:
    """The table of a trial's figures."""
    shown = Table(title=f"Målt på {len(lines)} linjer, som modellen ikke er trænet på")
    shown.add_column("Mål")
    shown.add_column("Tal", justify="right")
    figures = measure(lines, trial.judgements)
    for key, title in SHARES.items():
        shown.add_row(title, f"{getattr(figures, key):.3f}".replace(".", ","))
    shown.add_row("Laveste F1 for et mærke", _lowest(figures))
    shown.add_row("Træning, sekunder", f"{trial.seconds:.0f}")
    for title, key in (
        ("Læsning, ms, midterste", "milliseconds_median"),
        ("Læsning af én del, ms, 95 %", "milliseconds_p95"),
        ("Læsning af flere dele, ms, 95 %", "milliseconds_p95_several"),
    ):
        shown.add_row(title, f"{getattr(figures, key):.1f}".replace(".", ","))
    shown.add_row("Hukommelse, MB", f"{trial.megabytes:.0f}")
    return shown


def _lowest(figures: Figures) -> str:
    label = min(figures.f1, key=lambda name: figures.f1[name])
    return f"{figures.f1[label]:.2f} ({label})".replace(".", ",")


def labels(lines: Sequence[Line], judgements: Sequence[Judgement]) -> str:
    """Markdown: the F1 of each label, lowest first, with the number of lines and what they were confused with."""
    figures = measure(lines, judgements)
    written = ["# Hvert emnes tal, de svageste først", "", "| mærke | F1 | linjer | rigtige | forvekslet med |"]
    written.append("| --- | ---: | ---: | ---: | --- |")
    for label in sorted(figures.f1, key=lambda name: figures.f1[name]):
        taken = [one.label for line, one in zip(lines, judgements, strict=True) if line.label == label]
        others = Counter(other for other in taken if other != label).most_common()
        confused = ", ".join(f"{other} ({count})" for other, count in others)
        f1 = f"{figures.f1[label]:.2f}".replace(".", ",")
        written.append(f"| {label} | {f1} | {len(taken)} | {taken.count(label)} | {confused} |")
    return "\n".join([*written, ""])


def draw_confusion(lines: Sequence[Line], judgements: Sequence[Judgement], file: Path) -> None:
    """Writes the confusion matrix as a PNG: a row for each true label, a column for each one understood."""
    from matplotlib.figure import Figure

    names = sorted({line.label for line in lines} | {judgement.label for judgement in judgements})
    meant, understood = [line.label for line in lines], [judgement.label for judgement in judgements]
    matrix = confusion_matrix(meant, understood, labels=names)
    figure = Figure(figsize=(16, 15), layout="constrained")
    axes = figure.subplots()
    # A power below one makes single mistakes visible beside the many right ones.
    axes.imshow(np.power(matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1), 0.4), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("Forstået som")
    axes.set_ylabel("Ment som")
    for row, column in np.argwhere(matrix > 0):
        axes.text(
            column,
            row,
            str(matrix[row, column]),
            ha="center",
            va="center",
            fontsize=7,
            color="white" if row == column else "black",
        )
    figure.savefig(file, dpi=110)


def worst_lines(lines: Sequence[Line], judgements: Sequence[Judgement], training: Sequence[Line]) -> str:
    """Markdown: the most confident mistakes, each with the most similar training lines of the wrong label."""
    pairs = [pair for pair in zip(lines, judgements, strict=True) if pair[0].label != pair[1].label]
    pairs.sort(key=lambda pair: -pair[1].confidence)
    written = [f"# De {min(_WORST, len(pairs))} værste af {len(pairs)} fejl", ""]
    for line, judgement in pairs[:_WORST]:
        alike = [known for known in training if known.label == judgement.label]
        texts = [fold(known.text) for known in alike]
        found = process.extract(fold(line.text), texts, scorer=fuzz.token_set_ratio, limit=_NEAREST)
        asked = ", spurgt tilbage" if judgement.asks_back else ""
        written += [
            f"## {line.text}",
            f"Ment som `{line.label}`, forstået som `{judgement.label}` ({judgement.confidence:.2f}{asked}). Ligner:",
            *(f"- {alike[index].text}" for _, _, index in found),
            "",
        ]
    return "\n".join(written)
