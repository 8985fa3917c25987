"""Tests: every cue that the reading listens for is written, and none is written for nobody."""

import ast
import re

from bot.nlu.acts.request.message import cues
from common.settings import ROOT
from common.slots import ORDER


def _listened_for() -> set[str]:
    """The names in `cue("stop")` and `cue_in(f"wish_{kind}", part)`, `part` and `cues()[...]`."""
    found: set[str] = set()
    for file in sorted((ROOT / "bot" / "nlu" / "acts").rglob("*.py")):
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


def test_a_citizen_meets_no_cue_that_nobody_wrote() -> None:
    assert _listened_for() - set(cues()) == set()


def test_no_cue_is_written_for_nobody() -> None:
    assert set(cues()) - _listened_for() == set()
