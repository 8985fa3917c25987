"""The payload says that and when the terms were accepted, and never without a yes."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from action_server import recording
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.outside.answers import Restart
from actions.request import sending
from actions.turn.form import ValidateRequestForm
from common.clock import COPENHAGEN
from legal.outbox import Outbox

SAID_YES, SENT = "2026-12-01T10:00:00+01:00", "2026-12-01T11:30:00+01:00"
BEFORE = datetime(2026, 12, 1, 9, 15, tzinfo=COPENHAGEN)


class Request:
    """A request at the form: each pressed button is a turn, whose slots and events are kept as Rasa keeps them."""

    def __init__(self, at: Callable[[str], None], **slots: Any) -> None:
        self._at = at
        self.slots: dict[str, Any] = {**recording(privacy_shown=True), **slots}
        self.events: list[dict[str, Any]] = []
        self.said: list[str] = []
        self._bot(f"utter_prompt_{self.slots['requested_slot']}", "utter_review")

    def _bot(self, *names: str) -> None:
        self.said = list(names)
        self.events += [{"event": "bot", "timestamp": 0.0, "metadata": {"utter_action": name}} for name in names]

    def presses(self, payload: str, now: str = SAID_YES) -> list[str]:
        """Presses a button; returns the names of the responses."""
        self._at(now)
        name, brace, rest = payload.removeprefix("/").partition("{")
        given = json.loads(brace + rest) if brace else {}
        entities = [{"entity": slot, "value": value, "start": 0, "end": 0} for slot, value in given.items()]
        latest = {"text": payload, "intent": {"name": name, "confidence": 1.0}, "entities": entities}
        self.events.append({"event": "user", "timestamp": 0.0, "text": payload, "parse_data": latest})
        loop = {"name": "request_form"} if self.slots["requested_slot"] else {}
        tracker = Tracker("chat-1", self.slots, latest, self.events, False, None, loop, "action_listen")
        dispatcher = CollectingDispatcher()
        for event in ValidateRequestForm().run(dispatcher, tracker, {}):
            self.events.append({"timestamp": 0.0, **event})
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        self._bot(*(str(message["response"]) for message in dispatcher.messages))
        return self.said


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda moment: monkeypatch.setenv("NOW", moment)


@pytest.fixture
def request_at_terms(box: Outbox, at: Callable[[str], None]) -> Request:
    return Request(at, requested_slot="terms_accepted", applicant_email=None, request_settled=["applicant_email"])


def test_the_moment_is_that_of_the_yes_and_not_of_the_sending(request_at_terms: Request, box: Outbox) -> None:
    assert "utter_review" in request_at_terms.presses("/affirm", SAID_YES)
    assert request_at_terms.slots["terms_accepted_at"] == SAID_YES
    assert request_at_terms.presses("/affirm", SENT) == ["utter_receipt_stored", "utter_no_permission_yet"]
    (entry,) = box.entries()
    terms = entry.payload["recording"]["terms"]
    assert (terms["accepted_at"], entry.payload["submitted_at"]) == (SAID_YES, SENT)
    assert request_at_terms.slots["terms_accepted_at"] is None, "a second request would have the first one's yes"


def test_terms_accepted_again_carry_the_time_of_the_new_yes(request_at_terms: Request, box: Outbox) -> None:
    request_at_terms.presses("/affirm", SAID_YES)
    request_at_terms.presses('/correct{"slot": "terms_accepted"}')
    assert request_at_terms.slots["requested_slot"] == "terms_accepted"
    assert not request_at_terms.slots["terms_accepted"] and not request_at_terms.slots["terms_accepted_at"]
    request_at_terms.presses("/affirm", "2026-12-01T10:20:00+01:00")
    request_at_terms.presses("/affirm", SENT)
    assert box.entries()[0].payload["recording"]["terms"]["accepted_at"] == "2026-12-01T10:20:00+01:00"


def test_correcting_another_slot_keeps_the_accepted_terms(request_at_terms: Request, box: Outbox) -> None:
    request_at_terms.presses("/affirm", SAID_YES)
    request_at_terms.presses('/correct{"slot": "recording_purpose"}', "2026-12-01T10:20:00+01:00")
    request_at_terms.presses('/inform{"recording_purpose": "other"}', "2026-12-01T10:21:00+01:00")
    request_at_terms.presses("/affirm", SENT)
    recorded = box.entries()[0].payload["recording"]
    assert (recorded["purpose"], recorded["terms"]["accepted_at"]) == ("other", SAID_YES)


@pytest.mark.parametrize("pending", ["stop", "restart"])
def test_stopping_a_request_forgets_its_accepted_terms(request_at_terms: Request, pending: str) -> None:
    request_at_terms.presses("/affirm")
    request_at_terms.presses("/cancel" if pending == "stop" else "/restart")
    assert request_at_terms.slots["request_pending"] == {"kind": pending}
    request_at_terms.presses("/affirm")
    assert not request_at_terms.slots["terms_accepted"] and not request_at_terms.slots["terms_accepted_at"]


def test_restarting_outside_a_request_forgets_the_accepted_terms() -> None:
    tracker = Tracker("chat-1", {"terms_accepted_at": SAID_YES}, {"text": "forfra"}, [], False, None, {}, None)
    events = Restart().run(CollectingDispatcher(), tracker, {})
    assert {"event": "slot", "timestamp": None, "name": "terms_accepted_at", "value": None} in events


def test_a_no_to_the_terms_stores_no_time(request_at_terms: Request, box: Outbox) -> None:
    request_at_terms.presses("/deny")
    assert not request_at_terms.slots.get("terms_accepted_at")


@pytest.mark.parametrize(
    "slots",
    [
        {},
        {"terms_accepted": None, "terms_accepted_at": SAID_YES},
        {"terms_accepted": "true", "terms_accepted_at": SAID_YES},
        {"terms_accepted": True},
        {"terms_accepted": True, "terms_accepted_at": "ja"},
    ],
)
def test_no_yes_is_made_up_for_jura(box: Outbox, slots: dict[str, Any]) -> None:
    assert sending.send(recording(**slots), [recording(**slots)], "chat-1", "draft-1") is None
    assert not box.entries()


def _from_before(at: Callable[[str], None], *events: dict[str, Any]) -> Request:
    """A request at its review from a version that stored no time; its events as Rasa stored them."""
    old = Request(at, terms_accepted=True, request_settled=["applicant_email"])
    old.events[:0] = events
    return old


def _set(slot: str, value: Any, minutes: int) -> dict[str, Any]:
    return {"event": "slot", "name": slot, "value": value, "timestamp": BEFORE.timestamp() + 60 * minutes}


def test_an_older_conversation_gets_the_time_of_the_event_that_accepted_the_terms(
    box: Outbox, at: Callable[[str], None]
) -> None:
    taken_back = [_set("terms_accepted", True, -20), _set("terms_accepted", None, -10)]
    # Rasa sets the slot again when the form continues; the citizen did not say it again.
    said = [*taken_back, _set("terms_accepted", True, 0), _set("recording_medium", "audio", 1)]
    old = _from_before(at, *said, _set("terms_accepted", True, 5))
    assert old.presses("/affirm", SENT) == ["utter_receipt_stored", "utter_no_permission_yet"]
    assert box.entries()[0].payload["recording"]["terms"]["accepted_at"] == BEFORE.isoformat()


def test_an_older_conversation_without_that_event_is_asked_for_the_terms_again(
    box: Outbox, at: Callable[[str], None]
) -> None:
    old = _from_before(at)
    assert old.presses("/affirm", SENT) == ["utter_prompt_terms_accepted"]
    assert old.slots["requested_slot"] == "terms_accepted" and not old.slots["terms_accepted"]
    assert not box.entries()
    old.presses("/affirm", SAID_YES)
    old.presses("/affirm", SENT)
    assert box.entries()[0].payload["recording"]["terms"]["accepted_at"] == SAID_YES
