"""After the receipt: a second yes, withdrawing a request, and the status of a reference."""

import time
from typing import Any

import pytest
import requests
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sanic import Sanic
from sqlalchemy.exc import OperationalError

from actions import health
from actions.outside.status import CheckStatus
from actions.outside.yes_no_stop import Affirm, Cancel, Deny
from actions.request import sending
from actions.request.payload import opaque
from legal.outbox import Outbox
from legal.outcome import Outcome
from workbench.shared.served import Served, address, free_socket

KNOWN: dict[str, Any] = {
    "request_type": "question",
    "question_text": "Hvor længe gemmer I noter?",
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
}
CHAT = "chat-1"


class Talk:
    """A conversation outside a request; `say` runs an action as Rasa does."""

    def __init__(self, references: list[str]) -> None:
        self.slots: dict[str, Any] = {"sent_references": references, "request_pending": None}
        self.events: list[dict[str, Any]] = []
        self.id = CHAT

    def heard(self, response: str) -> None:
        self.events.append({"event": "bot", "metadata": {"utter_action": response}, "timestamp": time.time()})

    def say(self, action: Any, reference: str | None = None) -> list[tuple[str, str | None]]:
        entities = [{"entity": "reference", "value": reference, "start": 0, "end": 8}] if reference else []
        latest = {"text": reference or "ord", "intent": {"name": "x", "confidence": 1.0}, "entities": entities}
        self.events.append({"event": "user", "text": latest["text"], "timestamp": time.time(), "parse_data": latest})
        dispatcher = CollectingDispatcher()
        tracker = Tracker(self.id, self.slots, latest, self.events, False, None, {}, "action_listen")
        for event in action().run(dispatcher, tracker, {}):
            self.slots[event["name"]] = event["value"]
        said = [(str(one["response"]), one.get("reference")) for one in dispatcher.messages]
        for response, _ in said:
            self.heard(response)
        return said


@pytest.fixture
def reference(box: Outbox) -> str:
    sent = sending.send(KNOWN, [], CHAT, "draft-1")
    assert sent is not None and sent.state == "pending"
    return sent.entry.reference


@pytest.fixture
def talk(reference: str) -> Talk:
    talk = Talk([reference])
    talk.heard("utter_receipt_stored")
    return talk


def test_a_second_yes_sends_nothing_more_and_says_so(talk: Talk, reference: str, box: Outbox) -> None:
    assert talk.say(Affirm) == [("utter_already_sent", reference)]
    assert len(box.entries()) == 1


def test_a_yes_after_another_answer_does_not_count_as_a_second_yes(talk: Talk) -> None:
    talk.events.append({"event": "user", "text": "tak", "timestamp": time.time()})
    talk.heard("utter_thank")
    assert talk.say(Affirm) == [("utter_affirm", None)]


def test_a_waiting_request_is_withdrawn_after_a_yes(talk: Talk, reference: str, box: Outbox) -> None:
    assert talk.say(Cancel) == [("utter_withdraw_sure", reference)]
    assert [entry.state for entry in box.entries()] == ["pending"], "taken back without a yes"
    assert talk.say(Affirm) == [("utter_withdrawn", reference)]
    assert [entry.state for entry in box.entries()] == ["withdrawn"]
    assert talk.say(CheckStatus, reference) == [("utter_status_withdrawn", reference)]
    assert talk.say(Cancel) == [("utter_withdrawn", reference)]


def test_a_no_leaves_the_request_waiting(talk: Talk, reference: str, box: Outbox) -> None:
    talk.say(Cancel)
    assert talk.say(Deny) == [("utter_withdraw_kept", reference)]
    assert talk.say(Affirm) == [("utter_affirm", None)]
    assert [entry.state for entry in box.entries()] == ["pending"]


def test_a_yes_after_another_message_withdraws_nothing(talk: Talk, reference: str, box: Outbox) -> None:
    talk.say(Cancel)
    talk.events.append({"event": "user", "text": "hvornår kan jeg ringe", "timestamp": time.time()})
    talk.heard("utter_faq_opening_hours")
    assert talk.say(Affirm) == [("utter_affirm", None)]
    assert [entry.state for entry in box.entries()] == ["pending"]


def test_a_request_of_another_conversation_cannot_be_withdrawn(talk: Talk, reference: str, box: Outbox) -> None:
    other = Talk([])
    other.id = "chat-2"
    assert other.say(Cancel, reference) == [("utter_withdraw_not_here", None)]
    assert other.say(Affirm) == [("utter_affirm", None)]
    assert box.withdraw(reference, opaque("chat-2")).value == "unknown"
    assert [entry.state for entry in box.entries()] == ["pending"]


def test_a_delivered_request_cannot_be_withdrawn(talk: Talk, reference: str, box: Outbox) -> None:
    talk.say(Cancel)
    box.record(box.entries()[0].id, Outcome("delivered", 200, "HTTP 200"))
    assert talk.say(Affirm) == [("utter_withdraw_delivered", reference)]
    assert talk.say(Cancel) == [("utter_withdraw_delivered", reference)]
    assert [entry.state for entry in box.entries()] == ["delivered"]


def test_without_a_sent_request_there_is_nothing_to_withdraw(box: Outbox) -> None:
    assert Talk([]).say(Cancel) == [("utter_nothing_to_cancel", None)]


def test_guessing_references_is_slowed_down_and_ones_own_reference_is_still_answered(
    talk: Talk, reference: str
) -> None:
    guesses = [talk.say(CheckStatus, "ZZZZ-ZZZZ") for _ in range(7)]
    assert [said[0][0] for said in guesses] == ["utter_status_unknown"] * 5 + ["utter_status_too_many"] * 2
    assert talk.say(CheckStatus, reference) == [("utter_status_pending", reference)]
    for event in talk.events:
        event["timestamp"] -= 3601
    assert talk.say(CheckStatus, "ZZZZ-ZZZZ") == [("utter_status_unknown", None)]


def test_once_slowed_down_a_guesser_does_not_learn_whether_a_reference_exists(reference: str) -> None:
    other = Talk([])
    for _ in range(5):
        other.say(CheckStatus, "ZZZZ-ZZZZ")
    assert other.say(CheckStatus, reference) == [("utter_status_too_many", None)]


def test_the_outbox_health_counts_waiting_requests_without_citizens_words(reference: str) -> None:
    status, body = _get_outbox_health()
    assert status == 200 and body["waiting"] == 1 and body["refused"] == 0 and 0 <= body["oldest_seconds"] < 60
    assert set(body) == {"waiting", "oldest_seconds", "refused"}


def test_the_outbox_health_reports_an_outbox_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def health(self) -> None:
            raise OperationalError("select", {}, Exception("unable to open database file"))

    monkeypatch.setattr(health, "outbox", Gone)
    status, body = _get_outbox_health()
    assert status == 503 and "OperationalError" in body["error"]


def _get_outbox_health() -> tuple[int, dict[str, Any]]:
    app, socket = Sanic(f"monitor_{time.time_ns()}"), free_socket()
    app.blueprint(health.routes())
    served = Served(app, socket)
    try:
        answer = requests.get(address(socket) + "/outbox", timeout=10)
    finally:
        served.close()
    return answer.status_code, answer.json()


def _offers(waiting: dict[str, Any]) -> Talk:
    talk = Talk([])
    talk.slots["request_waiting"] = waiting
    talk.heard("utter_request_stopped")
    talk.heard("utter_waiting_offered")
    return talk


def test_a_no_to_a_second_request_drops_it() -> None:
    talk = _offers({"kind": "notes", "values": {}})
    assert talk.say(Deny) == [("utter_deny", None)] and talk.slots["request_waiting"] is None


def test_a_second_request_begins_with_a_yes_only_right_after_it_was_offered() -> None:
    talk = _offers({"kind": "notes", "values": {}})
    tracker = Tracker(CHAT, talk.slots, {"text": "ja"}, [*talk.events, {"event": "user"}], False, None, {}, None)
    begun = Affirm().run(CollectingDispatcher(), tracker, {})
    assert [event.get("value") or event["name"] for event in begun] == ["notes", "request_form"]
    talk.events.append({"event": "user", "text": "tak", "timestamp": time.time()})
    talk.heard("utter_thank")
    assert talk.say(Affirm) == [("utter_affirm", None)]
