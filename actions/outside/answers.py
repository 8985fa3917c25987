"""Actions outside a request: opening hours, values without a request, asking back, repeating, restarting."""

from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import acts, last_answer, last_turn, not_understood
from actions.deadlines import telephone_now
from common.acts import SET, START
from common.clock import now
from common.settings import ROOT
from common.slots import BOOKKEEPING, PARTS
from common.yaml_files import read_yaml

# Not offered as topics: they mean something only inside a request.
_ONLY_IN_A_REQUEST = {"inform", "correct", "skip", "affirm", "deny"}
# The intents of a message that gives a reason, and their least joint confidence (bot/nlu/certainty.py).
_REASON_INTENTS = ("faq_special_needs", "inform")
_SURE = 0.8


class OpeningHours(Action):
    """Adds to the opening hours whether the telephone is open now."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_opening_hours"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Says that it is open, when it opens, or that the page gives two closing times."""
        say = telephone_now(now())
        dispatcher.utter_message(response=say.response, **say.fill)
        return []


class Inform(Action):
    """Values outside a request, perhaps with a wish for one."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_inform"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Begins the wished request, or asks which one it is."""
        if begun := _begin(tracker):
            return begun
        reason = _gives_reason(tracker)
        dispatcher.utter_message(response="utter_faq_special_needs" if reason else "utter_inform_nothing")
        return []


def _gives_reason(tracker: Tracker) -> bool:
    """Whether the message tells a ground: before any request, 'han har adhd og glemmer alt' asks whether it counts."""
    told = (act.value for act in acts(tracker) if act.act == SET and act.slot == "recording_grounds")
    return any(set(grounds) - {"other"} for grounds in told)


def _begin(tracker: Tracker) -> list[EventType]:
    """The events that begin the request that the message wishes for, whatever its intent; none without a wish."""
    kinds = [act.value for act in acts(tracker) if act.act == START and act.to]
    return [SlotSet("request_type", kinds[0]), FollowupAction("request_form")] if kinds else []


class AskBack(Action):
    """'Mente du ...?' with up to three topics; the second time in a row with the telephone number."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Offers the likeliest topics as buttons (conversation.md, 8)."""
        if begun := _begin(tracker):
            return begun
        ranking = {one["name"]: one["confidence"] for one in tracker.latest_message.get("intent_ranking") or ()}
        if _gives_reason(tracker) and sum(ranking.get(name, 0) for name in _REASON_INTENTS) >= _SURE:
            # Both intents have the same answer, so it does not matter which it is.
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
        """The action's name in the domain."""
        return "action_plainer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Says the plainer wording of the last answer."""
        answer = last_answer(tracker)
        dispatcher.utter_message(
            response=answer.replace("utter_faq_", "utter_simple_") if answer else "utter_simplify_nothing"
        )
        return []


class Repeat(Action):
    """The last turn again."""

    def name(self) -> str:
        """The action's name in the domain."""
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
    """Begins anew, in place of Rasa's own action."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_restart"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Clears the slots and begins anew. Inside a request does nothing: the form asks first."""
        if (tracker.active_loop or {}).get("name"):
            # Rasa runs the form next, with the same message.
            return []
        dispatcher.utter_message(response="utter_restart")
        cleared = [SlotSet(slot, None) for slot in (*PARTS, *BOOKKEEPING, "requested_slot")]
        return [*cleared, ActiveLoop(None)]


@lru_cache(maxsize=1)
def intent_titles() -> dict[str, str]:
    """The topics' titles as citizens say them, by intent (data/values/intent_titles.yml)."""
    return dict(read_yaml(ROOT / "data" / "values" / "intent_titles.yml"))
