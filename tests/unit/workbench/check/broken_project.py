"""A copy of the project's files in which a test breaks something."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from common.settings import ROOT
from workbench.check.command import problems
from workbench.shared.problems import Problem


@dataclass
class Project:
    """A copy of the project; `new` lists the problems that the original does not have."""

    root: Path
    before: frozenset[tuple[str, str]]
    _unchanged: dict[Path, str] = field(default_factory=dict)

    def change(self, file: str, old: str, new: str) -> int:
        """Replaces the first `old` in a file; returns its line number."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r} any more"
        self._unchanged.setdefault(path, text)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def restore(self) -> None:
        """Takes all changes back."""
        for path, text in self._unchanged.items():
            path.write_text(text, encoding="utf-8")

    def new(self) -> list[Problem]:
        found = problems(self.root)[0]
        return [one for one in found if (one.file.name, without_folder(one, self.root)) not in self.before]

    def only(self, file: str, line: int | None, *words: str) -> Problem:
        """The only new problem; checks its file, line and words."""
        found = self.new()
        assert len(found) == 1, [str(one) for one in found]
        _check_problem(found[0], self.root / file, line, words)
        return found[0]

    def one_of(self, file: str, line: int | None, *words: str) -> Problem:
        """The new problem with these words, among others; checks its file and line."""
        found = [one for one in self.new() if all(word in one.what for word in words)]
        assert len(found) == 1, [str(one) for one in self.new()]
        _check_problem(found[0], self.root / file, line, ())
        return found[0]


def _check_problem(problem: Problem, file: Path, line: int | None, words: tuple[str, ...]) -> None:
    assert problem.file == file
    assert line is None or problem.line == line, str(problem)
    for word in words:
        assert word in problem.what


def without_folder(problem: Problem, root: Path) -> str:
    # Two copies have different paths.
    return problem.what.replace(f"{root}/", "")


def copy_of_the_project(root: Path) -> Path:
    for folder in ("domain", "data", "actions", "bot"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "siden.md", root / "docs")
    shutil.copy(ROOT / "config.yml", root)
    return root
