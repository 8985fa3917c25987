"""A request to record with every slot filled, for tests that ask for some of them."""

from typing import Any

FILLED: dict[str, Any] = {
    "meeting_department": "jobcenter",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "recording_medium": "audio",
    "recording_explanation": "jeg glemmer alt",
    "recording_grounds": ["memory"],
    "support_person_possible": "no",
    "recording_purpose": "private",
    "terms_accepted": True,
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
}
