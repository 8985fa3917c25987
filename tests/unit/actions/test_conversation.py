"""Tests, actions: what the conversation so far says."""

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation import was_prompted


def tracker(*names: str) -> Tracker:
    """A citizen who was told these, and has just written 'ja'."""
    said: list[dict[str, Any]] = [{"event": "bot", "metadata": {"utter_action": name}} for name in names]
    events = [{"event": "user", "text": "hej"}, *said, {"event": "user", "text": "ja"}]
    return Tracker("chat-1", {}, {}, events, False, None, {}, None)


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
def test_what_a_bare_yes_answers(slot: str, names: list[str], prompted: bool) -> None:
    assert was_prompted(tracker(*names), slot) is prompted
