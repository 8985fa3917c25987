"""A question after a receipt is about the request that was sent, unless it names another meeting or person."""

import pytest

from bot.nlu.intents.after_receipt import of_what_was_sent
from bot.past import Past

MEETING = {"meeting_department": "jobcenter", "meeting_date": "2026-12-10"}
SENT = {"sent_type": "recording", "request_last_meeting": [MEETING], "behalf_who": "din kone"}


@pytest.mark.parametrize(
    ("text", "of_the_sent"),
    [
        ("må jeg så optage nu", True),
        ("må jeg optage mødet den 10. december", True),
        ("må min kone så tænde den på torsdag", True),
        ("må man optage et møde med kommunen", False),
        ("må min søster optage sit møde", False),
        ("må jeg optage mødet den 20. december", False),
        ("må jeg optage mødet hos borgerservice", False),
        ("så har vi et møde mere, må jeg optage det", False),
    ],
)
def test_may_i_record_is_about_the_request_unless_it_names_something_new(text: str, of_the_sent: bool) -> None:
    expected = "faq_after_sending" if of_the_sent else "faq_may_i_record"
    assert of_what_was_sent("faq_may_i_record", text, Past(slots=SENT)) == expected


@pytest.mark.parametrize("kind", ["notes", "question", None])
def test_may_i_record_is_not_about_notes_or_a_question(kind: str | None) -> None:
    past = Past(slots={"sent_type": kind})
    assert of_what_was_sent("faq_may_i_record", "må jeg så optage nu", past) == "faq_may_i_record"
    assert of_what_was_sent("faq_timing", "hvornår hører jeg noget", past) == "faq_after_sending"
