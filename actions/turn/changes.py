"""Leaves out the slot events of a turn that change nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType

# Rasa's form needs both: what it asks for next, and a slot that it set, without which it takes the turn for a refusal.
_ALWAYS = ("requested_slot", "request_draft")


def only_changes(events: Sequence[EventType], before: Mapping[str, Any]) -> list[EventType]:
    """The last event of each slot, where it sets another value than `before`; events of other kinds stay.

    Rasa stores every event, and reads all of a conversation again with each message.
    """
    last = {event["name"]: place for place, event in enumerate(events) if event["event"] == "slot"}
    return [
        event
        for place, event in enumerate(events)
        if event["event"] != "slot" or (place == last[event["name"]] and _is_needed(event, before))
    ]


def _is_needed(event: EventType, before: Mapping[str, Any]) -> bool:
    return event["name"] in _ALWAYS or event["value"] != before.get(event["name"])
