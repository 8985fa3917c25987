"""Which slots are asked for, in which order, and the payload made of them."""

import pytest
from request_states import state

from actions.request.payload import draft
from actions.request.wording import rows, value_text
from common.progress import questions_left
from common.slots import ORDER, is_settled, may_skip, next_slot
from legal.schema import problems

KNOWN = {
    "recording": {
        "meeting_department": "jobcenter",
        "meeting_department_text": "jobcentret",
        "meeting_kind": "in_person",
        "meeting_date": "2026-12-03",
        "meeting_time": "14:30",
        "recording_medium": "audio",
        "recording_grounds": ["memory", "other"],
        "support_person_possible": "unsure",
        "recording_purpose": "private",
        "terms_accepted": True,
        "terms_accepted_at": "2026-12-01T09:58:00+01:00",
    },
    "notes": {"meeting_department": "unknown", "meeting_kind": "phone_call", "notes_wanted": "alle"},
    "question": {"question_text": "Hvor længe?"},
}
WHO = {"applicant_name": "O'Brien", "applicant_email": "o@eksempel.dk"}


@pytest.mark.parametrize("kind", ORDER)
def test_the_payload_fits_the_schema(kind: str) -> None:
    payload = draft({"request_type": kind, **KNOWN[kind], **WHO}, [KNOWN[kind]], "chat-1")
    whole = {
        **payload,
        "id": "0190163d-8694-739b-aea5-966c26f8ad91",
        "reference": "3RTE-MMJE",
        "submitted_at": "2026-12-01T10:00:00+01:00",
    }
    found = [problem for problem in problems(whole) if not problem.startswith("reference")]
    assert not found


@pytest.mark.parametrize("kind", ORDER)
def test_slots_ask_for_the_matter_first_and_the_applicant_last(kind: str) -> None:
    known: dict[str, object] = {"request_type": kind}
    asked = []
    while (slot := next_slot(known, [])) != "review":
        asked.append(slot)
        known[slot] = "x"
    # Nobody else's name is asked for where the citizen writes for themselves.
    assert asked == [slot for slot in ORDER[kind] if slot != "behalf_name"]
    assert asked[-3:] == ["applicant_name", "applicant_email", "applicant_phone"]


@pytest.mark.parametrize(("kind", "questions"), [("recording", 7), ("notes", 3), ("question", 2)])
def test_no_request_asks_more_questions_than_the_contract_allows(kind: str, questions: int) -> None:
    # With the wish and the sending: 9, 5 and 4 messages (request.md: 9, 6 and 5 at most).
    known = {"request_type": kind}
    assert questions_left(state(None, known)) == questions
    assert questions_left(state(None, known | {"behalf_relation": "relative"})) == questions + 1


def test_one_of_email_and_telephone_is_enough() -> None:
    assert may_skip("applicant_email", {})
    assert may_skip("applicant_phone", {"applicant_email": "a@b.dk"})
    assert not may_skip("applicant_phone", {})


def test_without_email_and_telephone_the_request_is_not_complete() -> None:
    """A skipped telephone number is asked for after all when the e-mail address is removed."""
    known = {"request_type": "question", "question_text": "Hvor længe?", "applicant_name": "Li Ng"}
    assert next_slot(known, ["applicant_email", "applicant_phone"]) == "applicant_phone"
    assert next_slot({**known, "applicant_email": "li@eksempel.dk"}, ["applicant_phone"]) == "review"


def test_a_skipped_slot_counts_as_answered() -> None:
    assert is_settled("meeting_date", {}, ["meeting_date"])
    assert not is_settled("meeting_date", {}, [])


def test_values_are_shown_in_good_danish() -> None:
    known = {"request_type": "recording", **KNOWN["recording"], **WHO}
    assert value_text("meeting_date", known) == "torsdag den 3. december 2026 kl. 14.30"
    assert value_text("applicant_phone", {"applicant_phone": "+4538214236"}) == "38 21 42 36"
    shown = {row["label"]: row["value"] for row in rows(known)}
    assert shown["Grund"] == "Svært ved at huske, En anden grund"
    assert not {"jobcenter", "in_person", "audio", "True"} & set(shown.values())
