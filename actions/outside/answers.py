"""Answers that need the clock or the conversation so far."""

from functools import lru_cache
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import acts, last_answer, last_turn, not_understood
from actions.deadlines import telephone_now
from common.acts import START
from common.clock import now
from common.settings import ROOT
from common.slots import BOOKKEEPING, PARTS

# What means something only while a request is under way.
_ONLY_IN_A_REQUEST = {"inform", "correct", "skip", "affirm", "deny"}
# What 'han har adhd og kan ikke huske' may be taken for, and how sure a message must be (bot/nlu/certainty.py).
_REASON_GIVEN = ("faq_special_needs", "inform")
_SURE = 0.8


class OpeningHours(Action):
    """Adds to the hours whether the telephone is open now."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_opening_hours"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Says open, closed until, or that the page gives two times."""
        say = telephone_now(now())
        dispatcher.utter_message(response=say.response, **say.fill)
        return []


class Inform(Action):
    """Values without a request: the wish may stand among them ('jeg hedder ..., og jeg vil gerne optage ...')."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_inform"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Begins the request that is wished for, or asks which one it is."""
        if begun := _begin(tracker):
            return begun
        told = _tells_a_reason(tracker)
        dispatcher.utter_message(response="utter_faq_special_needs" if told else "utter_inform_nothing")
        return []


def _tells_a_reason(tracker: Tracker) -> bool:
    """Said before any request, 'han har adhd og glemmer alt' asks whether that counts."""
    found = [one for one in tracker.latest_message.get("entities") or () if one["entity"] == "recording_grounds"]
    counts = (one for one in found if not one.get("negated") and not one.get("aside"))
    return any(one["value"] != "other" and one.get("rule") != "alone" for one in counts)


def _begin(tracker: Tracker) -> list[EventType]:
    """A wish beside values that a request holds begins that request, whatever the message's label."""
    kinds = [act.value for act in acts(tracker) if act.act == START and act.to]
    return [SlotSet("request_type", kinds[0]), FollowupAction("request_form")] if kinds else []


class AskBack(Action):
    """'Mente du ...?' with up to three topics; the second time in a row the telephone number."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_ask_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offers the likeliest topics as buttons, in citizens' words."""
        if begun := _begin(tracker):
            return begun
        ranking = {one["name"]: one["confidence"] for one in tracker.latest_message.get("intent_ranking") or ()}
        if _tells_a_reason(tracker) and sum(ranking.get(name, 0) for name in _REASON_GIVEN) >= _SURE:
            # Unsure is only which of the two it is, and both are answered alike.
            dispatcher.utter_message(response="utter_faq_special_needs")
            return []
        if not_understood(tracker) > 1:
            dispatcher.utter_message(response="utter_not_understood_again")
            return []
        titles = intent_titles()
        offered = [name for name in ranking if name in titles and name not in _ONLY_IN_A_REQUEST]
        buttons = [{"title": titles[name], "payload": f"/{name}"} for name in offered][:3]
        response = "utter_did_you_mean" if buttons else "utter_not_understood"
        dispatcher.utter_message(response=response, buttons=buttons)
        return []


class Plainer(Action):
    """The last answer in plainer words."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_plainer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Says the second wording of the last answer."""
        answer = last_answer(tracker)
        dispatcher.utter_message(
            response=answer.replace("utter_faq_", "utter_simple_") if answer else "utter_simplify_nothing"
        )
        return []


class Repeat(Action):
    """The last turn again."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Says the messages of the last turn again, with their buttons and cards."""
        turn = last_turn(tracker)
        for event in turn:
            data = event.get("data") or {}
            name = (event.get("metadata") or {}).get("utter_action")
            dispatcher.utter_message(
                text=event.get("text"), buttons=data.get("buttons"), json_message=data.get("custom"), utter_action=name
            )
        if not turn:
            dispatcher.utter_message(response="utter_repeat_nothing")
        return []


class Restart(Action):
    """Begins all over, in place of Rasa's own."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_restart"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Clears what is known and begins anew. Inside a request the form has the message, and asks to be sure."""
        if (tracker.active_loop or {}).get("name"):
            # Rasa runs the form next, with the same message.
            return []
        dispatcher.utter_message(response="utter_restart")
        cleared = [SlotSet(slot, None) for slot in (*PARTS, *BOOKKEEPING, "requested_slot")]
        return [*cleared, ActiveLoop(None)]


@lru_cache(maxsize=1)
def intent_titles() -> dict[str, str]:
    """What each topic is called in citizens' words."""
    return dict(yaml.safe_load((ROOT / "data" / "values" / "intent_titles.yml").read_text(encoding="utf-8")))
