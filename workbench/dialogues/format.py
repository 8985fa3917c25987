"""Reads dialogue files (tests/dialogues/README.md); reports all mistakes at once, with file and line."""

from datetime import datetime
from pathlib import Path
from typing import Any

from common.clock import parse_now
from workbench.dialogues.script import ASSERTIONS, CITIZEN, EXPECTED, WORLD, Case, Step
from workbench.dialogues.values import Values
from workbench.shared.problems import FormatError, Problem
from workbench.shared.vocabulary import meant
from workbench.shared.yaml_lines import line_of, load

# A Tuesday morning, no holiday within the week.
DEFAULT_NOW = "2026-12-01T10:00:00+01:00"
_FILE_KEYS = ("test_cases", "now", "given")
_CASE_KEYS = ("test_case", "steps", "now", "given", "receiver")
_STEP_KEYS = (*CITIZEN, *WORLD, *EXPECTED)


def find(paths: list[Path]) -> list[Path]:
    """The dialogue files among files and folders; FormatError for a path without any."""
    found: list[Path] = []
    for path in paths:
        files = sorted([*path.rglob("*.yml"), *path.rglob("*.yaml")]) if path.is_dir() else [path]
        if not files or not files[0].is_file():
            raise FormatError([Problem(path, 1, "Her er ingen dialoger. Skriv en fil eller en mappe med .yml-filer.")])
        found += [file for file in files if file not in found]
    return found


def read_all(files: list[Path]) -> list[Case]:
    """The cases of all files; FormatError with the problems of all files."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for file in files:
        try:
            cases += read(file)
        except FormatError as error:
            problems += error.problems
    if problems:
        raise FormatError(problems)
    return cases


def read(file: Path) -> list[Case]:
    """The cases of one file, in order; FormatError with all its problems."""
    reader = _Reader(file)
    cases = reader.cases(load(file))
    if reader.problems:
        raise FormatError(sorted(reader.problems, key=lambda problem: problem.line))
    return cases


class _Reader(Values):
    """Reads one file; collects `problems` and leaves out what cannot be read."""

    def cases(self, root: Any) -> list[Case]:
        """All test cases of the file."""
        if not isinstance(root, dict) or not isinstance(root.get("test_cases"), list):
            self.problem(1, "Filen skal begynde med 'test_cases:' og en liste af dialoger.")
            return []
        self.only(root, _FILE_KEYS, "Filen")
        now = self.moment(root, "now") or parse_now(DEFAULT_NOW)
        beginnings = {}
        given = root.get("given") or {}
        if isinstance(given, dict):
            beginnings = {str(name): self.steps(given, name) for name in given}
        else:
            self.problem(line_of(root, "given"), "'given' skal være navne, hver med en liste af trin.")
        found: list[Case] = []
        for index, node in enumerate(root["test_cases"]):
            case = self._case(node, line_of(root["test_cases"], index), now, beginnings)
            if case and any(other.name == case.name for other in found):
                self.problem(case.line, f"To dialoger hedder '{case.name}'. Giv den ene et andet navn.")
            if case:
                found.append(case)
        if not root["test_cases"]:
            self.problem(line_of(root, "test_cases"), "Der er ingen dialoger under 'test_cases'. Skriv en.")
        return found

    def _case(self, node: Any, line: int, now: datetime, beginnings: dict[str, list[Step]]) -> Case | None:
        if not isinstance(node, dict) or not str(node.get("test_case") or "").strip():
            self.problem(line, "Dialogen mangler et navn. Skriv '- test_case: navn'.")
            return None
        self.only(node, _CASE_KEYS, "Dialogen")
        steps = self.steps(node, "steps")
        if not node.get("steps"):
            self.problem(line_of(node, "steps"), "Dialogen har ingen trin. Skriv 'steps:' og en liste af trin.")
        if "given" in node:
            name = str(node["given"])
            if name not in beginnings:
                what = f"'given: {name}' findes ikke øverst i filen.{meant(name, list(beginnings))}"
                self.problem(line_of(node, "given"), what)
            steps = [*beginnings.get(name, []), *steps]
        receiver = self.receiver(node, "receiver") if "receiver" in node else "up"
        name = str(node["test_case"]).strip()
        return Case(name, self.file, line, self.moment(node, "now") or now, receiver, tuple(steps))

    def steps(self, parent: Any, key: Any) -> list[Step]:
        """The steps of the list at `key`."""
        nodes = parent.get(key)
        if nodes is None:
            return []
        if not isinstance(nodes, list):
            self.problem(line_of(parent, key), f"'{key}' skal være en liste, hvor hvert trin begynder med '- '.")
            return []
        steps = [self._step(node, line_of(nodes, index)) for index, node in enumerate(nodes)]
        return [step for step in steps if step]

    def _step(self, node: Any, line: int) -> Step | None:
        if not isinstance(node, dict):
            self.problem(line, f"Trinnet skal have navn og kolon, for eksempel 'user: ...'. Her står: {node!s:.60}")
            return None
        kinds = [key for key in node if key in _STEP_KEYS]
        extra = [key for key in node if key not in _STEP_KEYS and key not in ("assertions", "twice")]
        for key in extra:
            what = f"Trinnet har '{key}', som ikke kendes.{meant(str(key), _STEP_KEYS)} Et trin er et af: "
            self.problem(line_of(node, key), what + ", ".join(_STEP_KEYS) + ".")
        if len(kinds) != 1:
            if not extra:
                self.problem(line, "Trinnet skal have ét af navnene: " + ", ".join(_STEP_KEYS) + ".")
            return None
        kind = str(kinds[0])
        if kind not in CITIZEN and ("assertions" in node or "twice" in node):
            self.problem(line, "'assertions' og 'twice' hører til et trin med 'user' eller 'button'. Flyt dem dertil.")
            return None
        twice = self.yes_no(node, "twice") if "twice" in node else False
        return Step(kind, self.value(node, kind), line_of(node, kind), self._assertions(node), twice)

    def _assertions(self, node: Any) -> tuple[Step, ...]:
        nodes = node.get("assertions")
        if nodes is None:
            return ()
        if not isinstance(nodes, list):
            self.problem(line_of(node, "assertions"), "'assertions' skal være en liste, hvor hver begynder med '- '.")
            return ()
        found: list[Step] = []
        for index, item in enumerate(nodes):
            line = line_of(nodes, index)
            if not isinstance(item, dict) or len(item) != 1:
                self.problem(line, "Hver af 'assertions' skal have ét navn: " + ", ".join(ASSERTIONS) + ".")
                continue
            kind = str(next(iter(item)))
            if kind not in ASSERTIONS:
                what = f"'{kind}' kendes ikke under 'assertions'.{meant(kind, ASSERTIONS)} Der kan stå: "
                self.problem(line, what + ", ".join(ASSERTIONS) + ".")
                continue
            found.append(Step(kind, self.value(item, kind), line))
        return tuple(found)
