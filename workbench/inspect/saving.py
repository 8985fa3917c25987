"""A conversation written as a dialogue test, in the format of tests/dialogues/README.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from common import cpr, patterns
from common.settings import ROOT
from workbench.inspect.rules import Rule, rule_for
from workbench.inspect.turns import Turn

DIALOGUES = ROOT / "tests" / "dialogues"
# The number of nobody, in place of one that was masked: the dialogue tries that it is masked again.
_NOBODY = "010190-1234"
_NAME = patterns.compile(r"[a-zæøå0-9][a-zæøå0-9_-]{0,59}")
_NONE = Rule("", "", "", ())
_SILENCE = timedelta(minutes=30)


class SavingError(ValueError):
    """The dialogue cannot be saved so; the message, in Danish, says what to do."""


def folders(root: Path = DIALOGUES) -> list[str]:
    """The folders that a dialogue may be saved in: those that hold dialogues already."""
    return sorted({file.parent.name for file in root.glob("*/*.yml")})


@dataclass(frozen=True)
class Wanted:
    """Where a dialogue is to lie, and what it is to show."""

    folder: str
    name: str
    title: str


def save(turns: Sequence[Turn], wanted: Wanted, marks: Mapping[str, str], root: Path) -> Path:
    """Writes the dialogue into a new file, and returns it. `marks`: the right label of each turn that was wrong."""
    slug = patterns.sub(r"[\s_]+", "_", wanted.name.strip().lower().removesuffix(".yml"))
    if not _NAME.fullmatch(slug):
        raise SavingError("Navnet må kun have bogstaver, tal, _ og -. Skriv for eksempel min_samtale.")
    if wanted.folder not in folders(root):
        raise SavingError("Vælg en af mapperne.")
    if not turns:
        raise SavingError("Der er ikke skrevet noget i samtalen endnu. Skriv i chatten først.")
    file = root / wanted.folder / f"{slug}.yml"
    case = {
        "test_case": " ".join(cpr.mask(wanted.title)[0].split())[:120] or slug.replace("_", " "),
        "now": turns[0].at.isoformat(timespec="seconds"),
        "steps": steps(turns, marks),
    }
    text = yaml.safe_dump({"test_cases": [case]}, allow_unicode=True, sort_keys=False, width=110)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write("# Gemt fra en samtale i script/bot inspect.\n" + text)
    except FileExistsError as error:
        raise SavingError(f"Der er allerede en fil, der hedder {slug}.yml. Vælg et andet navn.") from error
    return file


def steps(turns: Sequence[Turn], marks: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the citizen did, and after each what is to be answered: as it was, or as it should have been."""
    found: list[dict[str, Any]] = []
    before: Turn | None = None
    for turn in turns:
        if before and turn.at - before.at > _SILENCE:
            found.append({"silence_minutes": int((turn.at - before.at).total_seconds() // 60)})
        said = cpr.mask(turn.said)[0].replace(cpr.MASK, _NOBODY)
        found.append({"button" if turn.button else "user": said})
        if turn.id in marks:
            _should_be(marks[turn.id], found)
        else:
            found += [{"utter": answer["name"]} for answer in turn.answers if answer["name"]]
            asked = turn.asked_after
            if asked or (before and before.asked_after):
                found.append({"asking": asked})
            found += _received(turn, before)
        before = turn
    return found


def _should_be(label: str, found: list[dict[str, Any]]) -> None:
    """Adds the answer that a label's rule gives, or the action that finds the words itself."""
    for action in (rule_for(label) or _NONE).actions[:1]:
        if action.startswith("utter_"):
            found.append({"utter": action})
        else:
            found[-1]["assertions"] = [{"action_executed": action}]


def _received(turn: Turn, before: Turn | None) -> list[dict[str, Any]]:
    cards = [answer["card"] for answer in turn.answers if answer["card"]]
    if not any(card.get("type") == "receipt" and card.get("state") == "delivered" for card in cards):
        return []
    kind = (before.slots if before else {}).get("request_type")
    return [{"received": {"type": kind} if kind else "1"}]
