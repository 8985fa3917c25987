"""Hooks of schemathesis: each request gets a conversation, a client address and realistic texts."""

import itertools
import os
from typing import Any

import requests
import schemathesis

CHAT = os.environ["CHAT_URL"]
_requests = itertools.count()
# Texts generated from the document's pattern are short: every other one is replaced by one of these.
_TEXTS = itertools.cycle(
    [
        "x" * 4000,
        "\N{GRINNING FACE}" * 2000,
        "må jeg optage mødet? \N{SPEAKING HEAD IN SILHOUETTE}\N{VARIATION SELECTOR-16}",
        "e\N{COMBINING ACUTE ACCENT}n linje\r\nog en til\u2028og \N{RIGHT-TO-LEFT OVERRIDE}en",
        "\N{MATHEMATICAL BOLD CAPITAL A}" * 1000 + " 010190 1234 " + "æøå" * 900,
        " \t" * 1900 + "hvornår kan jeg ringe?",
    ]
)
_texts = itertools.count()


def _address() -> str:
    """A client address, changed every 50 requests so that no rate limit is met."""
    number = next(_requests) // 50
    return f"10.0.{number // 250 % 250}.{number % 250 + 1}"


@schemathesis.auth(refresh_interval=None)
class OwnConversation:
    """Gives each request its own conversation, since one may be erased."""

    def get(self, case: Any, context: Any) -> str:
        opened = requests.post(f"{CHAT}/sessions", headers={"X-Forwarded-For": _address()}, timeout=30)
        return str(opened.json()["session"])

    def set(self, case: Any, data: str, context: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Replaces valid texts by realistic ones, and valid payloads and message ids by those of the greeting."""
    case.headers = {**(case.headers or {}), "X-Forwarded-For": _address()}
    body = case.body if isinstance(case.body, dict) else {}
    payload, text, message = (body.get(name) for name in ("payload", "text", "message"))
    if isinstance(text, str) and text.strip() and len(text) <= 4000 and next(_texts) % 2:
        case.body = {**case.body, "text": next(_TEXTS)}
    if isinstance(message, str) and message:
        case.body = {**case.body, "message": "greeting.0"}
    if isinstance(payload, str) and payload.strip() and len(payload) <= 4000:
        case.body = {**case.body, "payload": "/faq_may_i_record"}
