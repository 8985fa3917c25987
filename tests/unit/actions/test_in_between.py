"""Which of two requests, the same hour, what stood before, and no sentence twice in a row. By table."""

from dataclasses import replace
from typing import Any

import pytest
from deciding import decide
from test_understanding import NOTES, RECORDING, button, message, says, state, until

from actions.turn import second_request
from actions.turn.result import Kind, Result
from bot.channel.asking import asking
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
def test_naming_one_is_the_answer_and_a_yes_is_none(text: str, choice: str | None) -> None:
    decision = decide(message(text, "nlu_fallback"), at_which_request())
    assert (decision.kind is Kind.TYPE_CHANGE) == (choice == "new")
    assert (decision.waiting is not None) == (choice == "both")
    assert ("utter_this_first" in says(decision)) == (choice == "this")
    assert choice == "new" or "meeting_date" not in decision.values, "the day is the other request's"
    assert choice is None or decision.closes == "which_request"


@pytest.mark.parametrize("choice", ["this", "both", "new"])
def test_each_of_its_buttons_is_an_answer(choice: str) -> None:
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
def test_what_does_not_answer_it_answers_nothing_else(slot: str, text: str, intent: str) -> None:
    known = {**until(slot), "meeting_time": "10:00"}
    for pending in ({"kind": "which_request", "wish": WISHED}, {"kind": "same_time", "time": "10:00"}):
        decision = decide(message(text, intent), state(slot, known, pending=pending, prompted=False, failures=1))
        assert not decision.values.keys() - {"meeting_time"} and slot not in decision.settled


def test_a_question_in_between_is_answered_also_where_a_text_is_asked_for() -> None:
    pending = {"kind": "which_request", "wish": WISHED}
    at_text = state("question_text", {"request_type": "question", "applicant_name": "Li Ng"}, pending=pending)
    decision = decide(message("hvad er telefontiden?", "faq_opening_hours"), at_text)
    assert decision.kind is Kind.QUESTION and not decision.values


def test_the_new_one_takes_its_values_and_both_keep_them_for_later() -> None:
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


def test_where_nothing_is_given_yet_it_changes_at_once() -> None:
    for known, asked_for in (({"request_type": "recording"}, "meeting_department"), (until("review"), "request_type")):
        wish = message("jeg vil gerne bede om et referat", "request_notes")
        assert decide(wish, state(asked_for, known)).values["request_type"] == "notes"


def test_several_that_wait_wait_in_their_order() -> None:
    question = {**WISHED, "kind": "question"}
    waiting = second_request.behind(second_request.behind(None, WISHED), question)
    assert (waiting["kind"], waiting["then"]["kind"]) == ("notes", "question")
    again = second_request.behind(waiting, {**WISHED, "values": {}})
    assert (again["values"], again["then"]["kind"]) == ({}, "question")


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
def test_what_was_reopened_is_put_back(slot: str, text: str) -> None:
    known = {name: value for name, value in RECORDING.items() if name != slot}
    former = {slot: {"values": {slot: RECORDING[slot]}, "settled": False}}
    decision = decide(message(text, "nlu_fallback"), state(slot, known, former=former))
    assert decision.kind is Kind.CORRECTION and decision.values == {slot: RECORDING[slot]}
    assert says(decision) == ["utter_kept"]


@pytest.mark.parametrize("text", ["fortryd", "det er fint", "behold det"])
def test_a_yes_that_was_taken_back_is_no_yes_again(text: str) -> None:
    known = {name: value for name, value in RECORDING.items() if name != "terms_accepted"}
    former = {"terms_accepted": {"values": {"terms_accepted": True}, "settled": False}}
    assert not decide(message(text, "affirm"), state("terms_accepted", known, former=former)).values


@pytest.mark.parametrize(
    "text", ["vi beholder altid papirerne for længe og glemmer dem", "det er fint med mig at blive optaget"]
)
def test_a_text_that_begins_so_is_a_text(text: str) -> None:
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
def test_the_hour_is_answered(text: str, intent: str, hour: str | None) -> None:
    known = {**RECORDING, "meeting_time": "10:00"}
    asks = state("review", known, pending={"kind": "same_time", "time": "10:00"}, prompted=False)
    decision = decide(message(text, intent), asks)
    assert decision.closes == "same_time" and {**known, **decision.values}["meeting_time"] == hour


@pytest.mark.parametrize(("text", "intent"), [("nej", "deny"), ("nej det er det ikke", "deny")])
def test_a_no_asks_for_the_hour(text: str, intent: str) -> None:
    known = {**RECORDING, "meeting_time": "10:00"}
    asks = state("review", known, pending={"kind": "same_time", "time": "10:00"}, prompted=False)
    decision = decide(message(text, intent), asks)
    assert decision.reopened == {"meeting_time"} and says(decision) == ["utter_prompt_meeting_time"]


def test_send_is_no_answer_to_it() -> None:
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
    assert added.values == {"recording_explanation": "jeg glemmer alt\ndet er hende der har demens ikke mig"}
    for text in ("skriv det i anmodningen", "tilføj det til", "tag det med"):
        said = decide(message(text, "nlu_fallback"), state("review", known, pending=decision.pending))
        assert said.values == added.values
    for text in ("stop anmodningen", "send anmodningen", "skriv det ikke i anmodningen"):
        said = decide(message(text, "nlu_fallback"), state("review", known, pending=decision.pending))
        assert not said.values


DECLINES = [
    "jeg vil ikke skrive mit navn",
    "jeg vil helst ikke oplyse navn",
    "kan jeg være anonym",
    "kan man være anonym her?",
    "Anonym",
    "hvad gør jeg så hvis jeg ikke vil skrive navn",
    "det siger jeg ikke",
    "nej",
    "uden navn tak",
    "må jeg slippe for at skrive mit navn?",
    "det kommer ikke jer ved",
]


@pytest.mark.parametrize("failures", [0, 1, 2, 4])
@pytest.mark.parametrize("text", DECLINES)
def test_who_gives_no_name_is_told_what_that_means(text: str, failures: int) -> None:
    decision = decide(message(text, "nlu_fallback"), state("applicant_name", failures=failures))
    assert says(decision) == ["utter_name_declined"] and not decision.values


@pytest.mark.parametrize("text", ["mit navn er ikke Bo, jeg hedder Ib Holm", "Bo Holm", "Ikke Bo, men Ib Holm"])
def test_a_name_is_a_name(text: str) -> None:
    assert decide(message(text, "inform"), state("applicant_name")).values["applicant_name"]


def test_whether_the_chat_is_anonymous_is_a_question() -> None:
    decision = decide(message("er det anonymt at skrive her?", "faq_this_chat"), state("applicant_name"))
    assert says(decision) == ["utter_faq_this_chat"]


@pytest.mark.parametrize("slot", [*RECORDING, "notes_wanted", "question_text", "review"])
def test_no_two_replies_in_a_row_are_the_same_and_the_third_has_the_number(slot: str) -> None:
    if slot in ("request_type", "meeting_department_text"):
        return
    kinds = {"notes_wanted": NOTES, "question_text": {"request_type": "question"}}
    known = kinds.get(slot) or (dict(RECORDING) if slot == "review" else until(slot))
    now, ways_out = state(slot, known), ("utter_stuck", "utter_stuck_again")
    for turn in range(6):
        decision = decide(message("?!", "nlu_fallback", 0.1), now)
        assert decision.kind is Kind.UNCLEAR and not set(says(decision)) & now.said
        assert turn < 2 or says(decision)[0] in ways_out
        now = replace(now, failures=turn + 1, said=frozenset(says(decision)))


@pytest.mark.parametrize("slot", ["meeting_kind", "recording_medium", "terms_accepted", "applicant_phone", "review"])
def test_nor_are_they_to_one_who_does_not_know(slot: str) -> None:
    known = dict(RECORDING) if slot == "review" else until(slot, applicant_email=None)
    now = state(slot, {name: value for name, value in known.items() if value is not None})
    for turn in range(5):
        decision = decide(message("det ved jeg ikke", "skip"), now)
        if decision.kind is not Kind.UNCLEAR:
            return
        assert not set(says(decision)) & now.said
        now = replace(now, failures=turn + 1, said=frozenset(says(decision)))


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
