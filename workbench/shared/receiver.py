"""Jura's system for tests: an HTTP server that checks signature and schema, or fails on command."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from legal.schema import problems

_LONGEST_HANG_SECONDS = 20.0
_POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Received:
    """A request that Jura accepted, and what is wrong with its delivery (`request.md`); none when all is right."""

    payload: dict[str, Any]
    problems: list[str]


class Receiver:
    """Mode `up` accepts requests, `down` does not listen, `hang` never answers; '503' and the like is the status."""

    def __init__(self, secret: str, token: str) -> None:
        """Listens at once, on a free local port."""
        self._webhook = Webhook(secret)
        self._token = token
        self._lock = threading.Lock()
        self._ids: set[str] = set()
        self._new: list[Received] = []
        self._mode = "up"
        self._released = threading.Event()
        self._server: ThreadingHTTPServer | None = None
        self._port = 0
        self._listen()

    @property
    def url(self) -> str:
        """The address that requests are posted to."""
        return f"http://127.0.0.1:{self._port}/anmodninger"

    def behave(self, mode: str) -> None:
        """Changes the mode."""
        self._released.set()
        self._mode = mode
        if mode == "down":
            self.close()
        elif self._server is None:
            self._listen()
        self._released = threading.Event()

    def take(self) -> list[Received]:
        """What was received since the last call."""
        with self._lock:
            new, self._new = self._new, []
        return new

    def close(self) -> None:
        """Stops listening."""
        self._released.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def handle(self, headers: dict[str, str], body: bytes) -> int | None:
        """The HTTP status for a request; None for no answer."""
        if self._mode == "hang":
            self._released.wait(_LONGEST_HANG_SECONDS)
            return None
        if self._mode.isdecimal():
            return int(self._mode)
        payload, wrong = self._examine(headers, body)
        with self._lock:
            if (id := str(payload.get("id"))) in self._ids:
                return 409
            self._ids.add(id)
            self._new.append(Received(payload, wrong))
        return 200

    def _examine(self, headers: dict[str, str], body: bytes) -> tuple[dict[str, Any], list[str]]:
        try:
            payload = json.loads(body)
        except ValueError:
            return {}, ["anmodningen: er ikke gyldig JSON."]
        wrong = problems(payload)
        try:
            self._webhook.verify(body, headers)
        except WebhookVerificationError:
            wrong.append("webhook-signature: underskriften passer ikke.")
        if headers.get("webhook-id") != payload.get("id"):
            wrong.append("webhook-id: er ikke anmodningens id.")
        if headers.get("authorization") != f"Bearer {self._token}":
            wrong.append("authorization: LEGAL_API_TOKEN mangler eller er forkert.")
        return payload, wrong

    def _listen(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                status = receiver.handle({name.lower(): value for name, value in self.headers.items()}, body)
                if status is not None:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Logs nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._server.daemon_threads = True
        # Closing does not wait for requests that hang.
        self._server.block_on_close = False
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()
