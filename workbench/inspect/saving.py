"""Saves a conversation as a dialogue, in the format of tests/dialogues/README.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from common import cpr, patterns
from common.settings import ROOT
from workbench.inspect.rules import rule_for
from workbench.inspect.turns import Turn

DIALOGUES = ROOT / "tests" / "dialogues"
# Nobody's CPR number, in place of a masked one, so that the dialogue tests the masking.
_FICTITIOUS_CPR = "010190-1234"
_NAME = patterns.compile(r"[a-zæøå0-9][a-zæøå0-9_-]{0,59}")
_SILENCE = timedelta(minutes=30)


class SavingError(ValueError):
    """The dialogue cannot be saved like this; the message is Danish and says what to do."""


def folders(root: Path = DIALOGUES) -> list[str]:
    """The folders that a dialogue may be saved in: those with dialogues in them."""
    return sorted({file.parent.name for file in root.glob("*/*.yml")})


@dataclass(frozen=True)
class Wanted:
    """Folder, file name and title of a new dialogue, as typed."""

    folder: str
    name: str
    title: str


def save(turns: Sequence[Turn], wanted: Wanted, marks: Mapping[str, str], root: Path) -> Path:
    """Writes a new file and returns it. `marks`: the right label of each wrong turn, by turn id. Raises SavingError."""
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
    """The steps of the dialogue: what the citizen did and what the answer was, or for marked turns must become."""
    found: list[dict[str, Any]] = []
    before: Turn | None = None
    for turn in turns:
        if before and turn.at - before.at > _SILENCE:
            found.append({"silence_minutes": int((turn.at - before.at).total_seconds() // 60)})
        said = cpr.mask(turn.said)[0].replace(cpr.MASK, _FICTITIOUS_CPR)
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
    """Expects the first action of the label's rule."""
    rule = rule_for(label)
    for action in rule.actions[:1] if rule else ():
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
