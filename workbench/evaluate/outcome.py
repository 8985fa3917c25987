"""The result of `evaluate` as JSON, which `script/bot report` compares with the one before."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from workbench.evaluate.pipeline import Trial
from workbench.shared.lines import Line


def outcome(lines: Sequence[Line], trial: Trial, trained_on: int) -> dict[str, Any]:
    """Each line with its label and what was understood; under `timing` what varies between equal runs."""
    return {
        "trained_on": trained_on,
        "lines": [
            {
                "text": line.text,
                "label": line.label,
                "understood": judgement.label,
                "confidence": round(judgement.confidence, 3),
                "asks_back": judgement.asks_back,
            }
            for line, judgement in zip(lines, trial.judgements, strict=True)
        ],
        "timing": {
            "training_seconds": round(trial.seconds),
            "megabytes": round(trial.megabytes),
            "milliseconds_p95": round(float(np.percentile([one.milliseconds for one in trial.judgements], 95)), 1),
        },
    }
