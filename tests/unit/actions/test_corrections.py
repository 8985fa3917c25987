"""What a message changes of the values that a request already has."""

from dataclasses import replace
from typing import Any

import pytest
from deciding import decide
from request_states import RECORDING, button, message, says, state, until

from actions.request.wording import keep_button
from actions.turn.result import Kind
from bot.nlu.acts.request.message import Found

CORRECTIONS = [
    ("nej, mødet er om fredagen den 11.", {"meeting_date": "2026-12-11"}),
    ("mødet er ikke torsdag men fredag den 11.", {"meeting_date": "2026-12-11"}),
    ("det er flyttet fra torsdag til mandag d. 14/12", {"meeting_date": "2026-12-14"}),
    ("hov, det er hos borgerservice", {"meeting_department": "borgerservice"}),
    ("min mail er forkert, den skal være ny@eksempel.dk", {"applicant_email": "ny@eksempel.dk"}),
    ("jeg mente video, ikke lyd", {"recording_medium": "video"}),
    ("undskyld, jeg hedder Lis Ng", {"applicant_name": "Lis Ng"}),
    ("rettelse: det er over telefonen og det er kl. 9", {"meeting_kind": "phone_call", "meeting_time": "09:00"}),
]


# Where a name is asked for, a name is the answer.
@pytest.mark.parametrize("asked", ["applicant_email", "review", "recording_purpose"])
@pytest.mark.parametrize(("text", "expected"), CORRECTIONS)
def test_a_correction_that_names_its_value_changes_that_value(asked: str, text: str, expected: dict[str, Any]) -> None:
    if asked in expected:
        asked = "review"
    decision = decide(message(text, "correct"), state(asked, dict(RECORDING)))
    assert decision.values.items() >= expected.items()
    untouched = {"terms_accepted", "recording_grounds", "support_person_possible", "request_type"}
    assert not untouched & set(decision.values)


@pytest.mark.parametrize("text", ["nej, mødet er om fredagen", "det er fredag"])
def test_which_week_is_asked_where_a_weekday_corrects_a_day_of_a_later_week(text: str) -> None:
    """Known is Thursday the 10th, and today the 1st: it may be the coming Friday or that of the known week."""
    decision = decide(message(text, "correct"), state("review", dict(RECORDING)))
    assert says(decision) == ["utter_which_date"] and not decision.values
    assert decision.pending["readings"] == ["2026-12-04", "2026-12-11"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("recording_medium", "video"),
        ("recording_grounds", "noget andet"),
        ("applicant_name", "Li"),
        # Words that are departments where one is asked for.
        ("recording_purpose", "familie"),
        ("recording_grounds", "handicap"),
        ("meeting_date", "pas"),
    ],
)
def test_an_answer_changes_no_other_slot(asked: str, text: str) -> None:
    known = {slot: value for slot, value in RECORDING.items() if slot != asked}
    assert set(decide(message(text, "inform"), state(asked, known)).values) <= {asked}


@pytest.mark.parametrize("text", ["så jeg kan lytte til det på teams igen", "det er til mig, men også video til andre"])
def test_an_answer_that_mentions_another_choice_does_not_change_it(text: str) -> None:
    known = {slot: value for slot, value in RECORDING.items() if slot != "recording_purpose"}
    values = decide(message(text, "inform"), state("recording_purpose", known)).values
    assert not {"meeting_kind", "recording_medium", "recording_grounds"} & set(values)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("ret datoen", "meeting_date"),
        ("jeg skrev forkert navn", "applicant_name"),
        ("min e-mail er forkert", "applicant_email"),
        ("jeg vil ændre afdelingen", "meeting_department"),
    ],
)
def test_a_correction_without_a_value_asks_for_the_slot_again(text: str, slot: str) -> None:
    decision = decide(message(text, "correct"), state("review", dict(RECORDING)))
    assert decision.reopened == {slot} and decision.ask == slot


def test_a_correction_that_names_no_slot_asks_which() -> None:
    decision = decide(message("der er noget der er forkert", "correct"), state("review", dict(RECORDING)))
    assert says(decision) == ["utter_what_to_correct"]
    assert {title for title, _ in decision.says[0].buttons} >= {"Dato", "Navn", "Afdeling"}
    pending = state("review", dict(RECORDING), pending=decision.pending)
    assert decide(message("datoen", "inform"), pending).ask == "meeting_date"


def test_a_corrected_department_is_stored_with_its_new_wording() -> None:
    decision = decide(message("det er på borgerservice", "inform"), state("review", dict(RECORDING)))
    assert decision.values == {"meeting_department": "borgerservice", "meeting_department_text": "borgerservice"}


def test_repeating_a_known_value_changes_nothing() -> None:
    known = dict(RECORDING) | {"meeting_date": "2026-12-08", "recording_medium": None}
    known.pop("recording_medium")
    decision = decide(message("den 8. december", "inform"), state("recording_medium", known))
    assert decision.kind is Kind.TALK and not decision.values


@pytest.mark.parametrize("asked", ["applicant_email", "recording_purpose"])
def test_a_telephone_meeting_does_not_settle_how_to_reach_the_citizen(asked: str) -> None:
    said = message("mødet bliver forresten over telefonen og ikke hos jer", "nlu_fallback")
    decision = decide(said, state(asked, {**until(asked), "meeting_kind": "in_person"}))
    assert (decision.kind, decision.values) == (Kind.CORRECTION, {"meeting_kind": "phone_call"})
    known_so = decide(said, state(asked, {**until(asked), "meeting_kind": "phone_call"}))
    assert not known_so.settled


def test_denying_the_meeting_kind_asks_for_it_again() -> None:
    known = {**until("meeting_date"), "meeting_kind": "video_call"}
    decision = decide(message("Nej vent, det er ikke på video", "deny"), state("meeting_date", known))
    assert (decision.ask, decision.reopened) == ("meeting_kind", {"meeting_kind"})


@pytest.mark.parametrize(
    ("text", "intent", "known", "values"),
    [
        ("jeg kom til at vælge lyd, men jeg vil filme det", "correct", {}, {"recording_medium": "video"}),
        ("jeg skrev den 10., men det er fredag den 11.", "correct", {}, {"meeting_date": "2026-12-11"}),
        ("jeg stavede mit navn forkert, det er Anna Holm", "correct", {}, {"applicant_name": "Anna Holm"}),
        (
            "ret forklaringen til: jeg er døv på højre øre",
            "inform",
            {},
            {"recording_explanation": "jeg er døv på højre øre", "recording_grounds": ["communication_impairment"]},
        ),
        (
            "nej, forklaringen er forkert, der skal stå at jeg er ordblind og ikke kan læse breve",
            "correct",
            {},
            {
                "recording_explanation": "jeg er ordblind og ikke kan læse breve",
                "recording_grounds": ["communication_impairment"],
            },
        ),
        (
            "Nej nej, den forklaring er helt forkert! Der skal stå at jeg hører dårligt. Og jeg glemmer det, de siger",
            "correct",
            {},
            {
                "recording_explanation": "jeg hører dårligt. Og jeg glemmer det, de siger",
                "recording_grounds": ["communication_impairment", "memory"],
            },
        ),
        ("fjern min mail igen", "correct", {}, {"applicant_email": None}),
    ],
)
def test_a_correction_in_a_whole_sentence_stores_the_new_value(
    text: str, intent: str, known: dict[str, Any], values: dict[str, Any]
) -> None:
    decision = decide(message(text, intent), state("review", {**RECORDING, **known}))
    assert decision.kind is Kind.CORRECTION
    assert decision.values == values


@pytest.mark.parametrize(
    "text", ["min bus er altid forsinket om fredagen", "det er mørkt allerede på mandag klokken tre"]
)
def test_a_day_mentioned_in_small_talk_changes_nothing(text: str) -> None:
    assert decide(message(text, "out_of_scope"), state("recording_medium")).values == {}


def test_a_corrected_department_does_not_set_the_meeting_kind() -> None:
    learnt = Found("answer", [{"slot": "meeting_kind", "value": "in_person", "whole": 0.95, "part": 0.95}])
    said = message("hov, det er hos borgerservice", "inform")
    known = {"request_type": "recording", "meeting_department": "borgerservice"}
    decision = decide(replace(said, found=(*said.found, learnt)), state("meeting_kind", known))
    assert "meeting_kind" not in decision.values


def test_an_apology_is_accepted_and_corrects_nothing() -> None:
    decision = decide(message("undskyld jeg blev vred før", "nlu_fallback"), state("recording_medium"))
    assert (decision.kind, says(decision)) == (Kind.TALK, ["utter_no_offence"])
    corrects = decide(message("undskyld, det var forkert", "correct"), state("recording_medium"))
    assert says(corrects) == ["utter_what_to_correct"]


@pytest.mark.parametrize("text", ["slet mit telefonnummer", "fjern mit mobilnummer", "slet min mail"])
def test_deleting_a_contact_does_not_delete_the_request(text: str) -> None:
    decision = decide(message(text, "cancel"), state("review"))
    assert says(decision) == ["utter_corrected"]
    assert list(decision.values.values()) == [None]


@pytest.mark.parametrize(
    ("slot", "values", "title"),
    [
        ("meeting_date", {"meeting_date": "2026-12-10", "meeting_time": "14:00"}, "Behold torsdag den 10. december"),
        ("meeting_time", {"meeting_time": "14:00"}, "Behold kl. 14.00"),
        ("meeting_date", {}, "Behold: Ingen dag aftalt eller kendt"),
        ("meeting_department", {"meeting_department": "unknown"}, "Behold: Ved det ikke"),
        ("recording_medium", {"recording_medium": "audio"}, "Behold: Lyd"),
        ("recording_explanation", {"recording_explanation": "jeg glemmer alt"}, "Behold teksten"),
        ("recording_explanation", {}, "Behold feltet tomt"),
        ("applicant_name", {"applicant_name": "Li\n" * 60}, "Behold Li. Li"),
        ("applicant_phone", {"applicant_phone": "+4520304050"}, "Behold 20 30 40 50"),
    ],
)
def test_the_button_that_keeps_a_value_names_it(slot: str, values: dict[str, Any], title: str) -> None:
    shown, payload = keep_button(slot, values)
    assert shown.startswith(title) and "\n" not in shown and len(shown) < 100
    assert payload == '/inform{"choice": "keep"}'


def test_the_button_keeps_what_was_reopened_and_nothing_else() -> None:
    former = {"meeting_date": {"values": {"meeting_date": "2026-12-10"}, "settled": False}}
    known = {slot: value for slot, value in RECORDING.items() if slot != "meeting_date"}
    decision = decide(button("inform", choice="keep"), state("meeting_date", known, former=former))
    assert decision.values == {"meeting_date": "2026-12-10"} and says(decision) == ["utter_kept"]
    same_words = decide(message("behold det", "nlu_fallback"), state("meeting_date", known, former=former))
    assert same_words.values == decision.values and says(same_words) == says(decision)
    late = decide(button("inform", choice="keep"), state("review", dict(RECORDING), former=former))
    assert not late.values and late.kind is Kind.UNCLEAR
