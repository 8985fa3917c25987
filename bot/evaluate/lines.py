"""Bot room, evaluation: labelled lines out of Rasa's training files."""

from dataclasses import dataclass
from pathlib import Path

import yaml


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
