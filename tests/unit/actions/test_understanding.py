"""What a message inside a request means, by table. Intents are given; values are really found."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from deciding import Button, decide

from actions.turn.questions import left_open
from actions.turn.result import Kind, Result
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values import find_values
from common.request import State

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)  # a Tuesday
RECORDING: dict[str, Any] = {
    "request_type": "recording",
    "meeting_department": "jobcenter",
    "meeting_department_text": "jobcentret",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "recording_medium": "audio",
    "recording_grounds": ["memory"],
    "recording_explanation": "jeg glemmer alt",
    "support_person_possible": "no",
    "recording_purpose": "private",
    "terms_accepted": True,
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
    "applicant_phone": "+4520304050",
}
NOTES: dict[str, Any] = {"request_type": "notes", "meeting_department": "jobcenter", "meeting_kind": "in_person"}
QUESTION: dict[str, Any] = {"request_type": "question"}


def message(text: str, intent: str, confidence: float = 0.9) -> Message:
    found = tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in find_values(text, NOW))
    return Message(text, intent, confidence, found)


def button(intent: str, **entities: str) -> Button:
    return Button(intent, entities)


def until(asked: str, whole: dict[str, Any] = RECORDING, **more: Any) -> dict[str, Any]:
    """What is known when `asked` is asked for."""
    known = {}
    for slot, value in whole.items():
        if slot == asked:
            break
        known[slot] = value
    return {**known, **more}


def state(asked: str | None, known: dict[str, Any] | None = None, **more: Any) -> State:
    known = until(asked or "request_type") if known is None else known
    settled = frozenset(more.pop("settled", ()))
    return State(known.get("request_type"), asked, known, settled, NOW.date(), **more)


def says(decision: Result) -> list[str]:
    return [say.response for say in decision.says]


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
def test_what_is_no_answer_fills_nothing(asked: str, text: str, intent: str) -> None:
    decision = decide(message(text, intent), state(asked))
    assert asked not in decision.values and asked not in decision.settled


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
def test_a_question_in_the_middle_is_answered(asked: str, text: str, intent: str) -> None:
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


CORRECTIONS = [
    ("nej, mødet er om fredagen", {"meeting_date": "2026-12-04"}),
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
def test_a_correction_with_its_value(asked: str, text: str, expected: dict[str, Any]) -> None:
    if asked in expected:
        asked = "review"
    decision = decide(message(text, "correct"), state(asked, dict(RECORDING)))
    assert decision.values.items() >= expected.items()
    untouched = {"terms_accepted", "recording_grounds", "support_person_possible", "request_type"}
    assert not untouched & set(decision.values)


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
def test_an_answer_changes_nothing_else(asked: str, text: str) -> None:
    known = {slot: value for slot, value in RECORDING.items() if slot != asked}
    assert set(decide(message(text, "inform"), state(asked, known)).values) <= {asked}


@pytest.mark.parametrize("text", ["så jeg kan lytte til det på teams igen", "det er til mig, men også video til andre"])
def test_a_choice_that_is_known_is_not_changed_in_passing(text: str) -> None:
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
def test_a_correction_without_its_value_asks_again(text: str, slot: str) -> None:
    decision = decide(message(text, "correct"), state("review", dict(RECORDING)))
    assert decision.reopened == {slot} and decision.ask == slot


def test_a_correction_of_nothing_in_particular_asks_what() -> None:
    decision = decide(message("der er noget der er forkert", "correct"), state("review", dict(RECORDING)))
    assert says(decision) == ["utter_what_to_correct"]
    assert {title for title, _ in decision.says[0].buttons} >= {"Dato", "Navn", "Afdeling"}
    pending = state("review", dict(RECORDING), pending=decision.pending)
    assert decide(message("datoen", "inform"), pending).ask == "meeting_date"


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "ja tak",
        "ja tak, send den gerne",
        "send",
        "ja send den",
        "det er rigtigt, send det",
    ],
)
def test_an_explicit_yes_sends(text: str) -> None:
    assert decide(message(text, "affirm"), state("review", dict(RECORDING))).kind is Kind.SEND


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("nej", "deny"),
        ("ja men datoen er forkert", "affirm"),
        ("ja, mødet er fredag", "affirm"),
        ("hvad sker der når jeg sender?", "faq_how_to_ask"),
        ("vent lidt", "nlu_fallback"),
        ("tak", "thank"),
        ("det ved jeg ikke", "skip"),
        ("send ikke noget", "cancel"),
        ("næ", "deny"),
        ("okay men vent", "affirm"),
        ("ja og nej", "affirm"),
        ("ja nej", "affirm"),
        ("ja, der er noget galt", "affirm"),
        ("ja jeg vil gerne lige læse det igen", "affirm"),
        ("det er i strid med reglerne", "affirm"),
        ("det må I selv om", "affirm"),
        ("det kan jeg ikke", "affirm"),
        # A label that was guessed is no yes.
        ("jǫ*ơƙ", "affirm"),
    ],
)
def test_nothing_else_sends(text: str, intent: str) -> None:
    assert decide(message(text, intent), state("review", dict(RECORDING))).kind is not Kind.SEND


@pytest.mark.parametrize("text", ["ja", "okay", "det er i orden"])
def test_a_yes_to_something_else_is_no_yes_to_what_is_asked_for(text: str) -> None:
    """'Hvad vil du rette?', 'Din anmodning er ikke sendt endnu', and then 'okay'."""
    at_review = decide(message(text, "affirm"), state("review", dict(RECORDING), prompted=False))
    assert at_review.kind is Kind.UNCLEAR and at_review.prompt, "it is shown again"
    for slot in ("terms_accepted", "support_person_possible"):
        assert not decide(message(text, "affirm"), state(slot, prompted=False)).values


@pytest.mark.parametrize("text", ["ja og nej", "jǫ*ơƙ", "det er jo det"])
def test_what_is_no_clear_yes_deletes_nothing(text: str) -> None:
    for kind, ended in (("stop", Kind.STOPPED), ("restart", Kind.RESTARTED)):
        pending = state("recording_medium", pending={"kind": kind})
        assert decide(message(text, "affirm"), pending).kind is not ended


def test_a_word_that_is_a_choice_elsewhere_is_none_here() -> None:
    assert "recording_grounds" not in decide(message("den anden", "inform"), state("meeting_date")).values


def test_stopping_is_asked_once_where_something_would_be_lost() -> None:
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
def test_every_slot_says_why_it_is_asked(asked: str) -> None:
    decision = decide(message("hvorfor skal I vide det?", "faq_position"), state(asked))
    assert says(decision) == [f"utter_explain_{asked}"]


@pytest.mark.parametrize("text", ["jeg glemmer alt, siger min søn. " * 70, "hvad blev der sagt om min sag? " * 70])
@pytest.mark.parametrize("asked", ["recording_explanation", "notes_wanted"])
def test_a_text_that_is_longer_than_jura_takes_is_not_taken(asked: str, text: str) -> None:
    known = until(asked, RECORDING if asked in RECORDING else NOTES)
    for intent in ("inform", "faq_special_needs", "faq_may_i_record"):
        decision = decide(message(text, intent), state(asked, known))
        if decision.pending:
            # 'Er det et spørgsmål?' 'Nej, det hører til anmodningen.'
            decision = decide(
                message("det hører til anmodningen", "inform"), state(asked, known, pending=decision.pending)
            )
        assert says(decision) == ["utter_too_long_value"] and not decision.values


def test_a_name_in_own_words_is_on_one_line() -> None:
    decision = decide(message("kalles\nfor bæ", "nlu_fallback", 0.2), state("applicant_name", failures=1))
    assert decision.values == {"applicant_name": "kalles for bæ"}


def test_skipping() -> None:
    skip = message("spring over", "skip")
    assert decide(skip, state("recording_explanation")).settled == {"recording_explanation"}
    assert decide(skip, state("applicant_email")).settled == {"applicant_email"}
    assert says(decide(skip, state("recording_medium"))) == ["utter_cannot_skip"]
    without_email = until("applicant_email")
    assert says(decide(skip, state("applicant_phone", without_email))) == ["utter_contact_needed"]
    assert decide(skip, state("applicant_phone")).settled == {"applicant_phone"}


def test_everything_in_the_first_message() -> None:
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
def test_who_comes_along_is_heard_in_the_first_message(text: str, can: str | None) -> None:
    values = decide(message(text, "request_recording"), state(None, {})).values
    assert values.get("support_person_possible") == can


def wish(text: str, intent: str, at: State) -> State:
    """A wish for another kind of request, and the state in which it is asked which of the two is wanted."""
    asks = decide(message(text, intent), at)
    assert asks.kind is Kind.ASK_BACK and not asks.values and not asks.reopened, "nothing is changed yet"
    assert asks.pending and asks.pending["kind"] == "which_request"
    return replace(at, pending=asks.pending, prompted=False)


def test_another_request_keeps_what_was_said() -> None:
    asked = wish("jeg vil hellere have et referat af mødet", "request_notes", state("recording_medium"))
    decision = decide(button("inform", choice="new"), asked)
    assert decision.kind is Kind.TYPE_CHANGE and decision.values["request_type"] == "notes"
    assert not decision.reopened


@pytest.mark.parametrize("asked", ["recording_medium", "applicant_phone", "review"])
def test_a_message_to_jura_is_no_meeting_with_jura(asked: str) -> None:
    known = dict(RECORDING) if asked == "review" else until(asked)
    which = wish("jeg vil gerne sende et spørgsmål til Jura", "request_question", state(asked, known))
    decision = decide(button("inform", choice="new"), which)
    assert decision.kind is Kind.TYPE_CHANGE and decision.values == {"request_type": "question"}


def test_the_button_of_the_request_that_goes_on_goes_on() -> None:
    decision = decide(button("request_recording"), state("recording_medium"))
    assert decision.kind is Kind.TALK and decision.prompt and not decision.values


def test_a_meeting_that_has_been_is_not_carried_into_a_recording() -> None:
    known = {**NOTES, "meeting_date": "2026-11-26", "meeting_time": "10:00"}
    which = wish("jeg vil hellere have lov at optage", "request_recording", state("notes_wanted", known))
    decision = decide(button("inform", choice="new"), which)
    assert decision.kind is Kind.TYPE_CHANGE and "meeting_date" in decision.reopened


def test_a_new_department_brings_its_own_words() -> None:
    decision = decide(message("det er på borgerservice", "inform"), state("review", dict(RECORDING)))
    assert decision.values == {"meeting_department": "borgerservice", "meeting_department_text": "borgerservice"}


def test_a_meeting_that_has_been_cannot_be_recorded() -> None:
    decision = decide(message("i torsdags", "inform"), state("meeting_date"))
    assert says(decision) == ["utter_date_has_been"] and not decision.values
    assert decide(message("i torsdags", "inform"), state("meeting_date", dict(NOTES))).values == {
        "meeting_date": "2026-11-26"
    }


def test_two_possible_days_are_asked_about() -> None:
    decision = decide(message("næste torsdag", "inform"), state("meeting_date"))
    assert says(decision) == ["utter_which_date"]
    assert [title for title, _ in decision.says[0].buttons][2:] == ["Det er to møder", "En anden dag"]
    pending = state("meeting_date", pending=decision.pending)
    assert decide(message("den første", "inform"), pending).values == {"meeting_date": "2026-12-03"}
    assert decide(message("den 10.", "inform"), pending).values == {"meeting_date": "2026-12-10"}
    another = decide(Button("correct", {"slot": "meeting_date"}), pending)
    assert another.reopened == {"meeting_date"} and left_open(another, pending, {}) is None


def test_three_misunderstandings() -> None:
    lost = message("æblegrød", "nlu_fallback", 0.35)
    assert says(decide(lost, state("recording_medium"))) == ["utter_unclear"]
    assert says(decide(lost, state("recording_medium", failures=1))) == ["utter_example_recording_medium"]
    third = decide(lost, state("recording_medium", failures=2))
    assert says(third) == ["utter_stuck"]


@pytest.mark.parametrize(
    "intent", ["thank", "goodbye", "frustration", "greet", "human_handover", "bot_challenge", "help"]
)
def test_talk_ends_nothing(intent: str) -> None:
    decision = decide(message("tak for hjælpen", intent), state("recording_medium"))
    assert decision.kind is Kind.TALK and not decision.values and decision.says


def test_the_text_of_a_question_is_taken_as_it_stands() -> None:
    text = "Må jeg optage, og hvor længe gemmer I notater?"
    assert decide(message(text, "faq_not_on_page"), state("question_text", QUESTION)).values == {"question_text": text}
    short = decide(message("stop", "cancel"), state("question_text", QUESTION))
    assert short.kind is Kind.STOPPED


def test_inside_a_request_a_likely_label_counts_though_it_is_asked_back_outside() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.8}, {"name": "faq_notes", "confidence": 0.7}]
    latest = {"text": "og får jeg det på skrift?", "intent": ranking[0], "intent_ranking": ranking, "entities": []}
    assert Message.of(latest).intent == "faq_notes"
    ranking[1]["confidence"] = 0.55
    assert Message.of(latest).intent == "nlu_fallback"


@pytest.mark.parametrize("text", ["send", "ja tak, send den", "bare send anmodningen"])
def test_send_said_to_another_question_has_it_all_shown_once_more(text: str) -> None:
    """'Hvad vil du rette?' - 'Ja tak, send den': nothing is sent but by a yes to what was shown last."""
    again = decide(message(text, "affirm"), state("review", dict(RECORDING), prompted=False))
    assert again.kind is Kind.UNCLEAR and again.prompt
    assert decide(message(text, "affirm"), state("review", dict(RECORDING))).kind is Kind.SEND


def test_send_where_it_is_asked_whether_to_begin_anew_goes_on() -> None:
    asked = state("review", dict(RECORDING), prompted=False, pending={"kind": "restart"})
    decision = decide(message("send", "affirm"), asked)
    assert decision.kind is Kind.TALK and [say.response for say in decision.says] == ["utter_request_continues"]


def test_a_value_said_again_is_understood_and_changes_nothing() -> None:
    known = dict(RECORDING) | {"meeting_date": "2026-12-08", "recording_medium": None}
    known.pop("recording_medium")
    decision = decide(message("den 8. december", "inform"), state("recording_medium", known))
    assert decision.kind is Kind.TALK and not decision.values


@pytest.mark.parametrize("text", ["kan I ringe i stedet?", "jeg vil hellere ringes op", "har kun telefon"])
def test_the_telephone_instead_of_an_email(text: str) -> None:
    known = {slot: value for slot, value in RECORDING.items() if slot != "applicant_email"}
    assert decide(message(text, "nlu_fallback"), state("applicant_email", known)).settled == {"applicant_email"}


@pytest.mark.parametrize("asked", ["applicant_email", "recording_purpose"])
def test_how_the_meeting_is_held_is_no_way_to_reach_the_citizen(asked: str) -> None:
    """'Over telefonen', said of the meeting, corrects the meeting, and settles no e-mail address."""
    said = message("mødet bliver forresten over telefonen og ikke hos jer", "nlu_fallback")
    decision = decide(said, state(asked, {**until(asked), "meeting_kind": "in_person"}))
    assert (decision.kind, decision.values) == (Kind.CORRECTION, {"meeting_kind": "phone_call"})
    known_so = decide(said, state(asked, {**until(asked), "meeting_kind": "phone_call"}))
    assert not known_so.settled


def test_of_a_whole_request_what_tells_more_than_the_grounds_is_the_explanation() -> None:
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


def test_a_second_no_to_the_terms_asks_whether_to_stop() -> None:
    first = decide(message("nej", "deny"), state("terms_accepted"))
    assert says(first) == ["utter_terms_needed"]
    second = decide(message("nej", "deny"), state("terms_accepted", pending=first.pending))
    assert says(second) == ["utter_confirm_stop"]
    yes = decide(message("ja", "affirm"), state("terms_accepted", pending=second.pending))
    assert says(yes) == ["utter_request_stopped"]


def test_a_meeting_that_is_not_on_video_is_asked_about_again() -> None:
    known = {**until("meeting_date"), "meeting_kind": "video_call"}
    decision = decide(message("Nej vent, det er ikke på video", "deny"), state("meeting_date", known))
    assert (decision.ask, decision.reopened) == ("meeting_kind", {"meeting_kind"})


def test_notes_of_a_meeting_to_come() -> None:
    known = {"request_type": "notes", "meeting_department": "jobcenter", "meeting_kind": "in_person"}
    text = "jeg skal til møde d. 15. dec og vil gerne have noterne bagefter"
    decision = decide(message(text, "inform"), state("meeting_date", known))
    assert decision.values["meeting_date"] == "2026-12-15"


@pytest.mark.parametrize(
    "text",
    ["Det siger både mormor og jeg ja til", "Vilkårene tiltrædes hermed", "Nå, men så siger jeg ja til betingelserne"],
)
def test_a_yes_to_the_terms_in_other_words_is_asked_for_once_more(text: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.8), state("terms_accepted"))
    assert "terms_accepted" not in decision.values
    assert says(decision) == ["utter_example_terms_accepted"]


@pytest.mark.parametrize(
    "text", ["ja, det ser rigtigt ud", "ja det er korrekt", "så er den god, send", "nu passer det, send den bare"]
)
def test_a_yes_to_sending_in_other_words_is_asked_for_once_more(text: str) -> None:
    decision = decide(message(text, "affirm"), state("review", dict(RECORDING)))
    assert decision.kind is not Kind.SEND
    assert says(decision) == ["utter_send_plainly"]


@pytest.mark.parametrize(
    "text",
    [
        "det kan jeg aldrig sige ja til",
        "jeg accepterer ikke vilkårene",
        "skal jeg sige ja?",
        "min nabo siger ja til alt",
        "jeg siger ja, hvis min advokat gør",
        "hvem accepterer sådan noget?",
    ],
)
def test_terms_are_not_accepted_by_what_only_sounds_so(text: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.8), state("terms_accepted"))
    assert "terms_accepted" not in decision.values


@pytest.mark.parametrize("text", ["så er den rigtigt, send", "nu er det fint, send den bare", "fint, send"])
def test_a_plain_send_sends(text: str) -> None:
    assert decide(message(text, "nlu_fallback", 0.8), state("review")).kind is Kind.SEND


@pytest.mark.parametrize(
    "text",
    [
        *("den skal ikke send", "vent lidt, så send", "hvem får det, når I send?", "ret navnet, så send"),
        *("jeg fortryder at sende", "lad være med at sende", "jeg er bange for at sende", "jeg tør aldrig sende"),
    ],
)
def test_a_send_with_a_but_sends_nothing(text: str) -> None:
    assert decide(message(text, "nlu_fallback", 0.8), state("review")).kind is not Kind.SEND


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
def test_what_is_known_beside_something_else_is_the_old(
    text: str, intent: str, known: dict[str, Any], values: dict[str, Any]
) -> None:
    decision = decide(message(text, intent), state("review", {**RECORDING, **known}))
    assert decision.kind is Kind.CORRECTION
    assert decision.values == values


@pytest.mark.parametrize(
    "text", ["min bus er altid forsinket om fredagen", "det er mørkt allerede på mandag klokken tre"]
)
def test_a_day_in_passing_changes_nothing(text: str) -> None:
    assert decide(message(text, "out_of_scope"), state("recording_medium")).values == {}


def test_what_was_hidden_as_another_kind_is_asked_for_beyond_doubt() -> None:
    text = "jeg dropper det med at optage og beder om et referat i stedet for"
    decision = decide(button("inform", choice="new"), wish(text, "cancel", state("recording_grounds")))
    assert decision.kind is Kind.TYPE_CHANGE
    assert decision.values["request_type"] == "notes"


def test_other_grounds_in_own_words_are_kept() -> None:
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


def test_a_department_put_right_says_nothing_of_how_they_meet() -> None:
    learnt = Found("answer", [{"slot": "meeting_kind", "value": "in_person", "whole": 0.95, "part": 0.95}])
    said = message("hov, det er hos borgerservice", "inform")
    known = {"request_type": "recording", "meeting_department": "borgerservice"}
    decision = decide(replace(said, found=(*said.found, learnt)), state("meeting_kind", known))
    assert "meeting_kind" not in decision.values


@pytest.mark.parametrize("text", ["okay. jeg vil hellere filme", "ja, og det er på video", "ok, mødet er den 11."])
def test_a_yes_beside_another_matter_accepts_no_terms(text: str) -> None:
    known = {slot: value for slot, value in until("terms_accepted").items() if slot != "recording_medium"}
    assert "terms_accepted" not in decide(message(text, "affirm"), state("terms_accepted", known)).values


def test_an_apology_is_accepted_and_puts_nothing_right() -> None:
    decision = decide(message("undskyld jeg blev vred før", "nlu_fallback"), state("recording_medium"))
    assert (decision.kind, says(decision)) == (Kind.TALK, ["utter_no_offence"])
    corrects = decide(message("undskyld, det var forkert", "correct"), state("recording_medium"))
    assert says(corrects) == ["utter_what_to_correct"]


def test_a_department_may_be_described() -> None:
    text = "dem der giver tilladelse til udeservering"
    decision = decide(message(text, "out_of_scope"), state("meeting_department"))
    assert decision.values == {"meeting_department": "unknown", "meeting_department_text": text}


@pytest.mark.parametrize("text", ["slet mit telefonnummer", "fjern mit mobilnummer", "slet min mail"])
def test_a_number_is_deleted_and_the_request_is_not(text: str) -> None:
    decision = decide(message(text, "cancel"), state("review"))
    assert says(decision) == ["utter_corrected"]
    assert list(decision.values.values()) == [None]


@pytest.mark.parametrize("pending", ["stop", "restart"])
def test_send_is_no_yes_to_stopping(pending: str) -> None:
    asked = state("review", pending={"kind": pending}, prompted=False)
    decision = decide(message("ja, send", "affirm"), asked)
    assert says(decision) == ["utter_request_continues"]
    other = decide(message("ja, send den ikke", "affirm"), asked)
    assert decision.kind is Kind.TALK
    # To 'begynd forfra?' it is no listed yes: nothing is lost by it, and it is asked once more (conversation.md).
    assert other.kind is (Kind.STOPPED if pending == "stop" else Kind.UNCLEAR)


def test_anger_names_no_department() -> None:
    decision = decide(message("dem der er nogle idioter alle sammen", "frustration"), state("meeting_department"))
    assert decision.values == {}
