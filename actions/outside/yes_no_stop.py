"""Yes, no and stop outside a request: they may withdraw the request that was just sent."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import named_references, said_last
from actions.request.payload import opaque
from actions.request.sending import outbox
from actions.request.wording import TYPE_TITLES
from legal.entry import WITHDRAWAL_OF_STATE, Withdrawal

_ASKS_TO_WITHDRAW = "utter_withdraw_sure"
_RESPONSES = {
    Withdrawal.DONE: "utter_withdrawn",
    Withdrawal.ALREADY: "utter_withdrawn",
    Withdrawal.DELIVERED: "utter_withdraw_delivered",
    Withdrawal.REFUSED: "utter_withdraw_refused",
    Withdrawal.ON_ITS_WAY: "utter_withdraw_on_its_way",
    Withdrawal.MAY_HAVE_ARRIVED: "utter_withdraw_may_have_arrived",
    # Mistyped or another conversation's: the reply does not say which.
    Withdrawal.UNKNOWN: "utter_withdraw_not_here",
}


class Cancel(Action):
    """'Stop' outside a request: offers to withdraw the one sent, until it has reached Jura."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_cancel"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Asks whether to withdraw the request, or says why that is not possible here."""
        own = list(tracker.get_slot("sent_references") or ())
        named = named_references(tracker)
        if not (own or named):
            dispatcher.utter_message(response="utter_nothing_to_cancel")
            return []
        reference = (named or own)[-1]
        entry = outbox().find(reference) if reference in own else None
        if entry is None:
            dispatcher.utter_message(response=_RESPONSES[Withdrawal.UNKNOWN])
        elif entry.state == "pending":
            _say(dispatcher, _ASKS_TO_WITHDRAW, reference)
            return [SlotSet("request_pending", {"kind": "withdraw", "reference": reference})]
        else:
            _say(dispatcher, _RESPONSES[WITHDRAWAL_OF_STATE[entry.state]], reference)
        return []


class Affirm(Action):
    """'Ja' outside a request."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_affirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Withdraws the request asked about, or begins the one offered. After a receipt: it is sent already."""
        if reference := _to_withdraw(tracker):
            withdrawal = outbox().withdraw(reference, opaque(tracker.sender_id))
            response = _RESPONSES[withdrawal]
            _say(dispatcher, response, reference)
            cleared = [SlotSet("sent_type", None)] if response == "utter_withdrawn" else []
            return [SlotSet("request_pending", None), *cleared]
        if waiting := _offered_request(tracker):
            return [SlotSet("request_type", waiting["kind"]), FollowupAction("request_form")]
        own = list(tracker.get_slot("sent_references") or ())
        if own and said_last(tracker, "utter_receipt_"):
            _say(dispatcher, "utter_already_sent", own[-1])
        else:
            dispatcher.utter_message(response="utter_affirm")
        return []


class Deny(Action):
    """'Nej' outside a request."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_deny"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Keeps the request asked about, or drops the one offered."""
        if reference := _to_withdraw(tracker):
            _say(dispatcher, "utter_withdraw_kept", reference)
            return [SlotSet("request_pending", None)]
        dispatcher.utter_message(response="utter_deny")
        return [SlotSet("request_waiting", None)] if _offered_request(tracker) else []


def _say(dispatcher: CollectingDispatcher, response: str, reference: str) -> None:
    """Says a response with the title and reference of a sent request."""
    entry = outbox().find(reference)
    title = TYPE_TITLES[entry.type].sent if entry else "Din anmodning"
    dispatcher.utter_message(response=response, reference=reference, title=title)


def _offered_request(tracker: Tracker) -> dict[str, Any] | None:
    """The waiting request, if it was offered in the turn before."""
    return tracker.get_slot("request_waiting") if said_last(tracker, "utter_waiting_offered") else None


def _to_withdraw(tracker: Tracker) -> str | None:
    """The reference, if the turn before asked whether to withdraw that request."""
    pending = tracker.get_slot("request_pending") or {}
    asked = pending.get("kind") == "withdraw" and said_last(tracker, _ASKS_TO_WITHDRAW)
    return pending.get("reference") if asked else None
