"""A mistake in a file of the project: file, line and remedy."""

from dataclasses import dataclass
from pathlib import Path

from common.settings import ROOT


@dataclass(frozen=True)
class Problem:
    """A mistake; `what` says in Danish what is wrong and what to do."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{shown(self.file)}, linje {self.line}: {self.what}"


class FormatError(ValueError):
    """A file that cannot be used, with all the problems found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def shown(file: Path) -> str:
    """A file's path, relative to the project's folder when it lies there."""
    path = file.resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(file)
