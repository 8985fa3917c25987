"""The policy's plan: each question of a message is answered in order, follow-ups by the last answer."""

from pathlib import Path

import pytest

from bot.past import Past
from bot.policies.learnt import Learnt, Told
from bot.policies.plan import MOST_ANSWERS, Step, plan
from common.acts import ASK, ASK_MORE, SIMPLIFY, START, UNREAD, WHY, YES, Act
from common.settings import ROOT
from common.slots import ORDER
from common.yaml_files import read_yaml

TOPICS = ("notes", "criteria", "video", "refusal", "timing", "contact", "equipment", "position")
LEARNT = Learnt(
    answers={
        **{f"faq_{topic}": (f"utter_faq_{topic}",) for topic in TOPICS},
        "faq_opening_hours": ("utter_faq_opening_hours", "action_opening_hours"),
        "faq_not_on_page": ("utter_faq_not_on_page",),
    },
    follow_ups={
        ("faq_notes", YES, "", ""): Told(("request_form",), "notes"),
        ("faq_notes", ASK_MORE, "where", ""): Told(("utter_more_notes_where",)),
        ("faq_criteria", ASK_MORE, "which", "second"): Told(("utter_more_criteria_which_second",)),
        ("faq_criteria", ASK_MORE, "which", ""): Told(("utter_more_criteria_which",)),
        ("", YES, "", ""): Told(("action_affirm",)),
    },
)


def ask(*topics: str) -> list[Act]:
    return [Act(ASK, f"faq_{topic}", words=topic) for topic in topics]


def after(*responses: str) -> Past:
    topics = tuple(f"faq_{name.split('_', 2)[2]}" for name in responses)
    return Past(latest=responses, lately=frozenset(responses), topics=topics, topic=topics[-1] if topics else None)


def said(acts: list[Act], past: Past) -> list[str] | None:
    steps = plan(acts, past, LEARNT)
    return None if steps is None else [step.action for step in steps]


def test_outside_a_request_not_understanding_asks_for_the_last_answer_in_plainer_words() -> None:
    # Regression: 'Forstår ikke. Jeg vil spørge om lov. Hvordan?' planned a response that the domain lacks.
    acts = [Act(SIMPLIFY, label="simplify"), *ask("timing"), Act(WHY, label="")]
    assert said(acts, Past()) == ["action_plainer", "utter_faq_timing"]


def test_the_plainer_wording_of_what_is_answered_beside_it_is_not_given() -> None:
    # Regression: 'Jeg mener, om man må optage. Jeg forstår ikke knapperne' got the answer twice in one turn.
    assert said([*ask("notes"), Act(SIMPLIFY, label="simplify")], Past()) == ["utter_faq_notes"]
    before = after("utter_faq_timing")
    assert said([Act(SIMPLIFY, label="simplify"), *ask("notes")], before) == ["action_plainer", "utter_faq_notes"]


def test_every_response_name_that_a_plan_composes_is_in_the_domain() -> None:
    replies = {name for file in (ROOT / "domain").rglob("*.yml") for name in _responses(file)}
    slots = {slot for order in ORDER.values() for slot in order} | {"behalf_name", "review"}
    for slot in sorted(slots - {"request_type"}):
        steps = plan([Act(WHY, slot), Act(SIMPLIFY, slot)], Past(), LEARNT) or []
        assert {step.action for step in steps} <= replies, slot


def _responses(file: Path) -> list[str]:
    return list((read_yaml(file) or {}).get("responses") or ())


def test_a_single_question_is_left_to_its_rule() -> None:
    assert said(ask("notes"), Past()) is None


def test_several_questions_are_answered_in_order_and_once_each() -> None:
    assert said(ask("video", "notes", "video"), Past()) == ["utter_faq_video", "utter_faq_notes"]


def test_questions_over_the_limit_are_named() -> None:
    steps = plan(ask(*TOPICS), Past(), LEARNT)
    assert steps is not None
    assert [step.action for step in steps[:MOST_ANSWERS]] == [f"utter_faq_{topic}" for topic in TOPICS[:MOST_ANSWERS]]
    assert steps[MOST_ANSWERS:] == [Step("utter_questions_left", {"unread_words": 'equipment", "position'})]


def test_a_turn_stays_below_the_ten_actions_that_rasa_takes() -> None:
    acts = [*ask(*TOPICS, "opening_hours"), Act(UNREAD, words="grød"), Act(START, "notes")] * 3
    for past in (Past(), after(*(f"utter_faq_{topic}" for topic in TOPICS))):
        steps = plan(acts, past, LEARNT)
        assert steps is not None and len(steps) < 10
        assert steps[-1].action == "request_form"


def test_an_unread_question_is_named_after_the_answers() -> None:
    steps = plan([*ask("notes"), Act(UNREAD, words="hvad *med* [grøden](x)")], Past(), LEARNT)
    assert steps is not None
    assert steps[0].action == "utter_faq_notes"
    assert steps[1].action == "utter_question_unread"
    assert "](" not in steps[1].slots["unread_words"].replace("\\](", "")


def test_a_wish_comes_last_with_its_request_type() -> None:
    steps = plan([Act(START, "notes"), *ask("video")], Past(), LEARNT)
    assert steps == [Step("utter_faq_video"), Step("request_form", {"request_type": "notes"})]


def test_a_repeated_question_gets_the_plainer_answer() -> None:
    assert said(ask("notes"), after("utter_faq_notes")) == ["utter_same_answer", "utter_simple_notes"]
    assert said(ask("not_on_page"), after("utter_faq_not_on_page")) is None


def test_after_the_plainer_answer_there_is_nothing_more() -> None:
    plainer = Past(
        latest=("utter_same_answer", "utter_simple_notes"),
        lately=frozenset({"utter_faq_notes", "utter_same_answer", "utter_simple_notes"}),
        topics=("faq_notes",),
        topic="faq_notes",
    )
    assert said(ask("notes"), plainer) == ["utter_nothing_more"]


def test_of_two_wishes_the_first_is_begun() -> None:
    steps = plan([Act(START, "recording"), Act(START, "notes")], Past(), LEARNT)
    assert steps == [Step("request_form", {"request_type": "recording"})]


def test_a_plainer_question_is_given_inside_the_form() -> None:
    acts = [Act(SIMPLIFY, "recording_medium", words="hvad er lyd?")]
    assert said(acts, Past(in_form=True, asked="recording_medium")) == ["utter_plain_recording_medium"]


def test_a_follow_up_belongs_to_the_last_answer() -> None:
    where = Act(ASK_MORE, "where")
    assert said([where], after("utter_faq_notes")) == ["utter_more_notes_where"]
    assert said([where], after("utter_faq_criteria")) == ["action_ask_back"]
    assert said([*ask("notes"), where], Past()) == ["utter_faq_notes", "utter_more_notes_where"]


@pytest.mark.parametrize(("about", "reply"), [("second", "_second"), ("", ""), ("fifth", "")])
def test_which_is_answered_for_the_named_list_item(about: str, reply: str) -> None:
    which = Act(ASK_MORE, "which", about)
    assert said([which], after("utter_faq_criteria")) == [f"utter_more_criteria_which{reply}"]


def test_yes_accepts_the_offer_of_the_last_turn_only() -> None:
    steps = plan([Act(YES)], after("utter_faq_notes", "utter_faq_video"), LEARNT)
    assert steps == [Step("request_form", {"request_type": "notes"})]
    older = Past(latest=("utter_thank",), lately=frozenset({"utter_faq_notes"}), topic="faq_notes")
    assert said([Act(YES)], older) == ["action_affirm"]


def test_okay_accepts_no_offer() -> None:
    assert said([Act("small_talk", "okay", label="affirm")], after("utter_faq_notes")) == ["action_affirm"]


def test_inside_a_form_the_policy_answers_single_questions_too() -> None:
    form = Past(in_form=True, asked="meeting_date")
    assert said(ask("video", "notes"), form) == ["utter_faq_video", "utter_faq_notes"]
    assert said([*ask("video"), Act("set", label="inform")], form) == ["utter_faq_video"]
    assert said(ask("video"), form) == ["utter_faq_video"]
    assert said([Act("ask", "help")], form) is None, "the form has an answer of its own"
    assert said([Act("set", label="inform"), Act("set")], form) is None
    assert said([Act("set", label="inform"), Act(WHY, "meeting_date")], form) == ["utter_explain_meeting_date"]
    assert said([Act("set", label="inform"), Act(UNREAD, words="grød")], form) == ["utter_question_unread"]


def test_what_is_asked_in_particular_is_answered_alone_and_asked_again_in_full() -> None:
    asked = [Act(ASK, "faq_refusal", "who_says_no")]
    assert said(asked, Past()) == ["utter_more_refusal_who_says_no"]
    again = Past(latest=("utter_more_refusal_who_says_no",), lately=frozenset({"utter_more_refusal_who_says_no"}))
    assert said(asked, again) is None, "its rule answers with all of it"


def test_beside_another_answer_what_is_not_on_the_page_is_named() -> None:
    steps = plan(ask("notes", "not_on_page"), Past(), LEARNT) or []
    assert steps[1] == Step("utter_more_not_on_page_which_words", {"unread_words": "not_on_page"})
    assert said(ask("not_on_page"), Past()) is None


def test_two_questions_that_the_page_does_not_answer_are_named_in_one_reply() -> None:
    asked = [Act(ASK, "faq_not_on_page", words=words) for words in ("hvad koster det?", "kan jeg klage?")]
    assert plan([asked[0], *ask("notes"), asked[1]], Past(), LEARNT) == [
        Step("utter_more_not_on_page_which_words", {"unread_words": 'hvad koster det?", "kan jeg klage?'}),
        Step("utter_faq_notes"),
    ]


def test_nothing_is_said_again_beside_a_request_that_begins() -> None:
    assert said([*ask("notes"), Act(START, "notes")], after("utter_faq_notes")) == ["request_form"]
    spent = Past(
        latest=("utter_same_answer", "utter_simple_notes"), lately=frozenset({"utter_faq_notes", "utter_simple_notes"})
    )
    assert said(ask("notes", "video"), spent) == ["utter_faq_video"]
    assert said(ask("notes"), spent) == ["utter_nothing_more"]


def test_nothing_more_is_never_said_where_the_answer_itself_was_not_given() -> None:
    plainly = Past(latest=("utter_same_answer", "utter_simple_notes"), lately=frozenset({"utter_simple_notes"}))
    assert said(ask("notes"), plainly) is None
