"""'begynd forfra' as Rasa runs it: action_restart comes before the form."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.outside.answers import Restart


def restart(slots: dict[str, Any], loop: dict[str, str]) -> tuple[list[str], dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    tracker = Tracker("chat-1", slots, {"text": "begynd forfra"}, [], False, None, loop, None)
    events = Restart().run(dispatcher, tracker, {})
    said = [message["response"] for message in dispatcher.messages]
    return said, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_restart_inside_a_request_is_left_to_the_form() -> None:
    """Rasa runs the form next with the same message; asking here would make that message the answer."""
    slots = {"request_type": "notes", "meeting_department": "jobcenter", "request_draft": "draft-1"}
    assert restart(slots, {"name": "request_form"}) == ([], {})


def test_restart_outside_a_request_forgets_the_slots() -> None:
    said, cleared = restart({"applicant_name": "Li Ng", "meeting_department": "jobcenter"}, {})
    assert said == ["utter_restart"]
    assert {"applicant_name", "meeting_department", "requested_slot"} <= cleared.keys()
    assert not any(cleared.values())
