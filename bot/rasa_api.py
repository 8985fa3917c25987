"""Rasa's own HTTP API, protected by RASA_AUTH_TOKEN as a bearer token."""

import hmac
from typing import Any
from unittest.mock import patch

import rasa.server
from sanic import Request, Sanic
from sanic.response import HTTPResponse

from bot.channel.bearer import bearer_token
from bot.channel.refusals import Refusal

_CHANNELS = "/webhooks/"
_TOKEN_NEEDED = "Rasas API kræver RASA_AUTH_TOKEN i headeren 'Authorization: Bearer ...'."
_TOKEN_IN_URL = (
    "RASA_AUTH_TOKEN må ikke stå i adressen; den ender i logfiler. Send den i headeren 'Authorization: Bearer ...'."
)


def with_rasa_api(token: str) -> "Sanic[Any, Any]":
    """Rasa's Sanic application; every path needs the token, except the channels, which authenticate for themselves."""
    # Rasa's CORS would answer the chat's preflight requests, and refuse them.
    with patch.object(rasa.server, "configure_cors"):
        app = rasa.server.create_app(auth_token=token)

    async def check(request: Request) -> HTTPResponse | None:
        if request.route is None or request.path.startswith(_CHANNELS):
            return None
        if "token" in request.args:
            return _unauthorized(_TOKEN_IN_URL)
        # Compared in constant time.
        if not hmac.compare_digest(bearer_token(request).encode(errors="replace"), token.encode()):
            return _unauthorized(_TOKEN_NEEDED)
        # Rasa reads the token from the query.
        request.args["token"] = [token]
        return None

    app.on_request(check)
    return app


def _unauthorized(message: str) -> HTTPResponse:
    return Refusal(401, message, headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}).response()
