"""Every file of citizens is played by one of the tests, which notice what Jura did not receive as said.

They are several files, so that several processes can play them at once.
"""

import test_everyday_citizens
import test_much_at_once
import test_step_by_step
import test_version_2
from scripted_citizens import FOLDER, differences


def test_every_file_of_citizens_is_played_once() -> None:
    tests = (test_everyday_citizens, test_much_at_once, test_step_by_step, test_version_2)
    played = sorted(file for test in tests for file in test.FILES)
    assert played == sorted(file.relative_to(FOLDER).with_suffix("").as_posix() for file in FOLDER.rglob("*.yml"))


def test_differences_in_the_payload_are_noticed() -> None:
    assert differences({"a": {"b": [1, 2]}}, {"a": {"b": [2, 1]}, "c": 3}) == []
    assert differences({"a": {"b": "x"}}, {"a": {"b": "y"}}) == [".a.b: 'y' instead of 'x'"]
    assert differences({"a": None}, {"a": "x"}) == [".a: 'x' instead of None"]
    told = {"explanation": "jeg hører dårligt\nog glemmer"}
    assert differences({"explanation": "og glemmer"}, told, said="jeg hører dårligt -> a\nog glemmer -> b") == []
    assert differences({"explanation": "og glemmer"}, told, said="og glemmer -> b") != [], "a line that nobody said"
    assert (
        differences(
            {"explanation": "jeg ser dårligt"}, told, said="jeg hører dårligt -> recording_explanation\nog glemmer"
        )
        != []
    ), "lost"
    assert differences({"a": {"b": 1}}, {"a": None}) == [".a: None instead of {'b': 1}"]
