"""The action server's application: runs the actions of actions/registry.py for Rasa.

Uses rasa_sdk's executor but not its server, which allows every web page, decompresses bodies without a limit, and
puts requests and error texts into its answers and log.
"""

import json
from typing import Any

from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.exceptions import NotFound, SanicException
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions import registry
from actions.guard import NO_CALL, guard
from actions.health import routes
from common.settings import Settings

__all__ = ["build"]

# Bytes. Rasa sends the whole conversation with every call: up to 45 MB for the longest one that the chat allows.
_LARGEST_BODY = 64 * 1024 * 1024


def build(config: Settings) -> "Sanic[Any, Any]":
    """The Sanic application, guarded (actions/guard.py) and ready to be served."""
    app = Sanic("actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _LARGEST_BODY
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    executor = ActionExecutor()
    executor.register_package(registry)

    @app.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    @app.get("/actions")
    async def actions(request: Request) -> HTTPResponse:
        return json_response([{"name": name} for name in executor.actions])

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        try:
            call = _read(request.body)
            if call["next_action"] not in executor.actions:
                raise NotFound
            request.ctx.action = call["next_action"]
            return json_response(await executor.run(call))
        except RecursionError as error:
            raise SanicException(status_code=NO_CALL) from error

    app.blueprint(routes())
    guard(app, config)
    return app


def _read(body: bytes) -> dict[str, Any]:
    """An action call as Rasa sends it; SanicException 422 if the body is none."""
    try:
        call = json.loads(body)
    except ValueError as error:
        raise SanicException(status_code=NO_CALL) from error
    if not (isinstance(call, dict) and _is_call(call) and _is_tracker(call["tracker"])):
        raise SanicException(status_code=NO_CALL)
    return call


def _is_call(call: dict[str, Any]) -> bool:
    action = call.get("next_action")
    named = isinstance(action, str) and bool(action)
    return named and isinstance(call.get("tracker"), dict) and isinstance(call.get("domain", {}), dict)


def _is_tracker(tracker: dict[str, Any]) -> bool:
    """Whether a tracker has what the actions read from it; the values of slots are not checked."""
    known = isinstance(tracker.get("sender_id"), str) and isinstance(tracker.get("slots"), dict)
    latest = isinstance(tracker.get("latest_message"), dict)
    loop = isinstance(tracker.get("active_loop"), dict | None)
    events = tracker.get("events")
    return known and latest and loop and isinstance(events, list) and all(map(_is_event, events))


def _is_event(event: Any) -> bool:
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        return False
    return isinstance(event.get("timestamp"), int | float | None)
