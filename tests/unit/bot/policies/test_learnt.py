"""What the policy learns from Rasa's trackers of rules and stories."""

import json

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates

from bot.policies.learnt import Learnt, Told
from common.acts import ASK_MORE, YES, Act


def told(label: str, *actions: str, about: dict[str, str] | None = None) -> list[Event]:
    entities = [{"entity": name, "value": value} for name, value in (about or {}).items()]
    said = UserUttered(intent={"name": label}, entities=entities)
    return [ActionExecuted(ACTION_LISTEN_NAME), said, *map(ActionExecuted, actions)]


def tracker(*events: Event, rule: bool = False) -> TrackerWithCachedStates:
    found = TrackerWithCachedStates.from_events("story", list(events), [])
    found.is_rule_tracker = rule
    return found


NOTES = told("faq_notes", "utter_faq_notes")


def test_a_rule_maps_an_intent_to_its_answers() -> None:
    hours = tracker(*told("faq_opening_hours", "utter_faq_opening_hours", "action_opening_hours"), rule=True)
    assert Learnt.of([hours]).answers == {"faq_opening_hours": ("utter_faq_opening_hours", "action_opening_hours")}


def test_a_rule_that_starts_the_form_gives_no_answer() -> None:
    assert Learnt.of([tracker(*told("request_notes", "request_form"), rule=True)]).answers == {}


def test_a_story_maps_a_follow_up_after_its_topic() -> None:
    learnt = Learnt.of([tracker(*NOTES, *told("follow_where", "utter_more_notes_where"))])
    assert learnt.follow_up("faq_notes", Act(ASK_MORE, "where")) == Told(("utter_more_notes_where",))
    assert learnt.follow_up("faq_video", Act(ASK_MORE, "where")) is None


def test_a_story_that_starts_the_form_carries_the_request_type() -> None:
    begins = [SlotSet("request_type", "notes"), ActionExecuted("request_form"), ActiveLoop("request_form")]
    learnt = Learnt.of([tracker(*NOTES, *told("affirm"), *begins)])
    assert learnt.follow_up("faq_notes", Act(YES)) == Told(("request_form",), "notes")


def test_one_story_may_name_several_list_items() -> None:
    last = told("follow_which", "utter_more_notes_which_second", about={"which": "second, last"})
    learnt = Learnt.of([tracker(*NOTES, *last), tracker(*NOTES, *told("follow_which", "utter_more_notes_which"))])
    for name in ("second", "last"):
        assert learnt.follow_up("faq_notes", Act(ASK_MORE, "which", name)) == Told(("utter_more_notes_which_second",))
    assert learnt.follow_up("faq_notes", Act(ASK_MORE, "which", "first")) == Told(("utter_more_notes_which",))


def test_contradicting_stories_stop_the_training() -> None:
    one, other = (tracker(*NOTES, *told("follow_where", name)) for name in ("utter_faq_contact", "utter_faq_video"))
    with pytest.raises(ValueError, match=r"follow_where.*faq_notes"):
        Learnt.of([one, other])


def test_the_learnt_state_survives_json() -> None:
    begins = [SlotSet("request_type", "notes"), ActionExecuted("request_form")]
    learnt = Learnt.of([tracker(*NOTES, rule=True), tracker(*NOTES, *told("affirm"), *begins)])
    assert Learnt.from_state(json.loads(json.dumps(learnt.state()))) == learnt
