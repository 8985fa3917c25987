"""A request is stored once, whatever is repeated, and the citizen is told what happened."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import OperationalError

from actions.request import sending
from actions.turn import form
from legal.outbox import Outbox

KNOWN: dict[str, Any] = {
    "request_type": "question",
    "question_text": "Hvor længe gemmer I noter?",
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
}


def test_the_same_draft_is_the_same_request(box: Outbox) -> None:
    first, second = (sending.send(KNOWN, [], "chat-1", "draft-1") for _ in range(2))
    other = sending.send(KNOWN, [], "chat-1", "draft-2")
    assert first and second and other
    assert first.entry.reference == second.entry.reference != other.entry.reference
    assert first.state == "pending" and len(box.entries()) == 2


def test_a_request_that_breaks_the_schema_is_not_stored(box: Outbox) -> None:
    assert sending.send({**KNOWN, "applicant_email": None}, [], "chat-1", "draft-1") is None
    assert not box.entries()


def test_a_request_that_cannot_be_stored_keeps_its_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def store(self, *_: Any) -> None:
            raise OperationalError("insert", {}, Exception("database or disk is full"))

    monkeypatch.setattr(sending, "outbox", Full)
    slots = {**KNOWN, "requested_slot": "review", "request_draft": "draft-1", "privacy_shown": True}
    latest = {"text": "/affirm", "intent": {"name": "affirm", "confidence": 1.0}, "entities": []}
    dispatcher = CollectingDispatcher()
    shown = [
        {"event": "bot", "metadata": {"utter_action": "utter_review"}},
        {"event": "user", "timestamp": 0, "text": "ja"},
    ]
    tracker = Tracker("chat-1", slots, latest, shown, False, None, {"name": "request_form"}, "action_listen")
    events = form.ValidateRequestForm().run(dispatcher, tracker, {})
    assert [message["response"] for message in dispatcher.messages] == ["utter_send_failed"]
    after = slots | {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert after["requested_slot"] == "review" and all(after[slot] == value for slot, value in KNOWN.items())
    assert not any(event["event"] == "active_loop" for event in events), "the form was left, and the answers with it"
