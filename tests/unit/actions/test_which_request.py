"""Asked which of two requests is wanted: what answers it, and what happens to the other one."""

from typing import Any

import pytest
from deciding import decide
from request_states import NOTES, RECORDING, button, message, says, state, until

from actions.turn import second_request
from actions.turn.result import Kind
from common.request import State

WISHED = {"kind": "notes", "values": {"meeting_date": "2026-09-03"}, "settled": [], "dates": [], "times": []}


def at_which_request(**more: Any) -> State:
    pending = {"kind": "which_request", "wish": WISHED}
    return state("recording_medium", pending=pending, prompted=False, **more)


NAMED = [
    ("begge to", "both"),
    ("begge dele tak", "both"),
    ("både og", "both"),
    ("optagelse og referat", "both"),
    ("jeg vil også have referatet", "both"),
    ("den her først og så det andet", "both"),
    ("den her først", "this"),
    ("den første", "this"),
    ("gør færdig", "this"),
    ("gør den færdig først", "this"),
    ("optagelsen", "this"),
    ("fortsæt", "this"),
    ("ikke det nye", "this"),
    ("ikke referatet alligevel", "this"),
    ("kun referatet", "new"),
    ("kun det nye", "new"),
    ("det andet", "new"),
    ("hellere referatet", "new"),
    ("så dropper vi optagelsen", "new"),
    ("ja", None),
    ("ja tak", None),
    ("nej", None),
    ("ok", None),
    ("referatet først", None),
    ("ikke den her", None),
    ("det ved jeg ikke", None),
    ("hvad er forskellen?", None),
    ("kun lyd", None),
]


@pytest.mark.parametrize(("text", "choice"), NAMED)
def test_naming_a_request_answers_which_one_and_a_yes_does_not(text: str, choice: str | None) -> None:
    decision = decide(message(text, "nlu_fallback"), at_which_request())
    assert (decision.kind is Kind.TYPE_CHANGE) == (choice == "new")
    assert (decision.waiting is not None) == (choice == "both")
    assert ("utter_this_first" in says(decision)) == (choice == "this")
    assert choice == "new" or "meeting_date" not in decision.values, "the day is the other request's"
    assert choice is None or decision.closes == "which_request"


@pytest.mark.parametrize("choice", ["this", "both", "new"])
def test_each_button_of_which_request_is_an_answer(choice: str) -> None:
    assert decide(button("inform", choice=choice), at_which_request()).closes == "which_request"


@pytest.mark.parametrize("slot", ["meeting_date", "recording_explanation", "support_person_possible", "applicant_name"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("det ved jeg ikke", "skip"),
        ("spring over", "skip"),
        ("øh", "nlu_fallback"),
        ("hvorfor spørger I om det?", "nlu_fallback"),
        ("hvad betyder det", "simplify"),
        ("jeg er så træt af det hele nu", "nlu_fallback"),
        ("nej", "deny"),
    ],
)
def test_a_message_that_does_not_answer_which_request_stores_nothing(slot: str, text: str, intent: str) -> None:
    known = {**until(slot), "meeting_time": "10:00"}
    for pending in ({"kind": "which_request", "wish": WISHED}, {"kind": "same_time", "time": "10:00"}):
        decision = decide(message(text, intent), state(slot, known, pending=pending, prompted=False, failures=1))
        assert not decision.values.keys() - {"meeting_time"} and slot not in decision.settled


def test_a_question_before_which_request_is_answered_where_a_text_is_asked_for() -> None:
    pending = {"kind": "which_request", "wish": WISHED}
    at_text = state("question_text", {"request_type": "question", "applicant_name": "Li Ng"}, pending=pending)
    decision = decide(message("hvad er telefontiden?", "faq_opening_hours"), at_text)
    assert decision.kind is Kind.QUESTION and not decision.values


def test_the_wished_request_gets_its_values_now_or_after_the_first_one() -> None:
    new = decide(button("inform", choice="new"), at_which_request())
    assert new.values == {"request_type": "notes", "meeting_date": "2026-09-03"}
    both = decide(message("begge, og referatet er fra den 4. september", "inform"), at_which_request())
    assert both.waiting and both.waiting["values"]["meeting_date"] == "2026-09-04"
    assert not both.values
    recording = {**WISHED, "kind": "recording", "values": {}}
    at_notes = state("notes_wanted", dict(NOTES), pending={"kind": "which_request", "wish": recording})
    decision = decide(message("Begge dele, tak.", "nlu_fallback"), at_notes)
    assert decision.waiting and decision.waiting["values"] == {}, "'begge dele' is no sound and picture"


@pytest.mark.parametrize("where", ["meeting_date", "recording_medium", "review"])
def test_a_day_in_the_wish_changes_nothing(where: str) -> None:
    known = dict(RECORDING) if where == "review" else until(where)
    decision = decide(message("jeg vil også have referatet fra 3. september", "request_notes"), state(where, known))
    assert decision.kind is Kind.ASK_BACK and not decision.values and not decision.settled
    assert decision.pending and decision.pending["wish"]["values"]["meeting_date"] == "2026-09-03"


def test_a_request_without_values_changes_its_type_at_once() -> None:
    for known, asked_for in (({"request_type": "recording"}, "meeting_department"), (until("review"), "request_type")):
        wish = message("jeg vil gerne bede om et referat", "request_notes")
        assert decide(wish, state(asked_for, known)).values["request_type"] == "notes"


def test_waiting_requests_keep_their_order() -> None:
    question = {**WISHED, "kind": "question"}
    waiting = second_request.behind(second_request.behind(None, WISHED), question)
    assert (waiting["kind"], waiting["then"]["kind"]) == ("notes", "question")
    again = second_request.behind(waiting, {**WISHED, "values": {}})
    assert (again["values"], again["then"]["kind"]) == ({}, "question")
