"""What has no field is kept in the remarks: whole, once, and never in the place of anything else."""

from typing import Any

from request_states import RECORDING, state, until

from actions.request.payload import draft
from actions.request.wording import rows
from actions.turn.applying import applied
from common.acts import ADDS, CHANGE, SET, Act
from common.slots import FREE_TEXT, TOLD_BESIDE, next_slot, previous_slot

HOME = "De kommer hjem til min mor"
CALL = "ring helst efter kl. 15"


def tells(words: str) -> Act:
    return Act(SET, words, slot=TOLD_BESIDE, words=words)


def test_two_remarks_of_one_message_stand_under_each_other_and_the_reason_stays_what_it_is() -> None:
    more = Act(CHANGE, "jeg hører dårligt", ADDS, slot="recording_explanation")
    values = applied([more, tells(HOME), tells(CALL)], state("review", RECORDING)).values
    assert values["recording_explanation"] == "jeg glemmer alt\njeg hører dårligt"
    assert values[TOLD_BESIDE] == f"{HOME}\n{CALL}"


def test_what_was_kept_before_is_kept_once() -> None:
    known: dict[str, Any] = {**RECORDING, TOLD_BESIDE: HOME}
    assert applied([tells(HOME)], state("review", known)).values[TOLD_BESIDE] == HOME


def test_remarks_that_are_too_long_are_said_to_be_so_and_change_nothing() -> None:
    known = until("recording_medium", told_beside="o" * FREE_TEXT[TOLD_BESIDE])
    result = applied([tells(HOME)], state("recording_medium", known))
    assert not result.values
    assert "utter_too_long_value" in [say.response for say in result.says]


def test_they_are_asked_for_only_while_they_are_to_be_changed() -> None:
    assert next_slot(RECORDING, ()) == "review"
    assert next_slot({**RECORDING, TOLD_BESIDE: HOME}, ()) == "review"
    assert next_slot({**RECORDING, TOLD_BESIDE: ""}, ()) == TOLD_BESIDE
    assert next_slot({**RECORDING, TOLD_BESIDE: ""}, {TOLD_BESIDE}) == "review"
    assert previous_slot("review", RECORDING) != TOLD_BESIDE


def test_the_review_shows_them_with_a_button_and_jura_gets_them_in_a_field_of_their_own() -> None:
    known = {**RECORDING, TOLD_BESIDE: f"{HOME}\n{CALL}"}
    (row,) = [row for row in rows(known) if row["slot"] == TOLD_BESIDE]
    assert (row["label"], row["value"]) == ("Andet, du har skrevet", f"{HOME} / {CALL}")
    assert row["payload"] == '/correct{"slot": "told_beside"}'
    assert draft(known, [], "c")["remarks"] == f"{HOME}\n{CALL}"


def test_without_any_there_is_no_row_and_nothing_for_jura() -> None:
    for known in (RECORDING, {**RECORDING, TOLD_BESIDE: ""}):
        assert TOLD_BESIDE not in [row["slot"] for row in rows(known)]
        assert draft(known, [], "c")["remarks"] is None
