"""The status of a sent request, looked up by its reference."""

import time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import named_references, times_said
from actions.request.sending import outbox
from actions.request.wording import TYPE_TITLES

# Unknown references that one conversation may look up in an hour: room for typing errors, not for guessing.
_MOST_UNKNOWN = 5
_UNKNOWN_SECONDS = 3600
_MOST_AT_ONCE = 3


class CheckStatus(Action):
    """Says the state of a request and nothing else about it (request.md, Status). Limits guesses of references."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_check_status"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Says the state of the requests named in the message, or of those that this conversation sent."""
        own = list(tracker.get_slot("sent_references") or ())
        named = named_references(tracker)
        references = named or own
        if not references:
            dispatcher.utter_message(response="utter_status_ask_reference")
        tries = _MOST_UNKNOWN - times_said(tracker, "utter_status_unknown", time.time() - _UNKNOWN_SECONDS)
        for reference in references[-_MOST_AT_ONCE:]:
            if reference not in own and tries <= 0:
                dispatcher.utter_message(response="utter_status_too_many")
                break
            entry = outbox().find(reference)
            if entry is None:
                tries -= 1
                dispatcher.utter_message(response="utter_status_unknown")
            else:
                dispatcher.utter_message(
                    response=f"utter_status_{entry.state}",
                    reference=entry.reference,
                    title=TYPE_TITLES[entry.type].sent,
                )
        return []
