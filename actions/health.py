"""The address at which a monitor sees how many requests wait to reach Jura, and for how long."""

import asyncio

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from actions.request.sending import outbox


def routes() -> Blueprint:
    """`GET /outbox`: how many requests wait, since how many seconds the oldest has, how many Jura refused.

    503 where the outbox cannot be read. Numbers only: nothing that a citizen wrote.
    """
    health = Blueprint("outbox_health")

    @health.get("/outbox")
    async def outbox_health(request: Request) -> HTTPResponse:
        try:
            return json(await asyncio.to_thread(lambda: outbox().health()))
        except (SQLAlchemyError, OSError) as error:
            return json({"error": f"the outbox cannot be read: {type(error).__name__}"}, status=503)

    return health
