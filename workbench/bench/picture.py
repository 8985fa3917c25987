"""Draws how the time of a turn grows with the turns a second."""

from pathlib import Path

from workbench.bench.rows import MORE, OURS, STOCK

_COLOURS = {OURS: "#0059b3", MORE: "#2f7000", STOCK: "#cc0000"}
_LINES = (("-", "p50"), ("--", "p95"), (":", "p99"))
# Milliseconds; beyond it nobody would wait.
_HIGHEST = 3000


def draw(curves: dict[str, list[tuple[float, float, float, float]]], file: Path) -> None:
    """Writes the picture as a PNG: for each server the milliseconds of a turn against the turns a second."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 7), layout="constrained")
    axes = figure.subplots()
    for column, points in curves.items():
        rates = [point[0] for point in points]
        for place, (line, percentile) in enumerate(_LINES, start=1):
            times = [point[place] for point in points]
            axes.plot(rates, times, line, marker="o", color=_COLOURS[column], label=f"{column}, {percentile}")
    axes.set_yscale("log")
    axes.set_ylim(top=_HIGHEST)
    axes.set_xlabel("ture i sekundet")
    axes.set_ylabel("ms fra turen skulle begynde, til svaret var der")
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.savefig(file, dpi=100)
