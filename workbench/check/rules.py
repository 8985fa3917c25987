"""Reads which actions follow each label in data/rules and data/stories."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.shared.problems import FormatError, Problem
from workbench.shared.yaml_lines import line_of, load


@dataclass(frozen=True)
class Step:
    """An action and the label before it in a rule or story; an empty label when there is none."""

    intent: str
    action: str
    file: Path
    line: int


def read_rules(root: Path) -> list[Step]:
    """The steps of data/rules and data/stories; FormatError for a file that is not YAML or not rules."""
    found: list[Step] = []
    for folder in ("rules", "stories"):
        for file in sorted((root / "data" / folder).glob("*.yml")):
            content = load(file) or {}
            try:
                for listed in [*(content.get("rules") or ()), *(content.get("stories") or ())]:
                    found += _steps(listed.get("steps") or (), file)
            except (AttributeError, KeyError, TypeError) as error:
                what = f"Filen har ikke den form, Rasa venter ({error}). Sammenlign med en regel, der virker."
                raise FormatError([Problem(file, 1, what)]) from error
    return found


def _steps(steps: Any, file: Path) -> Iterator[Step]:
    intents = [""]
    for step in steps:
        if "or" in step:
            intents = [str(one["intent"]) for one in step["or"] if "intent" in one] or intents
        elif "intent" in step:
            intents = [str(step["intent"])]
        elif "action" in step:
            for intent in intents:
                yield Step(intent, str(step["action"]), file, line_of(step, "action"))


def answered_with(steps: list[Step]) -> dict[str, set[str]]:
    """The actions by label."""
    found: dict[str, set[str]] = {}
    for step in steps:
        if step.intent:
            found.setdefault(step.intent, set()).add(step.action)
    return found
