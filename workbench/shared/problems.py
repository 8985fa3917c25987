"""What is wrong in a dialogue file, said with file, line and remedy."""

from dataclasses import dataclass
from pathlib import Path

from common.settings import ROOT


@dataclass(frozen=True)
class Problem:
    """One mistake; `what` says what is wrong and what to do, in Danish."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{shown(self.file)}, linje {self.line}: {self.what}"


class FormatError(ValueError):
    """A file that cannot be run; `problems` are all that were found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def shown(file: Path) -> str:
    """A file as people name it: from the project's folder where it lies there."""
    path = file.resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(file)
