"""Which slot an answer fills, with which value, and what fills none."""

from typing import Any

import pytest
from deciding import Button, decide
from request_states import NOTES, QUESTION, RECORDING, message, says, state, until

from actions.turn.questions import left_open
from actions.turn.result import Kind

VALUES = [
    ("meeting_department", "det er på jobcentret", "inform", {"meeting_department": "jobcenter"}),
    ("meeting_department", "Team Nordøst", "nlu_fallback", {"meeting_department_text": "Team Nordøst"}),
    ("meeting_department", "det ved jeg ikke", "skip", {"meeting_department": "unknown"}),
    ("meeting_kind", "over telefonen", "faq_phone_calls", {"meeting_kind": "phone_call"}),
    ("meeting_kind", "vi mødes derinde", "nlu_fallback", {"meeting_kind": "in_person"}),
    ("meeting_date", "på torsdag kl 14", "inform", {"meeting_date": "2026-12-03", "meeting_time": "14:00"}),
    ("meeting_date", "d. 9/12 halv tre", "inform", {"meeting_date": "2026-12-09", "meeting_time": "14:30"}),
    ("recording_medium", "kun lyd tak", "inform", {"recording_medium": "audio"}),
    (
        "recording_grounds",
        "jeg hører dårligt",
        "faq_special_needs",
        {"recording_grounds": ["communication_impairment"]},
    ),
    ("recording_grounds", "jeg er blevet snydt før", "frustration", {}),
    ("recording_explanation", "jeg sover dårligt", "nlu_fallback", {"recording_explanation": "jeg sover dårligt"}),
    ("support_person_possible", "nej", "deny", {"support_person_possible": "no"}),
    ("support_person_possible", "ja min søster kan godt", "affirm", {"support_person_possible": "yes"}),
    ("support_person_possible", "det kan jeg desværre ikke", "deny", {"support_person_possible": "no"}),
    ("support_person_possible", "det har jeg", "affirm", {"support_person_possible": "yes"}),
    ("support_person_possible", "måske", "nlu_fallback", {"support_person_possible": "unsure"}),
    ("recording_purpose", "kun til mig selv", "inform", {"recording_purpose": "private"}),
    ("terms_accepted", "ja", "affirm", {"terms_accepted": True}),
    ("terms_accepted", "ja det gør jeg", "affirm", {"terms_accepted": True}),
    (
        "terms_accepted",
        "ja. bo@eksempel.dk",
        "affirm",
        {"terms_accepted": True, "applicant_email": "bo@eksempel.dk"},
    ),
    ("applicant_name", "Anne-Marie Ørsted Ng", "inform", {"applicant_name": "Anne-Marie Ørsted Ng"}),
    ("applicant_name", "O'Brien", "nlu_fallback", {"applicant_name": "O'Brien"}),
    ("applicant_name", "Li", "greet", {"applicant_name": "Li"}),
    ("applicant_email", "anne@eksempel.dk", "inform", {"applicant_email": "anne@eksempel.dk"}),
    ("applicant_email", "ring hellere på 20304050", "human_handover", {"applicant_phone": "+4520304050"}),
    ("applicant_phone", "0045 20 30 40 50", "inform", {"applicant_phone": "+4520304050"}),
]


@pytest.mark.parametrize(("asked", "text", "intent", "expected"), VALUES)
def test_an_answer_fills_its_slot(asked: str, text: str, intent: str, expected: dict[str, Any]) -> None:
    decision = decide(message(text, intent), state(asked))
    assert decision.values.items() >= expected.items()
    if expected:
        assert decision.kind in (Kind.VALUE, Kind.DONT_KNOW, Kind.SKIP)


NOT_SAID = [
    ("meeting_kind", "ja", "affirm"),
    ("recording_purpose", "ja", "affirm"),
    ("terms_accepted", "ja men må jeg så dele den med min advokat?", "faq_data_protection"),
    ("terms_accepted", "ja min søster kan godt komme med", "affirm"),
    ("terms_accepted", "ja og nej", "affirm"),
    ("terms_accepted", "ja, der er noget galt", "affirm"),
    ("terms_accepted", "ved ikke", "skip"),
    ("terms_accepted", "jǫ*ơƙ", "affirm"),
    ("support_person_possible", "ja og nej", "affirm"),
    ("support_person_possible", "None", "deny"),
    ("terms_accepted", "nej", "deny"),
    ("recording_medium", "må jeg filme?", "faq_video"),
    ("support_person_possible", "må jeg tage min søster med?", "faq_support_person"),
    ("applicant_name", "hvorfor skal I vide det", "faq_position"),
    ("applicant_name", "nej", "deny"),
    ("applicant_email", "anne@", "nlu_fallback"),
    ("applicant_phone", "1234", "nlu_fallback"),
    ("meeting_date", "næste uge", "inform"),
    ("question_text", "nej tak", "deny"),
    ("question_text", "spring over", "skip"),
    ("question_text", "det ved jeg ikke", "skip"),
    ("question_text", "ja", "affirm"),
    ("recording_explanation", "kan jeg få et referat i stedet?", "faq_notes"),
]


@pytest.mark.parametrize(("asked", "text", "intent"), NOT_SAID)
def test_a_message_that_is_no_answer_leaves_the_slot_empty(asked: str, text: str, intent: str) -> None:
    decision = decide(message(text, intent), state(asked))
    assert asked not in decision.values and asked not in decision.settled


def test_a_choice_of_another_slot_is_not_read_where_a_date_is_asked_for() -> None:
    assert "recording_grounds" not in decide(message("den anden", "inform"), state("meeting_date")).values


@pytest.mark.parametrize("text", ["jeg glemmer alt, siger min søn. " * 70, "hvad blev der sagt om min sag? " * 70])
@pytest.mark.parametrize("asked", ["recording_explanation", "notes_wanted"])
def test_a_text_over_the_schemas_limit_is_refused(asked: str, text: str) -> None:
    known = until(asked, RECORDING if asked in RECORDING else NOTES)
    for intent in ("inform", "faq_special_needs", "faq_may_i_record"):
        decision = decide(message(text, intent), state(asked, known))
        if decision.pending:
            # 'Er det et spørgsmål?' 'Nej, det hører til anmodningen.'
            decision = decide(
                message("det hører til anmodningen", "inform"), state(asked, known, pending=decision.pending)
            )
        assert says(decision) == ["utter_too_long_value"] and not decision.values


def test_a_name_with_a_line_break_becomes_one_line() -> None:
    decision = decide(message("kalles\nfor bæ", "nlu_fallback", 0.2), state("applicant_name", failures=1))
    assert decision.values == {"applicant_name": "kalles for bæ"}


def test_optional_slots_can_be_skipped_and_others_cannot() -> None:
    skip = message("spring over", "skip")
    assert decide(skip, state("recording_explanation")).settled == {"recording_explanation"}
    assert decide(skip, state("applicant_email")).settled == {"applicant_email"}
    assert says(decide(skip, state("recording_medium"))) == ["utter_cannot_skip"]
    without_email = until("applicant_email")
    assert says(decide(skip, state("applicant_phone", without_email))) == ["utter_contact_needed"]
    assert decide(skip, state("applicant_phone")).settled == {"applicant_phone"}


def test_a_past_meeting_cannot_be_recorded() -> None:
    decision = decide(message("i torsdags", "inform"), state("meeting_date"))
    assert says(decision) == ["utter_date_has_been"] and not decision.values
    assert decide(message("i torsdags", "inform"), state("meeting_date", dict(NOTES))).values == {
        "meeting_date": "2026-11-26"
    }


def test_an_ambiguous_day_is_asked_about() -> None:
    decision = decide(message("næste torsdag", "inform"), state("meeting_date"))
    assert says(decision) == ["utter_which_date"]
    assert [title for title, _ in decision.says[0].buttons][2:] == [
        "Det er to møder",
        "En anden dag",
        "Det ved jeg ikke",
    ]
    pending = state("meeting_date", pending=decision.pending)
    assert decide(message("den første", "inform"), pending).values == {"meeting_date": "2026-12-03"}
    assert decide(message("den 10.", "inform"), pending).values == {"meeting_date": "2026-12-10"}
    another = decide(Button("correct", {"slot": "meeting_date"}), pending)
    assert another.reopened == {"meeting_date"} and left_open(another, pending, {}) is None


def test_a_question_for_jura_is_kept_word_for_word() -> None:
    text = "Må jeg optage, og hvor længe gemmer I notater?"
    assert decide(message(text, "faq_not_on_page"), state("question_text", QUESTION)).values == {"question_text": text}
    short = decide(message("stop", "cancel"), state("question_text", QUESTION))
    assert short.kind is Kind.STOPPED


@pytest.mark.parametrize("text", ["kan I ringe i stedet?", "jeg vil hellere ringes op", "har kun telefon"])
def test_asking_to_be_telephoned_settles_the_email(text: str) -> None:
    known = {slot: value for slot, value in RECORDING.items() if slot != "applicant_email"}
    assert decide(message(text, "nlu_fallback"), state("applicant_email", known)).settled == {"applicant_email"}


def test_notes_may_be_requested_for_a_future_meeting() -> None:
    known = {"request_type": "notes", "meeting_department": "jobcenter", "meeting_kind": "in_person"}
    text = "jeg skal til møde d. 15. dec og vil gerne have noterne bagefter"
    decision = decide(message(text, "inform"), state("meeting_date", known))
    assert decision.values["meeting_date"] == "2026-12-15"


def test_a_reason_without_a_known_ground_is_kept_as_other_with_its_words() -> None:
    said = "Min sagsbehandler vender og drejer alt, hvad jeg siger"
    decision = decide(message(said, "nlu_fallback"), state("recording_grounds"))
    assert decision.values == {"recording_grounds": ["other"], "recording_explanation": said}
    assert decision.ask is None
    few = decide(message("Sagsbehandleren drejer alt", "nlu_fallback"), state("recording_grounds"))
    assert few.values["recording_explanation"] == "Sagsbehandleren drejer alt" and few.ask is None


def test_a_question_about_stopping_something_is_a_question_to_jura() -> None:
    text = "Jeg vil stoppe min sag hos jer, hvordan gør jeg?"
    decision = decide(message(text, "inform"), state("question_text", {"request_type": "question"}))
    assert decision.values == {"question_text": text}


def test_a_described_department_is_kept_in_the_citizens_words() -> None:
    text = "dem der giver tilladelse til udeservering"
    decision = decide(message(text, "out_of_scope"), state("meeting_department"))
    assert decision.values == {"meeting_department": "unknown", "meeting_department_text": text}


def test_anger_names_no_department() -> None:
    decision = decide(message("dem der er nogle idioter alle sammen", "frustration"), state("meeting_department"))
    assert decision.values == {}
