"""Tests, channel: how schemathesis, in an environment of its own, comes into a conversation and from which address."""

import itertools
import os
from typing import Any

import requests
import schemathesis

CHAT = os.environ["CHAT_URL"]
_requests = itertools.count()


def _address() -> str:
    """A citizen's address, a new one now and then: how fast one may write is tried elsewhere."""
    number = next(_requests) // 50
    return f"10.0.{number // 250 % 250}.{number % 250 + 1}"


@schemathesis.auth(refresh_interval=None)
class OwnConversation:
    """Each request has a conversation of its own: in an erased one nothing could be tried."""

    def get(self, case: Any, context: Any) -> str:
        opened = requests.post(f"{CHAT}/sessions", headers={"X-Forwarded-For": _address()}, timeout=30)
        return str(opened.json()["session"])

    def set(self, case: Any, data: str, context: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A payload of the right shape becomes one that the greeting offers; others are refused, as they should be."""
    case.headers = {**(case.headers or {}), "X-Forwarded-For": _address()}
    payload = case.body.get("payload") if isinstance(case.body, dict) else None
    if isinstance(payload, str) and payload.strip() and len(payload) <= 4000:
        case.body = {**case.body, "payload": "/faq_may_i_record"}
