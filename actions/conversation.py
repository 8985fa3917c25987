"""Reads the tracker: the last answer, earlier messages, silence, misunderstandings in a row."""

from typing import Any

from rasa_sdk import Tracker

from common.acts import Act

Event = dict[str, Any]
# Values for a request lie in the few messages before the wish.
LOOKED_BACK = 6


def last_answer(tracker: Tracker) -> str | None:
    """The name of the last answer from the page (`utter_faq_...`), None if there is none."""
    for event in reversed(tracker.events):
        name = _response(event)
        if name.startswith(("utter_faq_", "utter_simple_")):
            return name.replace("utter_simple_", "utter_faq_")
    return None


def last_turn(tracker: Tracker) -> list[Event]:
    """The bot events of the turn before the present one, oldest first."""
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
    """Earlier messages since the last sent request, as Rasa parsed them, newest first; at most `LOOKED_BACK`."""
    messages: list[Event] = []
    for event in tracker.events:
        if event.get("event") == "slot" and event.get("name") == "sent_references":
            messages = []
        elif event.get("event") == "user":
            messages.append(event.get("parse_data") or {})
    return messages[-2 : -2 - LOOKED_BACK : -1]


def names_said(tracker: Tracker) -> list[str]:
    """The names of the responses of the turn before."""
    return [name for event in last_turn(tracker) if (name := _response(event))]


def named_references(tracker: Tracker) -> list[str]:
    """The references of requests in the present message."""
    entities = tracker.latest_message.get("entities") or ()
    named = (entity for entity in entities if entity["entity"] == "reference" and not entity.get("negated"))
    return [str(entity["value"]) for entity in named]


def acts(tracker: Tracker) -> list[Act]:
    """The acts of the present message."""
    return [Act.of(one) for one in tracker.latest_message.get("acts") or ()]


def seconds_silent(tracker: Tracker) -> float:
    """Seconds between the previous message and the present one."""
    times = [event["timestamp"] for event in reversed(tracker.events) if event.get("event") == "user"][:2]
    return times[0] - times[1] if len(times) == 2 else 0.0


def moment_set(tracker: Tracker, slot: str, value: Any) -> float | None:
    """When a slot got its present value (seconds since 1970); None if the events do not show it."""
    moment = None
    for event in tracker.events:
        if event.get("event") == "slot" and event.get("name") == slot:
            # Rasa sets slots again when a form resumes: that is no newer value.
            moment = (moment or event.get("timestamp")) if event.get("value") == value else None
    return moment


def not_understood(tracker: Tracker) -> int:
    """How many messages in a row, with the present one, were not understood."""
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            if intent != "nlu_fallback":
                break
            count += 1
    return count


def said_last(tracker: Tracker, beginning: str) -> bool:
    """Whether the turn before had a response whose name begins so."""
    return any(_response(event).startswith(beginning) for event in last_turn(tracker))


def times_said(tracker: Tracker, response: str, since: float) -> int:
    """How often a response was said since a moment (seconds since 1970)."""
    return sum(_response(event) == response and event["timestamp"] >= since for event in tracker.events)


def _response(event: Event) -> str:
    """The name of the response of a bot event, else ''."""
    return str((event.get("metadata") or {}).get("utter_action") or "") if event.get("event") == "bot" else ""
