"""The result of a run of dialogues as JSON, which `script/bot report` compares with the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from workbench.dialogues.coverage import by_title
from workbench.dialogues.runner import Verdict
from workbench.shared.problems import shown
from workbench.shared.vocabulary import vocabulary


def outcome(verdicts: Sequence[Verdict], seconds: float, untried: Mapping[str, list[str]]) -> dict[str, Any]:
    """Each dialogue (a failed one with its conversation), the names that none reaches, and how many names there are."""
    return {
        "dialogues": sorted((_dialogue(verdict) for verdict in verdicts), key=lambda one: (one["file"], one["name"])),
        "untried": dict(untried),
        "known": {title: len(names) for title, names in by_title(vocabulary()).items()},
        "timing": {"seconds": round(seconds)},
    }


def _dialogue(verdict: Verdict) -> dict[str, Any]:
    written: dict[str, Any] = {"name": verdict.case.name, "file": shown(verdict.case.file), "failure": None}
    if verdict.failure:
        written["failure"] = asdict(verdict.failure)
        written["spoken"] = [asdict(spoken) for spoken in verdict.spoken]
    return written
