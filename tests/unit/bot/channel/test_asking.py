"""The `asking` field of an answer: which slot or question is asked."""

from typing import Any

import pytest

from bot.channel.asking import asking


@pytest.mark.parametrize(
    ("slots", "name"),
    [
        ({}, None),
        ({"requested_slot": "meeting_kind"}, "meeting_kind"),
        ({"requested_slot": None, "request_pending": {"kind": "withdraw"}}, None),
        ({"requested_slot": "terms_accepted", "request_pending": {"kind": "terms"}}, "terms_accepted"),
        ({"requested_slot": "meeting_date", "request_pending": {"kind": "date"}}, "which_date"),
        ({"requested_slot": "meeting_kind", "request_pending": {"kind": "date", "waits": True}}, "meeting_kind"),
        ({"requested_slot": "review", "request_pending": {"kind": "stop"}}, "confirm_stop"),
        ({"requested_slot": "review", "request_pending": {"kind": "restart"}}, "confirm_restart"),
        ({"requested_slot": "review", "request_pending": {"kind": "which_slot"}}, "which_slot"),
        ({"requested_slot": "review", "request_pending": {"kind": "which_request"}}, "which_request"),
        ({"requested_slot": "review", "request_pending": {"kind": "same_time"}}, "same_time"),
        ({"requested_slot": "notes_wanted", "request_pending": {"kind": "question_or_value"}}, "question_or_value"),
    ],
)
def test_a_page_is_told_what_is_asked(slots: dict[str, Any], name: str | None) -> None:
    assert asking(slots) == name
