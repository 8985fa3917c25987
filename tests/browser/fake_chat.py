"""A fake chat server that follows chat-api.md, and fails on demand: slow, with errors, or down."""

import contextlib
import json
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from bot.channel import static_files
from bot.channel.widget_bundle import read_site
from common import cpr
from tests.browser import conversations

CHAT_PATH = "/webhooks/chat"
Message = dict[str, Any]


def message(text: str, buttons: tuple[tuple[str, str], ...] = (), card: Any = None, name: str = "utter_x") -> Message:
    offered = [{"title": title, "payload": payload} for title, payload in buttons]
    return {"text": text, "name": name, "buttons": offered, "card": card}


@dataclass
class Fault:
    """The fault of the next turn: a delay, a status, or a connection dropped before or after the turn."""

    wait: float = 0
    status: int = 0
    retry_after: int = 0
    drop: str = ""
    text: str = "Der skete en fejl hos os. Send beskeden igen, eller ring til Jura på 3821 4236."
    field: str | None = None


@dataclass
class Talk:
    """A conversation with its turns, oldest first."""

    turns: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=lambda: dict(conversations.NOTHING_ASKED))

    def history(self) -> list[Message]:
        messages = []
        for turn in self.turns:
            if turn["said"] is not None:
                said = message(turn["said"], name="") | {"id": turn["id"], "from": "citizen", "at": turn["at"]}
                messages.append(said)
            messages += [answer | {"from": "assistant", "at": turn["at"]} for answer in turn["answers"]]
        return messages


class FakeChat:
    """The server. `answer` maps a text or payload to messages, the slot asked for and, where given, what else is asked.

    Each turn takes one of `faults`. `feedback`: whether an answer helped, by the id of its message.
    """

    def __init__(self) -> None:
        self.talks: dict[str, Talk] = {}
        self.faults: list[Fault] = []
        self.posts: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.feedback: dict[str, bool] = {}
        self.notice: dict[str, str] | None = None
        self.paused = False
        self.answer: Callable[[str], conversations.Answer] = conversations.answer
        self.greeting: list[Message] = [conversations.GREETING]
        self.erases = True
        self.told = read_site("https://kommune.example/privatliv", "https://kommune.example/was")
        self.hosts: dict[str, tuple[str, str]] = {}
        self.lock = threading.RLock()
        self.server: ThreadingHTTPServer | None = None
        self.port = 0
        self.start()

    def start(self) -> None:
        """Starts, or restarts on the same port with all conversations."""
        handler = type("Handler", (_Handler,), {"chat": self})
        self.server = _Server(("127.0.0.1", self.port), handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def demo(self) -> str:
        return f"{self.site}{CHAT_PATH}/demo"

    def host(self, html: str, policy: str = "") -> str:
        """Serves a page of a municipality; returns its URL."""
        path = f"/side-{len(self.hosts)}"
        self.hosts[path] = (html, policy)
        return self.site + path

    @property
    def said(self) -> list[str]:
        """The citizens' texts, each turn once."""
        return [turn["said"] for talk in self.talks.values() for turn in talk.turns if turn["said"] is not None]

    def take(self, talk: Talk, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            turn = next((turn for turn in talk.turns if turn["id"] == body["id"]), None)
            if turn is None:
                said = body.get("text")
                if said is None:
                    titles = _offered(talk)
                    if body["payload"] not in titles:
                        return 422, _error(422, "Feltet 'payload' kan ikke bruges.", "payload")
                    said = titles[body["payload"]]
                said = cpr.mask(said)[0]
                answers, asking, *more = self.answer(body.get("text") or body["payload"])
                talk.asked = conversations.asked(asking, more[0] if more else None)
                turn = self.add(talk, said, answers, body["id"])
            return 200, {"messages": turn["answers"], **talk.asked}

    def add(self, talk: Talk, said: str | None, answers: list[Message], id: str = "greeting") -> dict[str, Any]:
        numbered = [answer | {"id": f"{id}.{at}"} for at, answer in enumerate(answers)]
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        turn = {"id": id, "said": said, "at": now, "answers": numbered}
        talk.turns.append(turn)
        return turn


def _offered(talk: Talk) -> dict[str, str]:
    answers = talk.turns[-1]["answers"]
    found = {button["payload"]: button["title"] for answer in answers for button in answer["buttons"]}
    rows = [row for answer in answers for row in (answer["card"] or {}).get("rows", ()) if "payload" in row]
    return found | {row["payload"]: f"Ret {row['label'].lower()}" for row in rows}


def _error(status: int, text: str, field: str | None = None) -> dict[str, Any]:
    return {"error": {"status": status, "message": text, "field": field}}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignores browsers that disconnect."""


class _Handler(BaseHTTPRequestHandler):
    chat: FakeChat

    def log_message(self, *words: Any) -> None:
        """Logs nothing."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.chat.requests.append(f"GET {path}")
        if path in self.chat.hosts:
            html, policy = self.chat.hosts[path]
            self._send(
                200, html.encode(), "text/html; charset=utf-8", {"Content-Security-Policy": policy} if policy else {}
            )
        elif path == f"{CHAT_PATH}/messages":
            talk = self._talk()
            if talk:
                self._json(200, {"messages": talk.history(), **talk.asked})
        elif path == f"{CHAT_PATH}/":
            self._json(200, {"status": "ok", "paused": self.chat.paused, "notice": self.chat.notice})
        else:
            served = (file for file in static_files.files(self.chat.told) if f"{CHAT_PATH}{file.path}" == path)
            file = next(served, None)
            if file is None:
                return self._json(404, _error(404, "Findes ikke."))
            self._send(200, file.body, file.media_type, file.headers)

    def do_POST(self) -> None:
        self.chat.requests.append(f"POST {self.path}")
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if self.chat.paused and not self.path.endswith("/feedback"):
            text = f"{self.chat.notice['text'] if self.chat.notice else ''} Ring til Jura på 3821 4236."
            return self._json(503, _error(503, text), {"Retry-After": "60"})
        if self.path == f"{CHAT_PATH}/sessions":
            return self._open()
        talk = self._talk()
        if talk is None:
            return
        if self.path == f"{CHAT_PATH}/feedback":
            self.chat.feedback[body["message"]] = body["helped"]
            return self._send(204, b"", "text/plain")
        self.chat.posts.append(body)
        fault = self.chat.faults.pop(0) if self.chat.faults else Fault()
        time.sleep(fault.wait)
        if fault.status:
            headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
            return self._json(fault.status, _error(fault.status, fault.text, fault.field), headers)
        if fault.drop == "before":
            return self._drop()
        status, answer = self.chat.take(talk, body)
        if fault.drop == "after":
            return self._drop()
        self._json(status, answer)

    def do_DELETE(self) -> None:
        self.chat.requests.append(f"DELETE {self.path}")
        if self._talk() is None:
            return
        if self.chat.erases:
            self.chat.talks.pop(self._token())
        self._send(204, b"", "text/plain")

    def do_OPTIONS(self) -> None:
        headers = {
            "Access-Control-Allow-Methods": "GET, POST, DELETE",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
        }
        self._send(204, b"", "text/plain", headers)

    def _open(self) -> None:
        token, talk = str(uuid.uuid4()), Talk()
        self.chat.add(talk, None, self.chat.greeting)
        self.chat.talks[token] = talk
        self._json(201, {"session": token, "messages": talk.turns[0]["answers"]})

    def _token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _talk(self) -> Talk | None:
        talk = self.chat.talks.get(self._token())
        if talk is None:
            self._json(401, _error(401, "Samtalen er slut eller findes ikke. Start en ny samtale."))
        return talk

    def _json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(body).encode(), "application/json", headers)

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        all_headers = {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}
        all_headers.setdefault("Access-Control-Allow-Origin", self.headers.get("Origin") or "*")
        all_headers.setdefault("Access-Control-Expose-Headers", "Retry-After")
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            for name, value in all_headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body if status != 204 else b"")

    def _drop(self) -> None:
        """Resets the connection without a response."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


@contextlib.contextmanager
def running() -> Iterator[FakeChat]:
    chat = FakeChat()
    try:
        yield chat
    finally:
        chat.stop()
