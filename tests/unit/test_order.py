"""The order of files in a run of several processes."""

from order import LONG, in_order

from common.settings import ROOT


def test_waiting_and_computing_files_take_turns_and_long_ones_go_first() -> None:
    tests = {
        "unit/common/test_clock.py": 40,
        "unit/common/test_patterns.py": 3,
        "browser/test_page.py": 5,
        "system/test_deployment.py": 12,
        "nlu/test_turns.py": 4,
        "faults/test_faults_clock.py": 9,
        "dialogues/test_fuzz.py": 1,
        "unit/test_order.py": 2,
    }
    assert in_order(tests) == [
        "system/test_deployment.py",
        "dialogues/test_fuzz.py",
        "faults/test_faults_clock.py",
        "nlu/test_turns.py",
        "browser/test_page.py",
        "unit/common/test_patterns.py",
        "unit/common/test_clock.py",
        "unit/test_order.py",
    ]


def test_every_long_file_exists() -> None:
    assert [file for file in LONG if not (ROOT / "tests" / file).exists()] == []
