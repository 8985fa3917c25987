"""Labelled lines out of Rasa's training files."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from sklearn.model_selection import train_test_split

_SEED = 42


class LinesError(ValueError):
    """A file of labelled lines cannot be read; the message names it and what to do."""


@dataclass(frozen=True)
class Line:
    """What somebody typed, and what it means."""

    text: str
    label: str


def read_lines(folder: Path) -> list[Line]:
    """All labelled lines of the files in a folder, in their order; files without an `nlu` part are passed over."""
    lines: list[Line] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError as error:
            raise LinesError(f"{file.name} is not YAML: {error}") from error
        for group in content.get("nlu", []):
            examples = str(group["examples"]).splitlines()
            lines += [Line(e.removeprefix("- ").strip(), str(group["intent"])) for e in examples if e.startswith("- ")]
    if not lines:
        raise LinesError(f"there are no labelled lines in {folder}; its *.yml files need an 'nlu' part")
    return lines


def sample(lines: Sequence[Line], count: int) -> list[Line]:
    """So many of the lines, each label in its share; the same ones each time. All of them where there are no more."""
    if count >= len(lines):
        return list(lines)
    labels = [line.label for line in lines]
    if count < 2 * len(set(labels)):
        raise LinesError(
            f"{count} lines are too few for {len(set(labels))} labels; take at least {2 * len(set(labels))}"
        )
    chosen, _ = train_test_split(list(lines), train_size=count, stratify=labels, random_state=_SEED)
    return list(chosen)


def write_lines(lines: Sequence[Line], file: Path) -> None:
    """Writes lines as Rasa's training data."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        groups[line.label].append(f"- {line.text}\n")
    content = {"version": "3.1", "nlu": [{"intent": name, "examples": "".join(own)} for name, own in groups.items()]}
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
