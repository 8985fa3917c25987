"""Labelled lines of Rasa's training files: read, sampled, written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from sklearn.model_selection import train_test_split

from bot.nlu.text import clean
from common.yaml_files import read_yaml

_SEED = 42
# [word](name) would be read as an annotated value.
_BRACKETS = str.maketrans("[]{}", "()()")


class LinesError(ValueError):
    """A file of labelled lines cannot be used; the message names it and the remedy."""


@dataclass(frozen=True)
class Line:
    """A text and its label."""

    text: str
    label: str


def read_lines(folder: Path) -> list[Line]:
    """All labelled lines of the files in a folder, in order; files without an `nlu` part are skipped."""
    lines: list[Line] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            content = read_yaml(file) or {}
        except yaml.YAMLError as error:
            raise LinesError(f"{file.name} is not YAML: {error}") from error
        for group in content.get("nlu", []):
            examples = str(group["examples"]).splitlines()
            lines += [Line(e.removeprefix("- ").strip(), str(group["intent"])) for e in examples if e.startswith("- ")]
    if not lines:
        raise LinesError(f"there are no labelled lines in {folder}; its *.yml files need an 'nlu' part")
    return lines


def sample(lines: Sequence[Line], count: int) -> list[Line]:
    """`count` of the lines, each label in proportion, the same ones each time; all when there are no more."""
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


def as_example(text: str, longest: int | None = None) -> str:
    """A text as one example of Rasa's training data: one line, no brackets, cut to `longest` characters."""
    return clean(text)[:longest].translate(_BRACKETS).removeprefix("- ").strip()
