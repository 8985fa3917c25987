"""What is counted: right, asked back, confidently wrong, other matters answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from bot.nlu.parts import split
from workbench.shared.lines import Line

# What may be said to a question about something else altogether without misleading anybody.
_HARMLESS = ("out_of_scope", "faq_not_on_page")


@dataclass(frozen=True)
class Judgement:
    """What the model made of a line: its best label and how sure it was, whether it asks back, and how long it took."""

    label: str
    confidence: float
    asks_back: bool
    milliseconds: float


@dataclass(frozen=True)
class Figures:
    """The measures of a model on a set of lines; shares are from 0 to 1."""

    lines: int
    accuracy: float
    macro_f1: float
    f1: dict[str, float]
    asked_back: float
    confidently_wrong: float
    out_of_scope_answered: float
    milliseconds_median: float
    # Of a line with one part, and of one with several, which are read one by one.
    milliseconds_p95: float
    milliseconds_p95_several: float


def measure(lines: Sequence[Line], judgements: Sequence[Judgement]) -> Figures:
    """Figures of judgements, one for each line. Accuracy and F1 are of the best label, asked back or not."""
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
