"""First messages, questions, stopping and other requests inside a request."""

import pytest
from deciding import decide
from request_states import NOTES, RECORDING, button, message, says, state, until, wish

from actions.turn.result import Kind
from bot.nlu.acts.request.message import Message

QUESTIONS = [
    ("meeting_department", "må jeg tage min bror med?", "faq_support_person"),
    ("meeting_date", "hvornår har I åbent?", "faq_opening_hours"),
    ("recording_grounds", "hvad lægger I vægt på?", "faq_criteria"),
    ("recording_explanation", "kan jeg få et referat?", "faq_notes"),
    ("terms_accepted", "hvad må jeg bruge optagelsen til?", "faq_data_protection"),
    ("applicant_email", "kan jeg skrive med digital post?", "faq_digital_post"),
    ("review", "hvad sker der hvis I siger nej?", "faq_refusal"),
]


@pytest.mark.parametrize(("asked", "text", "intent"), QUESTIONS)
def test_a_question_inside_a_request_is_answered(asked: str, text: str, intent: str) -> None:
    known = until(asked) if asked != "review" else RECORDING
    decision = decide(message(text, intent), state(asked, known))
    assert decision.kind is Kind.QUESTION
    assert says(decision) == [f"utter_{intent}"]
    assert not decision.values and decision.prompt


def test_a_doubtful_question_in_free_text_is_asked_about() -> None:
    text = "er det ikke rimeligt at man kan optage når man ikke kan huske hvad der bliver sagt til et møde med jer?"
    first = decide(message(text, "faq_special_needs", 0.5), state("recording_explanation"))
    assert says(first) == ["utter_question_or_value"] and not first.values
    pending = state("recording_explanation", pending=first.pending)
    assert decide(button("inform", choice="value"), pending).values == {"recording_explanation": text}
    assert says(decide(button("inform", choice="question"), pending)) == ["utter_faq_special_needs"]


def test_stopping_is_confirmed_only_where_answers_would_be_lost() -> None:
    first = decide(message("stop", "cancel"), state("recording_medium"))
    assert first.kind is Kind.STOP and says(first) == ["utter_confirm_stop"]
    pending = state("recording_medium", pending=first.pending)
    assert decide(message("ja", "affirm"), pending).kind is Kind.STOPPED
    assert says(decide(message("nej fortsæt", "deny"), pending)) == ["utter_request_continues"]
    at_once = state("meeting_department", {"request_type": "recording"})
    assert decide(message("stop", "cancel"), at_once).kind is Kind.STOPPED


@pytest.mark.parametrize("asked", [slot for slot in RECORDING if slot != "meeting_department_text"])
@pytest.mark.parametrize("text", ["stop", "glem det", "jeg vil ikke alligevel"])
def test_every_slot_can_be_stopped_at(asked: str, text: str) -> None:
    decision = decide(message(text, "cancel"), state(asked))
    assert decision.kind in (Kind.STOP, Kind.STOPPED)


@pytest.mark.parametrize(
    "asked", [slot for slot in RECORDING if slot not in ("meeting_department_text", "request_type")]
)
def test_every_slot_explains_why_it_is_asked_for(asked: str) -> None:
    decision = decide(message("hvorfor skal I vide det?", "faq_position"), state(asked))
    assert says(decision) == [f"utter_explain_{asked}"]


def test_a_first_message_may_hold_a_whole_request() -> None:
    text = (
        "Jeg vil gerne optage et møde på jobcentret på torsdag kl. 14. "
        "Jeg har svært ved at huske hvad der bliver sagt. Det er kun lyd til mig selv, "
        "og jeg har ingen bisidder. Jeg hedder Bo Li, bo@eksempel.dk"
    )
    values = decide(message(text, "request_recording"), state(None, {})).values
    assert (
        values.items()
        >= {
            "request_type": "recording",
            "meeting_department": "jobcenter",
            "meeting_date": "2026-12-03",
            "meeting_time": "14:00",
            "recording_medium": "audio",
            "recording_grounds": ["memory"],
            "recording_purpose": "private",
            "support_person_possible": "no",
            "applicant_name": "Bo Li",
            "applicant_email": "bo@eksempel.dk",
            "recording_explanation": "Jeg har svært ved at huske hvad der bliver sagt.",
        }.items()
    )


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("jeg vil optage, jeg har ingen der kan komme med", "no"),
        ("må jeg optage, min søster kommer med mig", "yes"),
        ("jeg vil optage, for jeg har ikke nogen bisidder", "no"),
        ("jeg vil optage, jeg har ikke nogen mail", None),
    ],
)
def test_a_first_message_may_tell_of_a_support_person(text: str, can: str | None) -> None:
    values = decide(message(text, "request_recording"), state(None, {})).values
    assert values.get("support_person_possible") == can


def test_changing_the_request_type_keeps_the_values() -> None:
    asked = wish("jeg vil hellere have et referat af mødet", "request_notes", state("recording_medium"))
    decision = decide(button("inform", choice="new"), asked)
    assert decision.kind is Kind.TYPE_CHANGE and decision.values["request_type"] == "notes"
    assert not decision.reopened


@pytest.mark.parametrize("asked", ["recording_medium", "applicant_phone", "review"])
def test_a_question_to_jura_does_not_set_the_department(asked: str) -> None:
    known = dict(RECORDING) if asked == "review" else until(asked)
    which = wish("jeg vil gerne sende et spørgsmål til Jura", "request_question", state(asked, known))
    decision = decide(button("inform", choice="new"), which)
    assert decision.kind is Kind.TYPE_CHANGE and decision.values == {"request_type": "question"}


def test_the_button_of_the_current_request_type_continues_it() -> None:
    decision = decide(button("request_recording"), state("recording_medium"))
    assert decision.kind is Kind.TALK and decision.prompt and not decision.values


def test_a_past_meeting_date_is_not_carried_into_a_recording() -> None:
    known = {**NOTES, "meeting_date": "2026-11-26", "meeting_time": "10:00"}
    which = wish("jeg vil hellere have lov at optage", "request_recording", state("notes_wanted", known))
    decision = decide(button("inform", choice="new"), which)
    assert decision.kind is Kind.TYPE_CHANGE and "meeting_date" in decision.reopened


def test_three_misunderstandings_get_three_different_replies() -> None:
    lost = message("æblegrød", "nlu_fallback", 0.35)
    assert says(decide(lost, state("recording_medium"))) == ["utter_unclear"]
    assert says(decide(lost, state("recording_medium", failures=1))) == ["utter_example_recording_medium"]
    third = decide(lost, state("recording_medium", failures=2))
    assert says(third) == ["utter_stuck"]


@pytest.mark.parametrize(
    "intent", ["thank", "goodbye", "frustration", "greet", "human_handover", "bot_challenge", "help"]
)
def test_small_talk_does_not_end_the_request(intent: str) -> None:
    decision = decide(message("tak for hjælpen", intent), state("recording_medium"))
    assert decision.kind is Kind.TALK and not decision.values and decision.says


def test_inside_a_request_the_second_label_counts_above_its_threshold() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.8}, {"name": "faq_notes", "confidence": 0.7}]
    latest = {"text": "og får jeg det på skrift?", "intent": ranking[0], "intent_ranking": ranking, "entities": []}
    assert Message.of(latest).intent == "faq_notes"
    ranking[1]["confidence"] = 0.55
    assert Message.of(latest).intent == "nlu_fallback"


def test_of_a_first_message_the_reasons_sentence_becomes_the_explanation() -> None:
    whole = "jeg vil gerne optage mødet den 14/12 kl. 10.15 med familieafdelingen, kun lyd, jeg hører dårligt"
    decision = decide(message(whole, "request_recording"), state(None, {}))
    assert decision.values["recording_grounds"] == ["communication_impairment"]
    assert decision.values["recording_explanation"] == "jeg hører dårligt"  # told once, it is not asked for again
    because = "Jeg vil gerne optage mødet den 14/12 fordi jeg har svært ved at huske, og jeg hedder Bo Li"
    told = decide(message(because, "request_recording"), state(None, {}))
    assert told.values["recording_explanation"] == "fordi jeg har svært ved at huske"
    own = (
        "Jeg vil søge om at optage et møde d. 14/12 kl. 10.15. Jeg hører dårligt, når flere taler i munden på hinanden."
    )
    said = decide(message(own, "request_recording"), state(None, {})).values["recording_explanation"]
    assert said == "Jeg hører dårligt, når flere taler i munden på hinanden."
    wish = decide(
        message("Min mor har demens og skal til møde hos jer. Må jeg optage?", "request_recording"), state(None, {})
    )
    assert wish.values["recording_explanation"] == "Min mor har demens"


def test_a_wish_for_another_type_hidden_in_a_cancellation_is_taken() -> None:
    text = "jeg dropper det med at optage og beder om et referat i stedet for"
    decision = decide(button("inform", choice="new"), wish(text, "cancel", state("recording_grounds")))
    assert decision.kind is Kind.TYPE_CHANGE
    assert decision.values["request_type"] == "notes"
