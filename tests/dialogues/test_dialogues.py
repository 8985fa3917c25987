"""Runs the dialogue files of this folder with the trained model, the real actions and a receiver.

Every third dialogue is played; with `--every-row` all, as `script/bot test` plays them.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workbench.dialogues import format, report
from workbench.dialogues.script import CITIZEN, WORLD, Case
from workbench.shared.problems import shown

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant

CASES = format.read_all(format.find([Path(__file__).parent]))
# A dialogue's folder says what it tests.
FOLDERS = {
    "cancellations",
    "changes_of_mind",
    "corrections",
    "dates",
    "digressions",
    "follow_ups",
    "happy_path",
    "hostile_input",
    "invalid_input",
    "second_request",
    "several_at_once",
    "skips",
}


def _id(case: Case) -> str:
    return f"{case.file.parent.name}/{case.file.stem}: {case.name}"


@pytest.mark.one_in(3)
@pytest.mark.parametrize("case", CASES, ids=_id)
def test_dialogue(case: Case, assistant: "Assistant") -> None:
    from workbench.dialogues.web_citizen import run_in

    verdict = run_in(assistant, case)
    if verdict.failure:
        pytest.fail(report.plain(verdict), pytrace=False)


def test_the_readmes_example_dialogue_passes(tmp_path: Path, assistant: "Assistant") -> None:
    from workbench.dialogues.web_citizen import run_in

    example = (Path(__file__).parent / "README.md").read_text(encoding="utf-8").split("```")[1].removeprefix("yaml")
    file = tmp_path / "eksempel.yml"
    file.write_text(example, encoding="utf-8")
    for case in format.read(file):
        verdict = run_in(assistant, case)
        assert verdict.failure is None, report.plain(verdict)


def test_every_folder_of_dialogues_is_filled() -> None:
    assert {case.file.parent.name for case in CASES} == FOLDERS


def test_no_two_dialogues_are_the_same() -> None:
    said: dict[tuple[object, ...], Case] = {}
    for case in CASES:
        key = tuple((step.kind, str(step.value), step.twice) for step in case.steps if step.kind in (*CITIZEN, *WORLD))
        key = (*key, case.now, case.receiver)
        assert key not in said, f"{shown(case.file)}: '{case.name}' siger det samme som '{said[key].name}'"
        said[key] = case
