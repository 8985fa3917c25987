"""The measures of a model on labelled lines: accuracy, F1, asked back, confidently wrong, time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from bot.nlu.parts import split
from workbench.shared.lines import Line

# Labels whose answer misleads nobody who asks about something else altogether.
_HARMLESS = ("out_of_scope", "faq_not_on_page")
# The shares of Figures with their Danish titles, in the order they are shown.
SHARES = {
    "accuracy": "Rigtige",
    "macro_f1": "Makro-F1",
    "asked_back": "Spurgt tilbage",
    "confidently_wrong": "Forkerte uden at spørge",
    "out_of_scope_answered": "Andre emner besvaret",
}


@dataclass(frozen=True)
class Judgement:
    """The model's reading of a line: best label, its confidence, whether the assistant asks back, time taken."""

    label: str
    confidence: float
    asks_back: bool
    milliseconds: float


@dataclass(frozen=True)
class Figures:
    """The measures of a model on a set of lines; shares are from 0 to 1, `f1` by label."""

    lines: int
    accuracy: float
    macro_f1: float
    f1: dict[str, float]
    asked_back: float
    confidently_wrong: float
    out_of_scope_answered: float
    milliseconds_median: float
    # Lines with one part, and lines with several, which are read one by one.
    milliseconds_p95: float
    milliseconds_p95_several: float


def measure(lines: Sequence[Line], judgements: Sequence[Judgement]) -> Figures:
    """The figures of judgements, one for each line. Accuracy and F1 count the best label, asked back or not."""
    right = np.array([line.label == judgement.label for line, judgement in zip(lines, judgements, strict=True)])
    asks = np.array([judgement.asks_back for judgement in judgements])
    names = sorted({line.label for line in lines})
    meant, understood = [line.label for line in lines], [judgement.label for judgement in judgements]
    scores = f1_score(meant, understood, labels=names, average=None, zero_division=0)
    others = [judgement for line, judgement in zip(lines, judgements, strict=True) if line.label == "out_of_scope"]
    answered = [not (judgement.asks_back or judgement.label in _HARMLESS) for judgement in others]
    times = np.array([judgement.milliseconds for judgement in judgements])
    several = np.array([len(split(line.text)) > 1 for line in lines])
    return Figures(
        lines=len(lines),
        accuracy=float(right.mean()),
        macro_f1=float(scores.mean()),
        f1=dict(zip(names, map(float, scores), strict=True)),
        asked_back=float(asks.mean()),
        confidently_wrong=float((~right & ~asks).mean()),
        out_of_scope_answered=float(np.mean(answered)) if answered else 0.0,
        milliseconds_median=float(np.median(times)),
        milliseconds_p95=_p95(times[~several]),
        milliseconds_p95_several=_p95(times[several]),
    )


def _p95(times: NDArray[np.float64]) -> float:
    return float(np.percentile(times, 95)) if times.size else 0.0
