"""Documents that code names exist, links between documents resolve, decision records have their form."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.settings import ROOT

_PACKAGES = ("actions", "bot", "common", "legal", "run", "workbench")
_FOLDERS = (ROOT / "docs" / "contracts", ROOT / "docs" / "decisions", ROOT / "docs", ROOT)
_NAME = re.compile(r"[\w./-]*\w\.md\b")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z]+:|#")
_DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
_HEADINGS = ["## Context", "## Decision", "## Measured", "## Consequences"]
_MOST_LINES = 60


def _remarks(file: Path) -> Iterator[str]:
    """The docstrings and comments of a Python file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
    with tokenize.open(file) as lines:
        yield from (
            token.string for token in tokenize.generate_tokens(lines.readline) if token.type == tokenize.COMMENT
        )


def _exists(name: str) -> bool:
    return (ROOT / name).is_file() if "/" in name else any((folder / name).is_file() for folder in _FOLDERS)


@pytest.mark.parametrize("package", _PACKAGES)
def test_documents_that_code_names_exist(package: str) -> None:
    named = [
        (file.relative_to(ROOT).as_posix(), name)
        for file in sorted((ROOT / package).rglob("*.py"))
        for remark in _remarks(file)
        for name in _NAME.findall(remark)
    ]
    assert [(file, name) for file, name in named if not _exists(name)] == []


def test_document_names_are_found_in_comments() -> None:
    remarks = "\n".join(_remarks(ROOT / "bot" / "past.py"))
    assert "conversation.md" in _NAME.findall(remarks)
    assert not _exists("no_such_page.md") and not _exists("docs/no_such_page.md")


@pytest.mark.parametrize(
    "page",
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]),
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_relative_links_resolve(page: Path) -> None:
    links = _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8")))
    inside = [link.split("#")[0] for link in links if not _ELSEWHERE.match(link)]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", _DECISIONS, ids=lambda page: page.stem)
def test_a_decision_record_has_four_short_parts(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= _MOST_LINES
    assert [line for line in lines if line.startswith("## ")] == _HEADINGS
    assert f"({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")
