"""How schemathesis, in an environment of its own, comes into a conversation and from which address."""

import itertools
import os
from typing import Any

import requests
import schemathesis

CHAT = os.environ["CHAT_URL"]
_requests = itertools.count()
# What is drawn from the document's pattern is one or two characters mostly. Every other text is one of these instead.
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
    """A text of the right shape becomes one that people might send, a payload one that the greeting offers."""
    case.headers = {**(case.headers or {}), "X-Forwarded-For": _address()}
    payload, text = (case.body.get(name) if isinstance(case.body, dict) else None for name in ("payload", "text"))
    if isinstance(text, str) and text.strip() and len(text) <= 4000 and next(_texts) % 2:
        case.body = {**case.body, "text": next(_TEXTS)}
    if isinstance(payload, str) and payload.strip() and len(payload) <= 4000:
        case.body = {**case.body, "payload": "/faq_may_i_record"}
