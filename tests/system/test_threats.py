"""The threat model (docs/threats.md): each threat names tests, and each test that it names exists."""

import ast
from pathlib import Path

import pytest

from common import patterns
from common.settings import ROOT

_PAGE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
_NAMED = patterns.compile(r"`(test_\w+)`")
_BOUNDARY = patterns.compile(r"^### (B\d) ", patterns.MULTILINE)
_THREAT = patterns.compile(r"^\| ([STRIDE]) \| (.+) \|$", patterns.MULTILINE)


def _tests() -> dict[str, list[Path]]:
    """The project's tests by name, with their files."""
    found: dict[str, list[Path]] = {}
    for file in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                found.setdefault(node.name, []).append(file)
    return found


def _boundaries() -> dict[str, str]:
    pieces = _BOUNDARY.split(_PAGE)
    # A boundary ends at the next chapter.
    return {name: text.split("\n## ")[0] for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def test_each_test_named_in_the_threat_model_exists_once() -> None:
    tests = _tests()
    wrong = {name: len(tests.get(name, ())) for name in _NAMED.findall(_PAGE) if len(tests.get(name, ())) != 1}
    assert wrong == {}


@pytest.mark.parametrize("boundary", ["B1", "B2", "B3", "B4", "B5", "B6"])
def test_each_boundary_has_every_kind_of_threat_and_each_threat_a_test(boundary: str) -> None:
    threats = _THREAT.findall(_boundaries()[boundary])
    assert {kind for kind, _ in threats} == set("STRIDE")
    assert [threat for _, threat in threats if not _NAMED.search(threat)] == []
