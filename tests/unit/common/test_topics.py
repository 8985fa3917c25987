"""The topic in a response's name."""

import pytest

from common.topics import plainer, topic_of


@pytest.mark.parametrize(
    ("response", "topic"),
    [
        ("utter_faq_notes", "faq_notes"),
        ("utter_simple_how_to_ask", "faq_how_to_ask"),
        ("utter_more_notes_where", "faq_notes"),
        ("utter_more_how_to_ask_how_to", "faq_how_to_ask"),
        ("utter_more_criteria_which_first", "faq_criteria"),
        ("utter_more_not_on_page_why", "faq_not_on_page"),
        ("utter_more_equipment_not_on_page", "faq_equipment"),
        ("utter_more_human_handover_where", "human_handover"),
        ("utter_human_handover", "human_handover"),
        ("utter_prompt_meeting_date", None),
        ("utter_more_nothing", None),
        ("", None),
    ],
)
def test_a_response_has_a_topic(response: str, topic: str | None) -> None:
    assert topic_of(response) == topic


def test_a_response_has_a_plainer_wording() -> None:
    assert plainer("utter_faq_notes") == "utter_simple_notes"
