"""Rasa's own HTTP API, for who sends RASA_AUTH_TOKEN in a header."""

import hmac
from typing import Any
from unittest.mock import patch

import rasa.server
from sanic import Request, Sanic
from sanic.response import HTTPResponse, json

from bot.channel.refusals import Refusal

CHAT = "/webhooks/"
_NEEDED = "Rasas API kræver RASA_AUTH_TOKEN i headeren 'Authorization: Bearer ...'."
_NOT_HERE = (
    "RASA_AUTH_TOKEN må ikke stå i adressen; den ender i logfiler. Send den i headeren 'Authorization: Bearer ...'."
)


def with_rasa_api(token: str) -> "Sanic[Any, Any]":
    """Rasa's application. Every address of it needs the token; those under /webhooks/ see to themselves."""
    # Rasa would answer browsers that ask whether a site may use the chat, and let none.
    with patch.object(rasa.server, "configure_cors"):
        app = rasa.server.create_app(auth_token=token)

    async def check(request: Request) -> HTTPResponse | None:
        if request.route is None or request.path.startswith(CHAT):
            return None
        if "token" in request.args:
            return _refused(_NOT_HERE)
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not _same(given.strip(), token):
            return _refused(_NEEDED)
        # Where Rasa looks for it.
        request.args["token"] = [token]
        return None

    app.on_request(check)
    return app


def _same(given: str, token: str) -> bool:
    """Compared in the same time, however much of it is right."""
    return hmac.compare_digest(given.encode(errors="replace"), token.encode())


def _refused(message: str) -> HTTPResponse:
    refusal = Refusal(401, message, headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"})
    return json(refusal.body(), refusal.status, headers=refusal.headers)
