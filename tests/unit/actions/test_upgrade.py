"""A request that was begun with version 1 of the assistant continues with its values."""

from typing import Any

import pytest

from legal.outbox import Outbox
from tests.spoken import pressed

# Slots as version 1 kept them: no list of meetings; ground, explanation, e-mail and telephone asked for one by one.
VERSION_1: dict[str, Any] = {
    "request_type": "recording",
    "meeting_department": "jobcenter",
    "meeting_department_text": "jobcentret",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "meeting_time": "14:30",
    "recording_medium": "audio",
}
LATER = {
    "recording_grounds": ["memory"],
    "support_person_possible": "no",
    "recording_purpose": "private",
    "terms_accepted": True,
    "terms_accepted_at": "2026-12-01T09:58:00+01:00",
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
}


def test_a_version_1_request_at_the_ground_stores_it_and_asks_no_second_reason() -> None:
    ground = {"entity": "recording_grounds", "value": "memory"}
    said = pressed("/inform", VERSION_1, "recording_grounds", entities=[ground])
    assert [one["name"] for one in said] == ["utter_prompt_support_person_possible"]


def test_a_version_1_request_at_the_explanation_may_skip_it() -> None:
    said = pressed("/skip", {**VERSION_1, "recording_grounds": ["memory"]}, "recording_explanation")
    assert [one["name"] for one in said] == ["utter_prompt_support_person_possible"]


def test_a_version_1_request_at_the_telephone_may_skip_it() -> None:
    said = pressed("/skip", {**VERSION_1, **LATER, "request_settled": ["recording_explanation"]}, "applicant_phone")
    assert said[-1]["name"] == "utter_review"


@pytest.mark.parametrize("settled", [["recording_explanation", "applicant_phone"]])
def test_a_version_1_request_at_the_review_is_sent_with_its_meeting(settled: list[str], box: Outbox) -> None:
    pressed("/affirm", {**VERSION_1, **LATER, "request_settled": settled}, "review", "utter_review")
    (stored,) = box.entries()
    assert stored.payload["schema"] == "legal-request/2"
    assert stored.payload["meetings"] == [
        {
            "department": "jobcenter",
            "department_text": "jobcentret",
            "kind": "in_person",
            "date": "2026-12-10",
            "time": "14:30",
            "recurrence": None,
        }
    ]
    assert stored.payload["behalf"] is None
