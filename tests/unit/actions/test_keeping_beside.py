"""What has no field waits for the request's text, has room in it, and replaces nothing that is added with it."""

from typing import Any

from request_states import RECORDING, state, until

from actions.turn.applying import applied
from actions.turn.told_beside import written
from common.acts import ADDS, CHANGE, SET, Act
from common.slots import FREE_TEXT, LONGEST_TOLD_BESIDE, TOLD_BESIDE

HOME = "De kommer hjem til min mor"
LONGEST = FREE_TEXT["recording_explanation"]


def test_it_waits_for_the_text_and_stands_behind_it() -> None:
    known: dict[str, Any] = until("recording_explanation", told_beside=HOME)
    assert written(known, set()) == [] and known[TOLD_BESIDE] == HOME
    known["recording_explanation"] = "jeg glemmer alt"
    assert written(known, set()) == []
    assert known["recording_explanation"] == f"jeg glemmer alt\n{HOME}" and TOLD_BESIDE not in known


def test_where_no_text_is_given_it_is_the_text() -> None:
    known: dict[str, Any] = until("recording_explanation", told_beside=HOME)
    settled = {"recording_explanation"}
    assert written(known, settled) == []
    assert known["recording_explanation"] == HOME and not settled


def test_a_text_that_leaves_no_room_is_asked_for_again_and_neither_is_lost() -> None:
    known: dict[str, Any] = until("recording_explanation", told_beside=HOME, recording_explanation="o" * LONGEST)
    (say,) = written(known, set())
    assert say.response == "utter_too_long_value" and say.fill == {"limit": "1.973"}
    assert "recording_explanation" not in known and known[TOLD_BESIDE] == HOME
    known["recording_explanation"] = "o" * 1973
    assert written(known, set()) == []
    assert known["recording_explanation"].endswith(HOME)


def test_no_more_waits_than_leaves_room_for_the_text() -> None:
    waiting = state("recording_medium", until("recording_medium", told_beside="o" * LONGEST_TOLD_BESIDE))
    result = applied([Act(SET, HOME, slot=TOLD_BESIDE, words=HOME)], waiting)
    assert not result.values
    assert "utter_too_long_value" in [say.response for say in result.says]


def test_two_additions_in_one_message_stand_both_in_the_text() -> None:
    told = [
        Act(CHANGE, "jeg hører dårligt", ADDS, slot="recording_explanation"),
        Act(SET, HOME, slot=TOLD_BESIDE, words=HOME),
        Act(SET, "ring helst efter kl. 15", slot=TOLD_BESIDE, words="ring helst efter kl. 15"),
    ]
    text = applied(told, state("review", RECORDING)).values["recording_explanation"]
    assert text == f"jeg glemmer alt\njeg hører dårligt\n{HOME}\nring helst efter kl. 15"
