"""What the assistant said last decides what a bare yes answers."""

from datetime import date

import pytest

from common.request import State


@pytest.mark.parametrize(
    ("slot", "names", "prompted"),
    [
        ("review", ["utter_review"], True),
        ("review", ["utter_faq_contact", "utter_review"], True),
        ("review", ["utter_send_failed"], True),
        ("review", ["utter_what_to_correct"], False),
        ("review", ["utter_request_waits"], False),
        ("review", ["utter_which_date"], False),
        ("review", ["utter_actions_down"], False),
        ("terms_accepted", ["utter_prompt_terms_accepted"], True),
        ("terms_accepted", ["utter_terms_needed"], True),
        ("terms_accepted", ["utter_stuck"], False),
        ("support_person_possible", ["utter_unclear", "utter_prompt_support_person_possible"], True),
        ("meeting_date", ["utter_prompt_meeting_date_notes"], True),
        ("meeting_date", ["utter_prompt_meeting_kind"], False),
    ],
)
def test_a_bare_yes_answers_what_the_assistant_said_last(slot: str, names: list[str], prompted: bool) -> None:
    assert State.of({"requested_slot": slot}, names, date(2026, 12, 1)).prompted is prompted
