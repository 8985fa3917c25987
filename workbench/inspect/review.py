"""The review file: lines that were understood wrongly, with their right labels, in Rasa's training format.

Lines can be moved into data/nlu unchanged. The file lies in the data folder, where nothing trains on it, since a
citizen's words may name people.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from common import cpr
from common.yaml_files import read_yaml
from workbench.shared.lines import as_example

_HEAD = """\
# Sætninger, som assistenten forstod forkert, med det rigtige emne. Skrevet af 'script/bot inspect'.
# Der bliver ikke trænet på filen. Flyt selv linjerne til emnets fil i data/nlu, fjern navne og andet personligt,
# og kør script/train.
"""


class ReviewError(ValueError):
    """The review file cannot be read or written; the message is Danish and says what to do."""


@dataclass(frozen=True)
class Noted:
    """A written line. `outcome`: `new`, `moved` (from another label) or `known` (it stood there already)."""

    line: str
    label: str
    outcome: str


class Review:
    """The review file; a line has one label, the last one given."""

    def __init__(self, file: Path) -> None:
        """`file` is created with the first line."""
        self.file = file

    def labels(self) -> dict[str, str]:
        """The lines with their labels; ReviewError when the file is damaged."""
        if not self.file.exists():
            return {}
        try:
            content: Any = read_yaml(self.file) or {}
            return {
                line.strip().removeprefix("- ").strip(): str(group["intent"])
                for group in content.get("nlu") or ()
                for line in str(group["examples"]).splitlines()
                if line.strip()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            raise ReviewError(f"{self.file.name} kan ikke læses. Ret filen, eller flyt den, og prøv igen.") from error

    def note(self, text: str, label: str) -> Noted:
        """Writes a text under its right label, as one line, with CPR numbers masked."""
        line = as_example(cpr.mask(text)[0])
        if not line:
            raise ReviewError("Der er ingen tekst at skrive.")
        labels = self.labels()
        same = next((known for known in labels if known.casefold() == line.casefold()), None)
        before = labels.pop(same) if same else None
        if before == label:
            return Noted(line, label, "known")
        labels[line] = label
        self._write(labels)
        return Noted(line, label, "moved" if before else "new")

    def _write(self, labels: dict[str, str]) -> None:
        parts = [_HEAD, 'version: "3.1"\nnlu:\n']
        for label in dict.fromkeys(labels.values()):
            parts.append(f"- intent: {label}\n  examples: |\n")
            parts += [f"    - {line}\n" for line, its in labels.items() if its == label]
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_name(f".{os.getpid()}-{self.file.name}")
        new.write_text("".join(parts), encoding="utf-8")
        os.replace(new, self.file)
