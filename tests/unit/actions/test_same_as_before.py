"""A value that was opened for correction: kept, the same hour on a new day, or changed."""

from typing import Any

import pytest
from deciding import decide
from request_states import RECORDING, button, message, says, state

from actions.turn.result import Kind, Result

KEPT = [
    "behold det",
    "Behold den.",
    "det er fint",
    "det er fint som det er",
    "fortryd",
    "jeg fortryder",
    "lad det stå",
    "nej lad det bare stå som det er",
    "det skal ikke ændres alligevel",
    "skal ikke rettes",
    "jeg vil beholde det gamle",
    "nå nej, det var rigtigt nok",
    "uændret tak",
    "ja behold det",
]


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("slot", ["meeting_date", "recording_explanation", "applicant_name", "recording_medium"])
def test_keeping_a_reopened_value_restores_it(slot: str, text: str) -> None:
    known = {name: value for name, value in RECORDING.items() if name != slot}
    former = {slot: {"values": {slot: RECORDING[slot]}, "settled": False}}
    decision = decide(message(text, "nlu_fallback"), state(slot, known, former=former))
    assert decision.kind is Kind.CORRECTION and decision.values == {slot: RECORDING[slot]}
    assert says(decision) == ["utter_kept"]


@pytest.mark.parametrize("text", ["fortryd", "det er fint", "behold det"])
def test_keeping_does_not_restore_a_withdrawn_yes_to_the_terms(text: str) -> None:
    known = {name: value for name, value in RECORDING.items() if name != "terms_accepted"}
    former = {"terms_accepted": {"values": {"terms_accepted": True}, "settled": False}}
    assert not decide(message(text, "affirm"), state("terms_accepted", known, former=former)).values


@pytest.mark.parametrize(
    "text", ["vi beholder altid papirerne for længe og glemmer dem", "det er fint med mig at blive optaget"]
)
def test_a_text_beginning_with_words_of_keeping_is_stored_as_text(text: str) -> None:
    former = {"recording_explanation": {"values": {"recording_explanation": "x"}, "settled": False}}
    known = {name: value for name, value in RECORDING.items() if name != "recording_explanation"}
    decision = decide(message(text, "nlu_fallback"), state("recording_explanation", known, former=former))
    assert decision.values.get("recording_explanation") == text


def moved(text: str, intent: str = "correct", **known: Any) -> Result:
    return decide(message(text, intent), state("review", {**RECORDING, "meeting_time": "10:00", **known}))


def test_a_new_day_asks_whether_the_hour_is_the_same() -> None:
    assert moved("mødet er flyttet til den 14. december").pending == {"kind": "same_time", "time": "10:00"}
    assert moved("mødet er flyttet til den 14. december kl. 9").pending is None
    assert moved("mødet er den 10. december", "inform").pending is None, "the same day"
    assert moved("mødet er flyttet til den 14. december", meeting_time=None).pending is None, "no hour was known"


@pytest.mark.parametrize(
    ("text", "intent", "hour"),
    [
        ("ja", "affirm", "10:00"),
        ("samme tidspunkt", "nlu_fallback", "10:00"),
        ("det er det samme", "affirm", "10:00"),
        ("nej, kl 11", "deny", "11:00"),
        ("kl. 10", "inform", "10:00"),
        ("11", "nlu_fallback", "11:00"),
        ("9.30", "nlu_fallback", "09:30"),
        ("ved ikke", "skip", None),
        ("det ved jeg ikke endnu", "skip", None),
    ],
)
def test_asked_for_the_same_hour_an_answer_keeps_or_changes_it(text: str, intent: str, hour: str | None) -> None:
    known = {**RECORDING, "meeting_time": "10:00"}
    asks = state("review", known, pending={"kind": "same_time", "time": "10:00"}, prompted=False)
    decision = decide(message(text, intent), asks)
    assert decision.closes == "same_time" and {**known, **decision.values}["meeting_time"] == hour


@pytest.mark.parametrize(("text", "intent"), [("nej", "deny"), ("nej det er det ikke", "deny")])
def test_a_no_to_the_same_hour_asks_for_the_new_one(text: str, intent: str) -> None:
    known = {**RECORDING, "meeting_time": "10:00"}
    asks = state("review", known, pending={"kind": "same_time", "time": "10:00"}, prompted=False)
    decision = decide(message(text, intent), asks)
    assert decision.reopened == {"meeting_time"} and says(decision) == ["utter_prompt_meeting_time"]


def test_send_does_not_answer_the_question_of_the_same_hour() -> None:
    known = {**RECORDING, "meeting_time": "10:00"}
    asks = state("review", known, pending={"kind": "same_time", "time": "10:00"}, prompted=False)
    assert decide(message("send", "affirm"), asks).kind is Kind.UNCLEAR


def test_a_correction_that_corrects_nothing_says_so() -> None:
    known = {**RECORDING, "recording_grounds": ["memory"]}
    decision = decide(message("det er hende der har demens ikke mig", "inform"), state("review", known))
    assert says(decision) == ["utter_correction_unclear"] and not decision.values
    assert decision.says[0].fill["words"] == "det er hende der har demens ikke mig"
    assert '/correct{"slot": "recording_grounds"}' in [payload for _, payload in decision.says[0].buttons]
    added = decide(button("inform", choice="value"), state("review", known, pending=decision.pending))
    assert added.values == {"told_beside": "det er hende der har demens ikke mig"}
    for text in ("skriv det i anmodningen", "tilføj det til", "tag det med"):
        said = decide(message(text, "nlu_fallback"), state("review", known, pending=decision.pending))
        assert said.values == added.values
    for text in ("stop anmodningen", "send anmodningen", "skriv det ikke i anmodningen"):
        said = decide(message(text, "nlu_fallback"), state("review", known, pending=decision.pending))
        assert not said.values
