"""The whole assistant in one process: chat, trained model, actions, outbox, delivery, and a receiver for Jura.

Nothing is mocked: all parts speak HTTP and use databases in a temporary folder. One process, so that one clock sets
the time of NLU, actions and delivery.
"""

import asyncio
import base64
import os
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from actions.request import sending
from actions.server import build as build_actions
from bot.agent import ChatAgent
from bot.channel.sessions import Sessions
from bot.server import build, chat_agent
from common.settings import Settings, settings
from legal.delivery.process import Delivery
from workbench.shared.receiver import Receiver
from workbench.shared.served import Served, address, free_socket
from workbench.shared.speed import read_once
from workbench.shared.stored_conversations import backdate

# Real databases, sites and Rasa's API stay out, whatever the environment and .env say.
_UNSET = ("DATABASE_URL", "REDIS_URL", "CHAT_ORIGINS", "CHAT_SECRET", "RASA_AUTH_TOKEN", "PROXIES", "NOW")
_LONGEST_READ_SECONDS = 30.0
_LONGEST_LOAD_SECONDS = 180.0
_POLL_SECONDS = 0.05
# A folder in memory, where the machine has one: databases are faster there.
_MEMORY_FOLDER = "/dev/shm"


def _loaded(app: "Sanic[Any, Any]") -> ChatAgent:
    """Waits for the server's agent; raises what made loading the model fail, or TimeoutError."""
    deadline = time.monotonic() + _LONGEST_LOAD_SECONDS
    while not (app.ctx.agent or app.ctx.failure) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    if not app.ctx.agent:
        raise app.ctx.failure or TimeoutError(f"the model was not loaded in {_LONGEST_LOAD_SECONDS:.0f} seconds")
    agent: ChatAgent = app.ctx.agent
    return agent


class Assistant:
    """Runs until closed: `with Assistant(model) as assistant`. One at a time: it sets the process's settings."""

    def __init__(self, model: Path, make_agent: Callable[[Settings], ChatAgent] = chat_agent) -> None:
        """Starts everything, with the trained model in that file; `make_agent` builds the server's agent."""
        self._environment = dict(os.environ)
        memory = _MEMORY_FOLDER if os.access(_MEMORY_FOLDER, os.W_OK) else None
        self._folder = TemporaryDirectory(prefix="dialoger-", dir=memory, ignore_cleanup_errors=True)
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        token = secrets.token_urlsafe(16)
        self.receiver = Receiver(secret, token)
        chat, actions = free_socket(), free_socket()
        self.chat_url = address(chat) + "/webhooks/chat"
        self._set(
            dict.fromkeys(_UNSET, "")
            | {
                "DATA_DIR": self._folder.name,
                "ACTION_HOST": "127.0.0.1",
                "ACTION_URL": address(actions) + "/webhook",
                "ACTION_SECRET": secrets.token_urlsafe(32),
                "LEGAL_API_URL": self.receiver.url,
                "LEGAL_API_TOKEN": token,
                "LEGAL_WEBHOOK_SECRET": secret,
                "RATE_PER_SESSION": "0",
                "RATE_PER_ADDRESS": "0",
            }
        )
        self._open = ExitStack()
        try:
            self._start(model, make_agent, chat, actions)
        except BaseException:
            # Also a failed start must give the process its settings back.
            self.close()
            raise

    def _start(self, model: Path, make_agent: Callable[[Settings], ChatAgent], chat: socket, actions: socket) -> None:
        config = settings()
        self._sessions = Sessions(config.database("chat"), config.chat_secret, config.chat_session_hours)
        self._delivery = Delivery(sending.outbox(), config)
        self._open.callback(sending.outbox().close)
        self._open.callback(Served(build_actions(config), actions).close)
        app = build(config, model, make_agent)
        self._chat = Served(app, chat)
        self._open.callback(self._chat.close)
        self._agent = _loaded(app)
        read_once()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops everything and gives the process its settings back."""
        self._open.close()
        self.receiver.close()
        self._folder.cleanup()
        os.environ.clear()
        self._set(self._environment)

    def conversation(self, token: str) -> str:
        """Rasa's id of the conversation that a session token belongs to."""
        session = self._sessions.named_by(token)
        assert session is not None
        return session.conversation

    def tracker(self, conversation: str) -> DialogueStateTracker:
        """Rasa's tracker of a conversation."""
        reading = self._agent.tracker_store.retrieve_full_tracker(conversation)
        return asyncio.run_coroutine_threadsafe(reading, self._chat.loop).result(_LONGEST_READ_SECONDS)

    def backdate(self, conversation: str, seconds: float) -> None:
        """Makes all events of a conversation older by so many seconds, as after a silence."""
        backdate(self._agent.tracker_store.engine, conversation, seconds)

    def deliver(self) -> None:
        """Delivers all that waits in the outbox, without the pauses between attempts."""
        sending.outbox().hasten()
        while self._delivery.step():
            pass

    def _set(self, environment: dict[str, str]) -> None:
        os.environ.update(environment)
        settings.cache_clear()
        sending.outbox.cache_clear()
