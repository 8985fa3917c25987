"""`GET /outbox`: the outbox's numbers for monitoring."""

import asyncio

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from actions.request.sending import outbox


def routes() -> Blueprint:
    """A blueprint with `GET /outbox`: requests waiting, seconds that the oldest has waited, requests refused.

    503 if the outbox cannot be read. Nothing that a citizen wrote.
    """
    health = Blueprint("outbox_health")

    @health.get("/outbox")
    async def outbox_health(request: Request) -> HTTPResponse:
        try:
            return json(await asyncio.to_thread(lambda: outbox().health()))
        except (SQLAlchemyError, OSError) as error:
            return json({"error": f"the outbox cannot be read: {type(error).__name__}"}, status=503)

    return health
