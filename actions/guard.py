"""Access to the action server: a shared secret, plain JSON, no web pages.

Checked when a request's headers have been read, before its body. Errors repeat nothing of the request. `GET /health`
(the supervisor) and `GET /outbox` (monitoring) need no secret: a monitor that had it could create requests to Jura.
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
    """Adds the checks and the error answers to an application. The secret is `config.action_secret`."""
    names = _names(config)
    secret = f"Bearer {config.action_secret}".encode()

    async def check(request: Request) -> None:
        if status := _refusal(request, secret, names):
            raise SanicException(status_code=status, headers={"WWW-Authenticate": "Bearer"} if status == 401 else None)

    app.signal("http.routing.before")(check)
    app.exception(Exception)(_answer)


def _names(config: Settings) -> frozenset[str] | None:
    """The host names of this machine; None if the server is meant for others.

    Without the check a page whose name resolves to this machine could read what needs no secret (DNS rebinding).
    """
    if not is_this_machine(config.action_host):
        return None
    called = urlsplit(config.action_url).hostname or ""
    return frozenset({"localhost", "127.0.0.1", "::1", config.action_host.lower(), called})


def _refusal(request: Request, secret: bytes, names: frozenset[str] | None) -> int | None:
    """The status of a refused request; None if it is allowed."""
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
    """The name in the Host header without port; '' if missing, malformed or repeated."""
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
