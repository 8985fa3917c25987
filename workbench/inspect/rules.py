"""Reads the rules of data/rules that begin with an intent."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from common.settings import ROOT
from common.yaml_files import read_yaml

_FOLDER = ROOT / "data" / "rules"


@dataclass(frozen=True)
class Rule:
    """A rule that begins with an intent, and the actions after it."""

    name: str
    file: str
    intent: str
    actions: tuple[str, ...]


@lru_cache(maxsize=4)
def rules(folder: Path = _FOLDER) -> tuple[Rule, ...]:
    """All rules that begin with an intent."""
    found: list[Rule] = []
    for file in sorted(folder.glob("*.yml")):
        for rule in (read_yaml(file) or {}).get("rules", []):
            steps = rule["steps"]
            if "intent" in steps[0]:
                actions = tuple(str(step["action"]) for step in steps if "action" in step)
                found.append(Rule(str(rule["rule"]), f"data/rules/{file.name}", str(steps[0]["intent"]), actions))
    return tuple(found)


def rule_for(intent: str, action: str | None = None) -> Rule | None:
    """The first rule for an intent, and for that first action when one is given."""
    return next(
        (rule for rule in rules() if rule.intent == intent and (action is None or rule.actions[:1] == (action,))), None
    )
