"""`script/bot inspect`: what is shown of a turn."""

import re

import pytest
from inspected import a_request, answered, said, tracker
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet

from actions.turn.result import Kind
from bot.nlu.learning.features import Features
from common.settings import ROOT
from common.yaml_files import read_yaml
from workbench.inspect.nearest import Nearest
from workbench.inspect.page_text import page_paragraphs
from workbench.inspect.stopwatch import Lap, Times
from workbench.inspect.turns import meaning, take_apart
from workbench.inspect.view import view, without_cpr
from workbench.shared import titles
from workbench.shared.lines import Line

LINES = [
    Line("må jeg optage mødet", "faq_may_i_record"),
    Line("må man optage", "faq_may_i_record"),
    Line("optage et møde med kommunen", "faq_may_i_record"),
    Line("hvornår har I åbent", "faq_opening_hours"),
    Line("har I åbent i dag", "faq_opening_hours"),
]
RESPONSES = {"utter_faq_may_i_record": [{"text": "Svar.", "metadata": {"paragraphs": ["3", "7"]}}]}


@pytest.fixture(scope="module")
def nearest() -> Nearest:
    return Nearest(LINES, Features.fit([line.text for line in LINES])[0])


def test_values_slots_and_actions_belong_to_their_turn() -> None:
    question, request, button = take_apart(a_request())
    assert [action.name for action in question.actions] == ["utter_faq_may_i_record"] and not question.changes
    assert [(value.words, value.meaning, value.rule) for value in request.values] == [
        ("på torsdag", "2026-12-03", "weekday")
    ]
    assert [(change.slot, change.before, change.after) for change in request.changes] == [
        ("request_type", "", "recording"),
        ("meeting_date", "", "2026-12-03"),
        ("requested_slot", "", "meeting_department"),
    ]
    assert ("meeting_date", "2026-12-03", "") in [(one.slot, one.before, one.after) for one in button.changes]
    assert button.button and button.said == "Ja, send" and button.asked_before == "meeting_department"
    assert button.asked_after is None


def test_an_answer_is_shown_beside_its_paragraphs(nearest: Nearest) -> None:
    shown = view(take_apart(a_request())[0], Times(), nearest, RESPONSES)
    numbers = dict(shown["answers"][0]["paragraphs"])
    assert numbers["3"].startswith("Lovgivningen giver ikke en særlig ret")
    assert numbers["7"].startswith("Kontakt den relevante afdeling")


def test_every_paragraph_of_an_answer_exists_on_the_page() -> None:
    named = set(re.findall(r"paragraphs: \[(.*?)\]", (ROOT / "domain" / "answers.yml").read_text(encoding="utf-8")))
    numbers = {number for found in named for number in read_yaml(f"[{found}]")}
    assert numbers and numbers <= set(page_paragraphs())
    page = page_paragraphs()
    assert "Datatilsynets" in page["10"] and "Telefontid" in page["12"] and "3821 4236" in page["13"]


def test_the_likeliest_intents_are_shown_with_similar_training_lines(nearest: Nearest) -> None:
    shown = view(take_apart(a_request())[0], Times(), nearest, RESPONSES)
    first = shown["intents"][0]
    assert first["name"] == "faq_may_i_record" and first["title"] == "Må jeg optage et møde?"
    assert first["confidence"] == pytest.approx(0.9)
    assert "må jeg optage mødet" in [line for line, _ in first["nearest"]]
    assert all(line.label == "faq_may_i_record" for line in LINES if line.text in dict(first["nearest"]))


def test_a_trained_sentence_is_marked_as_trained(nearest: Nearest) -> None:
    (turn,) = take_apart(tracker(said("1", "Har I åbent i dag", "faq_timing"), answered("utter_faq_timing")))
    assert view(turn, Times(), nearest, {})["known_as"] == "faq_opening_hours"


def test_what_decided_a_turn_is_named(nearest: Nearest) -> None:
    question, request, button = take_apart(a_request())
    assert view(question, Times(), nearest, {})["decision"]["rule"].name == "answer may_i_record"
    assert view(request, Times(), nearest, {})["decision"]["rule"].name == "begin a request, recording"
    decision = view(button, Times(), nearest, {})["decision"]
    assert decision["form"] == "request_form" and decision["asked"] == "Afdeling"
    assert decision["decided"].rows == ("unread",) and decision["kind"] == "ikke forstået", "a yes to no question"


def test_the_applied_rows_of_the_table_are_named(nearest: Nearest) -> None:
    asked = (SlotSet("request_type", "question"), SlotSet("requested_slot", "review"), answered("utter_review"))
    sent = said("1", "/affirm", "affirm", 1.0, title="Ja, send")
    (turn,) = take_apart(tracker(ActiveLoop("request_form"), *asked, sent, ActionExecuted("request_form")))
    decision = view(turn, Times(), nearest, {})["decision"]
    assert decision["decided"].rows == ("yes review",) and decision["kind"] == "send"


def test_every_kind_of_decision_has_a_danish_name() -> None:
    assert {kind.value for kind in Kind} <= set(titles.KINDS)


def test_the_milliseconds_add_up(nearest: Nearest) -> None:
    laps = [Lap("reading", "ValueExtractor", 4), Lap("choosing", "RulePolicy", 1), Lap("store", "gem", 2)]
    laps += [Lap("server", "validate_request_form", 6), Lap("action", "request_form", 9)]
    times = Times(laps, rasa=20, whole=25)
    shown = view(take_apart(a_request())[1], times, nearest, {})
    parts = {part["kind"]: part["milliseconds"] for part in shown["times"]}
    assert parts == {"reading": 4, "choosing": 1, "store": 2, "action": 3, "server": 6, "rest": 4, "channel": 5}
    assert shown["milliseconds"] == sum(parts.values()) == 25
    assert shown["actions"] == [
        {"name": "request_form", "milliseconds": 9, "inside": [{"name": "validate_request_form", "milliseconds": 6}]}
    ]


def test_a_turn_that_was_not_measured_is_shown_without_times(nearest: Nearest) -> None:
    shown = view(take_apart(a_request())[0], Times(), nearest, {})
    assert shown["times"] == [] and shown["actions"][0]["milliseconds"] is None


def test_no_cpr_number_is_shown_in_any_field(nearest: Nearest) -> None:
    (turn,) = take_apart(tracker(said("1", "cpr 010190-1234", "inform"), answered("utter_x", "Du skrev 010190-1234")))
    assert "1234" not in str(view(turn, Times(), nearest, {}))
    assert without_cpr({"a": ["010190-1234", ("010190 1234",)]}) == {
        "a": ["(CPR-nummer skjult)", ("(CPR-nummer skjult)",)]
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"future": ["2026-12-03"], "past": ["2026-11-26"]}, "2026-11-26 eller 2026-12-03"),
        ({"readings": ["09:00", "10:00"]}, "09:00 eller 10:00"),
        ({"key": "jobcenter", "text": "jobcentret"}, "jobcenter"),
        (["memory", "other"], "memory, other"),
        ("audio", "audio"),
        (None, ""),
    ],
)
def test_a_value_is_shown_in_words(value: object, text: str) -> None:
    assert meaning(value) == text
