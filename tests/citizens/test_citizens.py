"""Each scripted citizen's request reaches Jura with exactly what was said."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scripted_citizens import ScriptedCitizen, as_expected, differences, read_citizens, talk

from common.clock import parse_now

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant

CITIZENS = read_citizens(Path(__file__).parent)
OF_VERSION_2 = read_citizens(Path(__file__).parent / "version_2", version=2)


@pytest.mark.parametrize("scripted", [*CITIZENS, *OF_VERSION_2], ids=[one.id for one in (*CITIZENS, *OF_VERSION_2)])
def test_jura_receives_what_the_citizen_said(scripted: ScriptedCitizen, assistant: "Assistant") -> None:
    from workbench.dialogues.web_citizen import WebCitizen

    citizen = WebCitizen(assistant, parse_now(scripted.now), "up")
    try:
        turn = None
        for part in scripted.parts:
            said, turn = talk(citizen, part, turn)
            received = citizen.received()
            if part.expect is None:
                assert received == [], "\n".join([*said, "nothing was to be sent"])
                continue
            assert len(received) == 1, "\n".join([*said, f"{len(received)} requests arrived"])
            payload = received[0].payload if part.version > 1 else as_expected(received[0].payload, part)
            wrong = [
                *differences(part.expect, payload, said="\n".join(said)),
                *received[0].problems,
            ]
            assert wrong == [], "\n".join([*said, *wrong])
            assert part.most is None or len(said) <= part.most, "\n".join([*said, f"in more than {part.most} messages"])
    finally:
        citizen.leave()


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
