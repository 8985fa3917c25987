"""What has become of a request that was sent, by its reference: its state and nothing else."""

import time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import named_references, times_said
from actions.request.sending import outbox
from actions.request.wording import SENT_TITLES

# So many references that do not exist are looked up for one conversation in an hour: people mistype, machines guess.
_MOST_UNKNOWN = 5
_UNKNOWN_SECONDS = 3600
_MOST_AT_ONCE = 3


class CheckStatus(Action):
    """Says the state of a request. Whoever guesses references learns nothing, and not quickly."""

    def name(self) -> str:
        """Its name in the rules."""
        return "action_check_status"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Says the state of the request named, or of those that this conversation sent."""
        mine = list(tracker.get_slot("sent_references") or ())
        named = named_references(tracker)
        references = named or mine
        if not references:
            dispatcher.utter_message(response="utter_status_ask_reference")
        tries = _MOST_UNKNOWN - times_said(tracker, "utter_status_unknown", time.time() - _UNKNOWN_SECONDS)
        for reference in references[-_MOST_AT_ONCE:]:
            if reference not in mine and tries <= 0:
                dispatcher.utter_message(response="utter_status_too_many")
                break
            entry = outbox().find(reference)
            if entry is None:
                tries -= 1
                dispatcher.utter_message(response="utter_status_unknown")
            else:
                dispatcher.utter_message(
                    response=f"utter_status_{entry.state}", reference=entry.reference, title=SENT_TITLES[entry.type]
                )
        return []
