"""Yes, no and stop outside a request: they may be about one that was just sent, and can be taken back."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import named_references, said_last
from actions.request.payload import opaque
from actions.request.sending import outbox
from actions.request.wording import SENT_TITLES
from legal.outbox import Withdrawal

_SURE = "utter_withdraw_sure"
_SAID = {
    Withdrawal.DONE: "utter_withdrawn",
    Withdrawal.ALREADY: "utter_withdrawn",
    Withdrawal.DELIVERED: "utter_withdraw_delivered",
    Withdrawal.REFUSED: "utter_withdraw_refused",
    Withdrawal.ON_ITS_WAY: "utter_withdraw_on_its_way",
    Withdrawal.MAY_HAVE_ARRIVED: "utter_withdraw_may_have_arrived",
    # Another conversation's, or a mistyped one: who it belongs to is not said.
    Withdrawal.UNKNOWN: "utter_withdraw_not_here",
}
_STATES = {
    "delivered": Withdrawal.DELIVERED,
    "refused": Withdrawal.REFUSED,
    "withdrawn": Withdrawal.ALREADY,
}


class Cancel(Action):
    """'Stop' with no request under way: the one that was sent, as long as it has not reached Jura."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_cancel"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Asks whether to take it back, or says why that cannot be done here."""
        mine = list(tracker.get_slot("sent_references") or ())
        named = named_references(tracker)
        if not (mine or named):
            dispatcher.utter_message(response="utter_nothing_to_cancel")
            return []
        reference = (named or mine)[-1]
        entry = outbox().find(reference) if reference in mine else None
        if entry is None:
            dispatcher.utter_message(response=_SAID[Withdrawal.UNKNOWN])
        elif entry.state == "pending":
            _say(dispatcher, _SURE, reference)
            return [SlotSet("request_pending", {"kind": "withdraw", "reference": reference})]
        else:
            _say(dispatcher, _SAID[_STATES[entry.state]], reference)
        return []


class Affirm(Action):
    """'Ja' with no request under way."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_affirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Takes back what was asked about; a second yes after a receipt changes nothing, and says so."""
        if reference := _asked_about(tracker):
            done = outbox().withdraw(reference, opaque(tracker.sender_id))
            _say(dispatcher, _SAID[done], reference)
            gone = [SlotSet("sent_type", None)] if _SAID[done] == "utter_withdrawn" else []
            return [SlotSet("request_pending", None), *gone]
        if waiting := _offered(tracker):
            return [SlotSet("request_type", waiting["kind"]), FollowupAction("request_form")]
        mine = list(tracker.get_slot("sent_references") or ())
        if mine and said_last(tracker, "utter_receipt_"):
            _say(dispatcher, "utter_already_sent", mine[-1])
        else:
            dispatcher.utter_message(response="utter_affirm")
        return []


class Deny(Action):
    """'Nej' with no request under way."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_deny"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Leaves what was asked about as it is."""
        if reference := _asked_about(tracker):
            _say(dispatcher, "utter_withdraw_kept", reference)
            return [SlotSet("request_pending", None)]
        dispatcher.utter_message(response="utter_deny")
        return [SlotSet("request_waiting", None)] if _offered(tracker) else []


def _say(dispatcher: CollectingDispatcher, response: str, reference: str) -> None:
    """Says something of a request that was sent, with what it is of."""
    entry = outbox().find(reference)
    title = SENT_TITLES[entry.type] if entry else "Din anmodning"
    dispatcher.utter_message(response=response, reference=reference, title=title)


def _offered(tracker: Tracker) -> dict[str, Any] | None:
    """The request that waited for one that was stopped, where it was just offered."""
    return tracker.get_slot("request_waiting") if said_last(tracker, "utter_waiting_offered") else None


def _asked_about(tracker: Tracker) -> str | None:
    """The reference, where the question just asked was whether to take it back."""
    pending = tracker.get_slot("request_pending") or {}
    return pending.get("reference") if pending.get("kind") == "withdraw" and said_last(tracker, _SURE) else None
