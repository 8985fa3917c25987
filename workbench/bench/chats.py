"""Clients of the servers: the web chat's, and Rasa's own REST channel."""

import uuid
from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import aiohttp

_TURN_SECONDS = 120


class Refused(RuntimeError):
    """A server did not answer a turn; the message names the status and what it said."""


class Chat(Protocol):
    """One conversation."""

    async def open(self) -> None:
        """Begins it; turns can be said afterwards."""

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Says a message; returns the messages of the answer. Raises Refused."""


Open: TypeAlias = Callable[[aiohttp.ClientSession], Chat]


class WebChat:
    """A conversation in the chat channel (docs/contracts/chat-api.md)."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        """`url`: the server's, without a path."""
        self._url, self._http = f"{url}/webhooks/chat", http
        self._token = ""

    async def open(self) -> None:
        """Opens a session."""
        self._token = (await _post(self._http, f"{self._url}/sessions", {}, {}))["session"]

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Says a message; returns the messages of the answer."""
        turn = {"id": str(uuid.uuid4()), "text": text}
        answer = await _post(self._http, f"{self._url}/messages", turn, {"Authorization": f"Bearer {self._token}"})
        messages: list[dict[str, Any]] = answer["messages"]
        return messages


class RestChat:
    """A conversation in Rasa's REST channel. `prefix` is put before each text."""

    def __init__(self, url: str, http: aiohttp.ClientSession, prefix: str = "") -> None:
        """`url`: the server's, without a path."""
        self._url, self._http, self._prefix = f"{url}/webhooks/rest/webhook", http, prefix
        self._sender = str(uuid.uuid4())

    async def open(self) -> None:
        """Nothing is needed: Rasa begins a conversation with its first message."""

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Says a message; returns the messages of the answer."""
        turn = {"sender": self._sender, "message": self._prefix + text}
        messages: list[dict[str, Any]] = await _post(self._http, self._url, turn, {})
        return messages


async def _post(http: aiohttp.ClientSession, url: str, body: Any, headers: dict[str, str]) -> Any:
    timeout = aiohttp.ClientTimeout(total=_TURN_SECONDS)
    async with http.post(url, json=body, headers=headers, timeout=timeout) as response:
        if response.status >= 400:
            raise Refused(f"{url}: HTTP {response.status}: {(await response.text())[:200]}")
        return await response.json()
