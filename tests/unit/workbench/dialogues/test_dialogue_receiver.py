"""The receiver of the dialogues accepts signed, valid requests, and fails on demand."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from standardwebhooks import Webhook

from workbench.shared.receiver import Receiver

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PAYLOAD = {
    "schema": "legal-request/2",
    "id": "01936f2e-7c00-7abc-8def-0123456789ab",
    "reference": "2222-222A",
    "type": "question",
    "submitted_at": "2026-12-01T10:00:00+01:00",
    "applicant": {"name": "Li", "email": "li@eksempel.dk", "phone": None},
    "behalf": None,
    "meetings": [],
    "recording": None,
    "notes": None,
    "question": {"text": "Kan jeg klage?"},
    "assistant": {"version": "0.1.0", "conversation": "c-1"},
}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    opened = Receiver(SECRET, "nøgle-1".replace("ø", "o"))
    yield opened
    opened.close()


def post(receiver: Receiver, secret: str = SECRET, timeout: float = 5, **change: Any) -> int:
    body = json.dumps(PAYLOAD | change)
    moment = datetime.now(UTC)
    headers = {
        "webhook-id": PAYLOAD["id"],
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(PAYLOAD["id"], moment, body),
        "authorization": "Bearer nogle-1",
    }
    return requests.post(receiver.url, data=body, headers=headers, timeout=timeout).status_code


def test_the_same_request_twice_is_received_once(receiver: Receiver) -> None:
    assert [post(receiver), post(receiver)] == [200, 409]
    assert len(receiver.take()) == 1
    assert receiver.take() == []


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"secret": "whsec_" + "QUJD" * 8}, "webhook-signature"),
        ({"id": "01936f2e-7c00-7abc-8def-0123456789ac"}, "webhook-id"),
        ({"question": None}, "question"),
        ({"applicant": {"name": "Li", "email": None, "phone": None}}, "applicant"),
    ],
)
def test_a_delivery_that_breaks_the_contract_is_reported(
    receiver: Receiver, change: dict[str, Any], names: str
) -> None:
    post(receiver, **change)
    assert any(problem.startswith(names) for problem in receiver.take()[0].problems)


def test_the_receiver_fails_on_demand_and_recovers(receiver: Receiver) -> None:
    url = receiver.url
    receiver.behave("503")
    assert post(receiver) == 503
    receiver.behave("down")
    with pytest.raises(requests.ConnectionError):
        post(receiver)
    receiver.behave("hang")
    with pytest.raises(requests.ReadTimeout):
        post(receiver, timeout=0.3)
    receiver.behave("up")
    assert receiver.url == url
    assert receiver.take() == []
    assert post(receiver) == 200
    assert len(receiver.take()) == 1
