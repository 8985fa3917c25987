"""Who may call the action server: who knows the secret, from no web page, in plain JSON.

All of it is checked when the head of a request has been read, before its body is. A refusal has a text of its own for
each status, and nothing of the request. `GET /health` and `GET /outbox` need no secret: the supervisor asks for the one
and a monitor for the other, and with the secret a monitor could make requests to Jura.
"""

import hmac
import logging
from typing import Any
from urllib.parse import urlsplit

from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json

from actions.log import place
from common.setting_values import is_this_machine
from common.settings import Settings

__all__ = ["NO_CALL", "guard"]

OPEN = ("/health", "/outbox")
NO_CALL = 422
_TEXTS = {
    401: "the secret is missing or wrong (ACTION_SECRET)",
    403: "web pages, and names that are not this machine's, are refused",
    404: "there is no such address, or no such action",
    405: "this address does not take that method",
    413: "the body is too large",
    415: "only application/json is taken, and not compressed",
    NO_CALL: "the body is not a call of an action",
}
_OTHERWISE = {4: "the request is malformed", 5: "the action failed"}

logger = logging.getLogger(__name__)


def guard(app: "Sanic[Any, Any]", config: Settings) -> None:
    """Has an application answer nobody else, and repeat nothing of a request that it refuses or that breaks."""
    names = _names(config)
    secret = f"Bearer {config.action_secret}".encode()

    async def check(request: Request) -> None:
        if status := _refusal(request, secret, names):
            raise SanicException(status_code=status, headers={"WWW-Authenticate": "Bearer"} if status == 401 else None)

    app.signal("http.routing.before")(check)
    app.exception(Exception)(_answer)


def _names(config: Settings) -> frozenset[str] | None:
    """The names by which this machine calls itself; None where the server is meant for others, under names of theirs.

    A page can have a name of its own lead to this machine, and then reads what needs no secret as its own site.
    """
    if not is_this_machine(config.action_host):
        return None
    called = urlsplit(config.action_url).hostname or ""
    return frozenset({"localhost", "127.0.0.1", "::1", config.action_host.lower(), called})


def _refusal(request: Request, secret: bytes, names: frozenset[str] | None) -> int | None:
    """The status with which a request is refused; None where it is answered."""
    headers = request.headers
    if "origin" in headers or (names is not None and _host(request) not in names):
        return 403
    if request.method == "GET" and request.path in OPEN:
        return None
    given = headers.getall("authorization", [])
    if len(given) != 1 or not hmac.compare_digest(given[0].encode("utf-8", "surrogateescape"), secret):
        return 401
    if request.method == "POST":
        kind = str(headers.get("content-type", "")).partition(";")[0].strip().lower()
        if kind != "application/json" or "content-encoding" in headers:
            return 415
    return None


def _host(request: Request) -> str:
    """The name in the Host header, without a port; '' where it is missing, malformed or there twice."""
    given = request.headers.getall("host", [])
    try:
        parts = urlsplit(f"//{given[0]}") if len(given) == 1 else None
    except ValueError:
        return ""
    return parts.hostname or "" if parts and parts.username is None else ""


async def _answer(request: Request, error: Exception) -> HTTPResponse:
    status = error.status_code if isinstance(error, SanicException) else 500
    if status == 500:
        logger.error(
            "%s: %s at %s", getattr(request.ctx, "action", "-"), type(error).__name__, place(error.__traceback__)
        )
    headers = error.headers if isinstance(error, SanicException) else None
    return json({"error": _TEXTS.get(status) or _OTHERWISE.get(status // 100, "")}, status, headers)
