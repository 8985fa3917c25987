"""What came of them, as JSON for `bot report`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from workbench.dialogues.runner import Verdict
from workbench.shared.problems import shown
from workbench.shared.vocabulary import vocabulary


def outcome(verdicts: Sequence[Verdict], seconds: float, untried: Mapping[str, list[str]]) -> dict[str, Any]:
    """Each dialogue, with its conversation where it failed; what no dialogue came by, and of how many names."""
    known = vocabulary()
    return {
        "dialogues": sorted((_dialogue(verdict) for verdict in verdicts), key=lambda one: (one["file"], one["name"])),
        "untried": dict(untried),
        "known": {
            "Intentioner": len(known.intents),
            "Felter": len(known.slots),
            "Svar": len(known.responses),
        },
        "timing": {"seconds": round(seconds)},
    }


def _dialogue(verdict: Verdict) -> dict[str, Any]:
    told: dict[str, Any] = {"name": verdict.case.name, "file": shown(verdict.case.file), "failure": None}
    if verdict.failure:
        told["failure"] = asdict(verdict.failure)
        told["spoken"] = [asdict(spoken) for spoken in verdict.spoken]
    return told
