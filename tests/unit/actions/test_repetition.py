"""No reply is given twice in a row; the third one has the telephone number."""

from dataclasses import replace

import pytest
from deciding import decide
from request_states import NOTES, RECORDING, message, says, state, until

from actions.turn.result import Kind


@pytest.mark.parametrize("slot", [*RECORDING, "notes_wanted", "question_text", "review"])
def test_no_two_replies_in_a_row_are_the_same_and_the_third_has_the_number(slot: str) -> None:
    if slot in ("request_type", "meeting_department_text"):
        return
    kinds = {"notes_wanted": NOTES, "question_text": {"request_type": "question"}}
    known = kinds.get(slot) or (dict(RECORDING) if slot == "review" else until(slot))
    now, ways_out = state(slot, known), ("utter_stuck", "utter_stuck_again")
    for turn in range(6):
        decision = decide(message("?!", "nlu_fallback", 0.1), now)
        assert decision.kind is Kind.UNCLEAR and not set(says(decision)) & now.said
        assert turn < 2 or says(decision)[0] in ways_out
        now = replace(now, failures=turn + 1, said=frozenset(says(decision)))


@pytest.mark.parametrize("slot", ["meeting_kind", "recording_medium", "terms_accepted", "applicant_phone", "review"])
def test_no_two_replies_to_repeated_dont_knows_are_the_same(slot: str) -> None:
    known = dict(RECORDING) if slot == "review" else until(slot, applicant_email=None)
    now = state(slot, {name: value for name, value in known.items() if value is not None})
    for turn in range(5):
        decision = decide(message("det ved jeg ikke", "skip"), now)
        if decision.kind is not Kind.UNCLEAR:
            return
        assert not set(says(decision)) & now.said
        now = replace(now, failures=turn + 1, said=frozenset(says(decision)))
