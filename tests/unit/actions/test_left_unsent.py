"""A stopped or restarted request is marked, so that retention erases its messages in time."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import form


def _after(pending: str, intent: str = "affirm") -> dict[str, Any]:
    slots = {
        "request_type": "notes",
        "meeting_department": "jobcenter",
        "requested_slot": "meeting_kind",
        "request_draft": "draft-1",
        "request_pending": {"kind": pending},
        "privacy_shown": True,
    }
    latest = {"text": f"/{intent}", "intent": {"name": intent, "confidence": 1.0}, "entities": []}
    said = [
        {"event": "bot", "metadata": {"utter_action": f"utter_confirm_{pending}"}},
        {"event": "user", "timestamp": 0, "text": f"/{intent}"},
    ]
    tracker = Tracker("chat-1", slots, latest, said, False, None, {"name": "request_form"}, "action_listen")
    events = form.ValidateRequestForm().run(CollectingDispatcher(), tracker, {})
    return slots | {event["name"]: event["value"] for event in events if event["event"] == "slot"}


@pytest.mark.parametrize("pending", ["stop", "restart"])
def test_the_messages_of_an_abandoned_request_are_marked(pending: str) -> None:
    after = _after(pending)
    assert after["request_left_unsent"] is True and not after["meeting_department"]


def test_the_messages_of_a_continued_request_are_not_marked(pending: str = "stop") -> None:
    after = _after(pending, "deny")
    assert not after.get("request_left_unsent") and after["meeting_department"] == "jobcenter"
