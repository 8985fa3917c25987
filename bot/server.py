"""Rasa's server with the web chat (`python -m bot.server`)."""

import asyncio
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.library_logs import silence_libraries

silence_libraries()

from rasa.core.channels.channel import register
from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.log import logger
from sanic.response import BaseHTTPResponse, HTTPResponse
from sanic.server.socket import bind_socket

from bot import connections, model, workers
from bot.action_server import ActionServer
from bot.agent import ChatAgent
from bot.channel import refusals
from bot.channel.body import LONGEST_TEXT
from bot.channel.chat import ChatInput
from bot.channel.following import Following
from bot.channel.origins import allow_known
from bot.channel.published import Published
from bot.conversations.retention import keep_cleaning
from bot.model_archive import guard_rasa
from bot.model_loading import load_models_fast
from bot.rasa_api import with_rasa_api
from bot.responses import Responses
from bot.stores import lock_store, tracker_store
from common.settings import Settings, SettingsError, settings

# The longest text with every character written as a surrogate pair of \uXXXX (12 bytes), and the rest of the body.
_LARGEST_BODY = LONGEST_TEXT * 12 + 4096
# For the HTTP errors that Sanic raises itself.
_REFUSALS = {
    408: refusals.too_slow,
    413: lambda: refusals.too_long(LONGEST_TEXT),
    503: refusals.busy,
}


def chat_agent(config: Settings) -> ChatAgent:
    """The agent, without a model, with the stores and the action server of the settings."""
    return ChatAgent(tracker_store(config), lock_store(config), ActionServer(config.action_url, config.action_secret))


def build(
    config: Settings,
    model_file: Path,
    make_agent: Callable[[Settings], ChatAgent] = chat_agent,
    *,
    cleans: bool = True,
) -> "Sanic[Any, Any]":
    """The application: the chat alone, and Rasa's own HTTP API where RASA_AUTH_TOKEN opens it.

    An agent of `make_agent` without a model loads `model_file`. `cleans`: whether it erases old conversations.
    """
    # Rasa's own API loads what it is told to, from anywhere.
    guard_rasa()
    load_models_fast()
    token = config.rasa_auth_token
    app = with_rasa_api(token) if token else Sanic("bot", configure_logging=False)
    connections.set_limits(app, config.proxies)
    app.config.REQUEST_MAX_SIZE = _LARGEST_BODY
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    app.ctx.agent = None
    app.ctx.failure = None
    chat = ChatInput()
    register([chat], app, route="/webhooks/")

    async def start_loading(app: "Sanic[Any, Any]") -> None:
        # A reference, because an unreferenced task may be garbage-collected.
        app.ctx.loading = asyncio.create_task(load(app))

    async def load(app: "Sanic[Any, Any]") -> None:
        """Runs while the server answers, so that the chat can say that it is not ready."""
        try:
            await load_and_clean(app)
        except Exception as error:
            # `main` returns a failure status.
            logger.exception("The model could not be loaded")
            app.ctx.failure = error
            app.stop()

    async def load_and_clean(app: "Sanic[Any, Any]") -> None:
        agent = make_agent(config)
        if not agent.is_ready():
            await asyncio.to_thread(agent.load_model, model_file)
        following = await follow(agent)
        keep_from_collections()
        app.ctx.agent = agent
        if cleans:
            await asyncio.gather(keep_cleaning(agent.tracker_store, config), following.keep())
        else:
            await following.keep()

    async def follow(agent: ChatAgent) -> Following:
        async def use(responses: Responses) -> None:
            await asyncio.to_thread(chat.files.show, responses)
            agent.say_from(responses)

        published = await asyncio.to_thread(Published, config.database("chat"))
        following = Following(published, agent.domain.responses if agent.domain else {}, use)
        await following.begin()
        return following

    async def stop(app: "Sanic[Any, Any]") -> None:
        gc.unfreeze()
        app.ctx.loading.cancel()
        await asyncio.gather(app.ctx.loading, return_exceptions=True)

    app.after_server_start(start_loading)
    app.before_server_stop(stop)
    app.exception(SanicException)(_refuse)
    if config.chat_https:
        app.register_middleware(_add_hsts, "response")
    return app


def keep_from_collections() -> None:
    """Garbage collections skip the model's objects from here on; visiting them blocks the event loop for 0.1 s."""
    gc.collect()
    gc.freeze()


async def _add_hsts(request: Request, response: BaseHTTPResponse) -> HTTPResponse | None:
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return None


async def _refuse(request: Request, error: Exception) -> HTTPResponse:
    status = getattr(error, "status_code", 500)
    refusal = _REFUSALS.get(status, lambda: refusals.wrong_address(status))()
    # Sanic's headers too: a 405 carries Allow.
    refusal.headers = {**getattr(error, "headers", {}), **refusal.headers}
    return allow_known(refusal.response(), request, settings().chat_origins)


def main() -> int:
    """Serves until a signal; returns the exit status."""
    try:
        config, model_file = settings(), model.current()
        connections.raise_open_file_limit()
        if config.rasa_workers > 1:
            return _serve_with_workers(config, model_file)
        app = build(config, model_file)
    except (SettingsError, model.ModelMissing) as error:
        print(f"bot.server: {error}", file=sys.stderr)
        return 2
    return _serve(app, host=config.rasa_host, port=config.rasa_port)


def _serve(app: "Sanic[Any, Any]", **place: Any) -> int:
    # Sanic's worker manager needs an app that is importable by name (rasa-on-3.11.md, trap 2).
    app.run(**place, protocol=connections.Connection, single_process=True, motd=False, access_log=False, debug=False)
    return 1 if app.ctx.failure else 0


def _serve_with_workers(config: Settings, model_file: Path) -> int:
    """Loads the model once, and serves it with RASA_WORKERS processes, which share its memory."""
    # Connections that arrive while the model loads wait for the first worker.
    listening = bind_socket(config.rasa_host, config.rasa_port)
    guard_rasa()
    load_models_fast()
    agent = chat_agent(config)
    agent.load_model(model_file)
    keep_from_collections()
    # Connections to a database cannot be shared by processes.
    agent.tracker_store.engine.dispose()

    def serve(number: int) -> int:
        return _serve(build(config, model_file, lambda _: agent, cleans=number == 0), sock=listening)

    return workers.run(config.rasa_workers, serve)


if __name__ == "__main__":
    sys.exit(main())
