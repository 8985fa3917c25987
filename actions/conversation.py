"""What the conversation so far says: the last answer, silence, misunderstandings in a row."""

from typing import Any

from rasa_sdk import Tracker

from common.acts import Act

Event = dict[str, Any]
# What a citizen tells lies in the few messages before the wish.
LOOKED_BACK = 6


def last_answer(tracker: Tracker) -> str | None:
    """The last answer from the page that was given, as the name of its response."""
    for event in reversed(tracker.events):
        name = _response(event)
        if name.startswith(("utter_faq_", "utter_simple_")):
            return name.replace("utter_simple_", "utter_faq_")
    return None


def last_turn(tracker: Tracker) -> list[Event]:
    """The assistant's messages of the turn before the present one."""
    turn: list[Event] = []
    users = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            users += 1
            if users == 2:
                break
        elif event.get("event") == "bot" and users == 1:
            turn.insert(0, event)
    return turn


def messages_before(tracker: Tracker) -> list[Event]:
    """What the citizen wrote before, since anything was sent, as Rasa understood it; newest first."""
    messages: list[Event] = []
    for event in tracker.events:
        if event.get("event") == "slot" and event.get("name") == "sent_references":
            messages = []
        elif event.get("event") == "user":
            messages.append(event.get("parse_data") or {})
    return messages[-2 : -2 - LOOKED_BACK : -1]


def names_said(tracker: Tracker) -> list[str]:
    """The names of the responses of the turn before the present one."""
    return [name for event in last_turn(tracker) if (name := _response(event))]


def named_references(tracker: Tracker) -> list[str]:
    """The references of requests that the present message names."""
    entities = tracker.latest_message.get("entities") or ()
    return [str(one["value"]) for one in entities if one["entity"] == "reference" and not one.get("negated")]


def acts(tracker: Tracker) -> list[Act]:
    """The acts that were read in the present message."""
    return [Act.of(one) for one in tracker.latest_message.get("acts") or ()]


def seconds_silent(tracker: Tracker) -> float:
    """How long the citizen was silent before the present message."""
    times = [event["timestamp"] for event in reversed(tracker.events) if event.get("event") == "user"][:2]
    return times[0] - times[1] if len(times) == 2 else 0.0


def moment_set(tracker: Tracker, slot: str, value: Any) -> float | None:
    """When a slot got the value that it has had since (seconds since 1970); None where the events do not tell."""
    moment = None
    for event in tracker.events:
        if event.get("event") == "slot" and event.get("name") == slot:
            # Set again to what it is, as Rasa does when a form is gone on with, it is no newer.
            moment = (moment or event.get("timestamp")) if event.get("value") == value else None
    return moment


def not_understood(tracker: Tracker) -> int:
    """How many messages in a row, the present one included, were not understood."""
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            if intent != "nlu_fallback":
                break
            count += 1
    return count


def said_last(tracker: Tracker, beginning: str) -> bool:
    """Whether a response of that name, or one that begins so, was said in the turn before the present one."""
    return any(_response(event).startswith(beginning) for event in last_turn(tracker))


def times_said(tracker: Tracker, response: str, since: float) -> int:
    """How often a response was said in this conversation since that moment (seconds since 1970)."""
    return sum(_response(event) == response and event["timestamp"] >= since for event in tracker.events)


def _response(event: Event) -> str:
    """The name of the response that an event is, '' where it is none."""
    return str((event.get("metadata") or {}).get("utter_action") or "") if event.get("event") == "bot" else ""
