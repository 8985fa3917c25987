"""Reactions and side remarks inside a request: nothing is stopped or overwritten by them."""

from typing import Any

import pytest
from deciding import acts_of, decide
from request_states import NOTES, QUESTION, RECORDING, message, says, state, until

from actions.turn.result import Kind

STOPPING = {"pending": {"kind": "stop"}, "prompted": False}


@pytest.mark.parametrize(
    "text", ["Nej nej, jeg vil IKKE stoppe! Ja.", "jeg vil ikke stoppe", "Jeg siger ja til vilkårene"]
)
def test_denying_the_stop_continues_the_request(text: str) -> None:
    assert decide(message(text, "affirm"), state("terms_accepted", **STOPPING)).kind is not Kind.STOPPED


@pytest.mark.parametrize("text", ["ja", "ja tak", "ja, stop", "ja jeg vil gerne stoppe", "stop"])
def test_confirming_the_stop_stops_the_request(text: str) -> None:
    assert decide(message(text, "affirm"), state("terms_accepted", **STOPPING)).kind is Kind.STOPPED


@pytest.mark.parametrize(
    "text",
    ["ingenting. fortryd", "der skal ikke rettes noget", "behold det, som det er", "jeg vil ikke rette"],
)
def test_asked_what_to_change_nothing_continues_the_request(text: str) -> None:
    decision = decide(
        message(text, "nlu_fallback", 0.3), state("review", pending={"kind": "which_slot"}, prompted=False)
    )
    assert says(decision) == ["utter_request_continues"] and not decision.reopened


@pytest.mark.parametrize(
    "text",
    [
        "der skal ikke rettes noget, bare send",
        "nej nej der er ikke noget der skal rettes. bare send den",
        "ingen fejl. bare send den nu",
    ],
)
@pytest.mark.parametrize("pending", [{"kind": "which_slot"}, None])
def test_asked_what_to_change_send_shows_the_review_again(text: str, pending: dict[str, str] | None) -> None:
    decision = decide(
        message(text, "nlu_fallback", 0.3), state("review", dict(RECORDING), pending=pending, prompted=pending is None)
    )
    # After a question in between the review is shown again (conversation.md).
    assert says(decision) == ["utter_send_after_more" if pending else "utter_send_plainly"]
    assert decision.prompt is bool(pending) and decision.kind is not Kind.SEND


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("I forklaringen skal der også stå: I må ikke ringe til mig", "I må ikke ringe til mig"),
        ("Ja, send den. Men skriv også at de ikke må ringe til mig", "de ikke må ringe til mig"),
        ("Tilføj til forklaringen, at mødet handler om min søn", "mødet handler om min søn"),
    ],
)
def test_an_added_text_is_appended(text: str, added: str) -> None:
    decision = decide(message(text, "correct"), state("review"))
    assert decision.values == {"recording_explanation": f"jeg glemmer alt\n{added}"}
    assert says(decision) == ["utter_corrected"] and decision.kind is Kind.CORRECTION


def test_a_text_told_early_is_kept_before_the_answer() -> None:
    told = "jeg hører dårligt og har haft en blodprop, så jeg glemmer"
    first = decide(message(told, "faq_special_needs"), state("recording_grounds"))
    assert first.values["recording_explanation"] == told and first.ask is None
    known = until("recording_explanation") | {"recording_explanation": told}
    more = decide(message("og jeg bor alene", "inform"), state("recording_explanation", known))
    assert more.values == {"recording_explanation": f"{told}\nog jeg bor alene"}


@pytest.mark.parametrize(
    ("asked", "text", "values", "left"),
    [
        ("recording_medium", "hvor mange spørgsmål er der tilbage?", {}, "6"),
        ("recording_purpose", "kun til mig selv. hvor mange spørgsmål tilbage", {"recording_purpose": "private"}, "2"),
    ],
)
def test_the_number_of_remaining_questions_is_told(asked: str, text: str, values: dict[str, Any], left: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.3), state(asked))
    assert decision.values == values and says(decision) == ["utter_progress"]
    assert decision.says[0].fill == {"left": left}


def test_a_denied_both_is_not_read_as_both() -> None:
    wish = {"kind": "notes", "values": {}, "settled": [], "dates": [], "times": []}
    asked = state("recording_medium", pending={"kind": "which_request", "wish": wish}, prompted=False)
    decision = decide(message("ikke begge, kun referatet", "nlu_fallback", 0.3), asked)
    assert decision.kind is Kind.TYPE_CHANGE and decision.values["request_type"] == "notes"


def test_withdrawing_a_sent_request_waits_until_the_current_one_is_finished() -> None:
    known = {**QUESTION, "question_text": "Hvem bestemmer?"}
    decision = decide(message("stop, jeg vil trække C7Q9-AC4L tilbage", "cancel"), state("applicant_name", known))
    assert says(decision) == ["utter_status_after_request"]


def test_another_persons_name_is_not_stored_as_the_applicants() -> None:
    said = message("Min søns navn mangler, det er Viktor Kjærgaard.", "correct")
    assert decide(said, state("review")).values.get("applicant_name") is None


def test_another_authority_is_not_stored_as_a_department() -> None:
    decision = decide(message("det er med politiet", "inform"), state("meeting_department"))
    assert says(decision) == ["utter_other_authority"] and not decision.values
    told = decide(message("jeg var på hospitalet i sidste uge", "inform"), state("recording_medium"))
    assert "utter_other_authority" not in says(told), "mentioned elsewhere it changes nothing"


@pytest.mark.parametrize(
    "text", ["det er i Københavns Kommune, jobcentret ude på Musvågevej", "jobcentret i Gentofte Kommune"]
)
def test_a_department_of_another_municipality_is_not_stored(text: str) -> None:
    decision = decide(message(text, "inform"), state("meeting_department"))
    assert says(decision) == ["utter_other_authority"] and not decision.values


def test_a_department_is_ours_where_another_municipality_is_mentioned_in_passing() -> None:
    said = message("jobcentret, som har fået mine papirer fra Gentofte Kommune", "inform")
    assert decide(said, state("meeting_department")).values["meeting_department"] == "jobcenter"


def test_an_hour_told_after_its_day_is_stored() -> None:
    decision = decide(message("Ret dato til 10. december kl. 9.30", "correct"), state("review"))
    assert decision.values == {"meeting_time": "09:30"} and says(decision) == ["utter_corrected"]


def test_the_purpose_is_not_guessed_from_what_others_do() -> None:
    decision = decide(message("min datter kommer måske, hun arbejder", "inform"), state("support_person_possible"))
    assert "recording_purpose" not in decision.values


def test_skip_is_read_from_one_of_several_sentences() -> None:
    known = until("notes_wanted", NOTES) | {"meeting_date": "2026-11-20"}
    said = message("nej ikke mere. spring over. og nej jeg har ingen andre", "nlu_fallback", 0.3)
    assert [act.act for act in acts_of(said, state("notes_wanted", known))] == ["skip"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("notes_wanted", "jeg vil sgu da ikke have et referat?? jeg vil OPTAGE mødet"),
        ("applicant_name", "jeg vil optage mødet, ikke have referat"),
        ("review", "det er forkert. ret anmodningen til en optagelse"),
    ],
)
def test_denying_the_request_type_asks_which_one(asked: str, text: str) -> None:
    known = NOTES | {"meeting_date": "2026-11-20", "notes_wanted": "referatet"} if asked != "notes_wanted" else NOTES
    decision = decide(message(text, "nlu_fallback", 0.3), state(asked, known))
    assert decision.pending and decision.pending["kind"] == "which_request" and not decision.values


@pytest.mark.parametrize("text", ["det gider jeg altså ikke mere", "hold da op, så glemmer vi det", "videre"])
def test_a_label_alone_neither_stops_nor_restarts(text: str) -> None:
    for kind, label in (("stop", "cancel"), ("restart", "restart")):
        asked = state("terms_accepted", pending={"kind": kind}, prompted=False)
        assert decide(message(text, label, 0.99), asked).kind not in (Kind.STOPPED, Kind.RESTARTED)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        (
            "Kan du skrive på, at de ikke må ringe til mig efter klokken fire",
            "de ikke må ringe til mig efter klokken fire",
        ),
        ("der mangler det med at de nægter det bagefter. kan du skrive det på", "de nægter det bagefter"),
        (
            "Mødet holdes på hjælpemiddelcentralen. Vil du skrive det i forklaringen?",
            "Mødet holdes på hjælpemiddelcentralen",
        ),
    ],
)
def test_a_dictated_text_is_stored(text: str, added: str) -> None:
    decision = decide(message(text, "faq_not_on_page", 0.7), state("review"))
    assert decision.values == {"recording_explanation": f"jeg glemmer alt\n{added}"}


@pytest.mark.parametrize(
    "text",
    [
        "Forklaring: jeg er døv på højre øre",
        "Det er noget rod. Skriv i stedet: jeg er døv på højre øre",
        "forklaringen skal ændres til: jeg er døv på højre øre",
    ],
)
def test_a_rewritten_text_replaces_the_old_one(text: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.3), state("review"))
    assert decision.values["recording_explanation"] == "jeg er døv på højre øre"
    # The grounds are read from the words (conversation.md, 4).
    assert "communication_impairment" in decision.values["recording_grounds"]


def test_removed_words_disappear_and_the_rest_stays() -> None:
    told = "Jamen jeg skrev jo, at jeg hører dårligt"
    known = until("review") | {"recording_explanation": told}
    said = message('kan du fjerne "Jamen jeg skrev jo, at"? Resten er godt', "nlu_fallback", 0.3)
    assert decide(said, state("review", known)).values == {"recording_explanation": "jeg hører dårligt"}
    unquoted = message("fjern sætningen om min søn", "correct")
    decision = decide(unquoted, state("review", known))
    assert decision.reopened == {"recording_explanation"} and says(decision) == ["utter_text_stands"]
    assert decision.says[0].fill == {"stands": told}


@pytest.mark.parametrize("asked", ["meeting_department", "meeting_kind", "support_person_possible"])
def test_why_a_name_is_needed_is_answered_at_any_slot(asked: str) -> None:
    decision = decide(message("Hvorfor skal I have mit navn?", "faq_not_on_page", 0.6), state(asked))
    assert says(decision) == ["utter_explain_applicant_name"]


@pytest.mark.parametrize(
    ("asked", "text"), [("recording_medium", "Hvad betyder lyd?"), ("support_person_possible", "hvad er en bisidder")]
)
def test_asking_what_a_choice_means_does_not_choose_it(asked: str, text: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.3), state(asked))
    assert not decision.values and says(decision) == [f"utter_plain_{asked}"]


def test_a_name_in_its_own_sentence_is_stored() -> None:
    said = message("Ærlig talt. Mette Sandholt Friis. Det må I så nøjes med", "nlu_fallback", 0.3)
    assert decide(said, state("applicant_name")).values == {"applicant_name": "Mette Sandholt Friis"}


def test_a_department_in_a_condition_is_not_stored() -> None:
    text = "I kan få mit navn, hvis I svarer på, om det er hele familieafdelingen, der ser det"
    said = message(text, "nlu_fallback", 0.3)
    assert "meeting_department" not in decide(said, state("applicant_name")).values


def test_an_indirect_yes_at_the_review_is_asked_for_plainly_in_one_line() -> None:
    decision = decide(message("Godt. Ja send", "affirm"), state("review"))
    assert decision.kind is not Kind.SEND and says(decision) == ["utter_send_plainly"] and not decision.prompt


@pytest.mark.parametrize(
    "text",
    [
        "Bent Iversen 38 11 20 45 ring helst om formiddagen",
        "Bent Iversen. Sender I det videre til hende?",
        "Bent Iversen og I skal ikke ringe",
    ],
)
def test_a_name_at_the_beginning_of_a_message_is_stored(text: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.3), state("applicant_name"))
    assert decision.values.get("applicant_name") == "Bent Iversen" and not decision.reopened


@pytest.mark.parametrize(
    "text",
    [
        *("DET HAR JEG SKREVET", "SPRING OVER", "HVORFOR SPØRGER I OM DET", "ER DET NØDVENDIGT", "Det Ved Jeg Ikke"),
        *("Hej Jura. jeg er anonym", "Kære Jura, hvad skal I bruge det til", "Hold Nu Op. Jeg har sagt det"),
    ],
)
def test_a_sentence_in_capitals_is_not_stored_as_a_name(text: str) -> None:
    for label in ("nlu_fallback", "inform"):
        assert "applicant_name" not in decide(message(text, label, 0.6), state("applicant_name")).values


def test_an_authority_is_not_stored_as_a_name() -> None:
    decision = decide(message("det er Udbetaling Danmark", "inform"), state("meeting_department"))
    assert "applicant_name" not in decision.values


def test_an_answer_beside_a_dictated_text_is_stored() -> None:
    text = "Min e-mail er li@eksempel.dk. Skriv gerne i anmodningen, at jeg kun kan om formiddagen"
    decision = decide(message(text, "inform"), state("applicant_email"))
    assert decision.values["applicant_email"] == "li@eksempel.dk"
    assert decision.values["recording_explanation"] == "jeg glemmer alt\njeg kun kan om formiddagen"


def test_a_department_is_shown_in_the_citizens_words() -> None:
    known = until("review") | {"meeting_department": "sundhed_omsorg", "meeting_department_text": "hjemmeplejen"}
    for text, key, own in (
        ("ret afdelingen til visitationen", "sundhed_omsorg", "visitationen"),
        ("ret afdelingen til Team Regnbuen", "unknown", "Team Regnbuen"),
    ):
        decision = decide(message(text, "correct"), state("review", known))
        assert decision.values == {"meeting_department": key, "meeting_department_text": own}


def test_asking_what_is_noted_is_answered_beside_an_answer() -> None:
    decision = decide(message("lyd. har du fået datoen?", "check_noted", 0.95), state("recording_medium"))
    assert decision.values == {"recording_medium": "audio"} and says(decision) == ["utter_noted_so_far"]
    assert "Dato: " in decision.says[0].fill["lines"]
    for text in ("har du nu den rigtige dag?", "hvad har I indtil videre", "hvad er der skrevet ned?"):
        assert says(decide(message(text, "check_noted", 0.95), state("recording_medium"))) == ["utter_noted_so_far"]


def test_a_text_that_is_too_long_is_not_cut() -> None:
    decision = decide(message("Forklaring: " + "jeg hører dårligt " * 120, "nlu_fallback", 0.3), state("review"))
    assert not decision.values and says(decision) == ["utter_too_long_value"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("recording_grounds", "kontoret er svært at høre noget i, når der er mange"),
        ("support_person_possible", "Jeg kan ikke få nogen med, fordi de siger at de arbejder hele dagen"),
        ("support_person_possible", "Min søster vil gerne. Hun skal også med"),
        ("recording_medium", "Jeg har en diktafon. Må jeg tage den med?"),
    ],
)
def test_side_remarks_change_no_known_value(asked: str, text: str) -> None:
    known = until(asked) | {"recording_explanation": "jeg glemmer alt"}
    decision = decide(message(text, "inform", 0.7), state(asked, known))
    assert decision.kind is not Kind.CORRECTION and "meeting_department" not in decision.values
