"""Cues in the code and in data/values/cues.yml are the same."""

import ast
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.nlu.acts.request.message import cues
from common.settings import ROOT
from common.slots import ORDER


def _cues_in_code() -> set[str]:
    """The cue names in calls like `cue("stop")` and `cue_in(f"wish_{kind}", part)`, and in `cues()[...]`."""
    found: set[str] = set()
    for file in [*sorted((ROOT / "bot" / "nlu" / "acts").rglob("*.py")), ROOT / "bot" / "telephone.py"]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "cues()":
                found |= {str(one.value) for one in (node.slice,) if isinstance(one, ast.Constant)}
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("cue", "cue_in", "part"):
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    found.add(str(name.value))
                elif isinstance(name, ast.JoinedStr):
                    written = ast.unparse(name)[2:-1]
                    found |= {re.sub(r"\{\w+\}", kind, written) for kind in ORDER}
    return found


def test_every_cue_in_the_code_is_defined() -> None:
    assert _cues_in_code() - set(cues()) == set()


def test_every_defined_cue_is_used() -> None:
    assert set(cues()) - _cues_in_code() == set()


@pytest.mark.parametrize("file", sorted((ROOT / "data" / "values").glob("*.yml")), ids=lambda file: file.stem)
def test_no_name_is_defined_twice(file: Path) -> None:
    # PyYAML, which reads the files in use, keeps the last one without a word.
    assert YAML(typ="safe").load(file.read_text(encoding="utf-8"))
