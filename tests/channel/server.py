"""Rasa's server with the web chat, and the action server, without the rest of the deployment."""

import itertools
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import requests

from tests.system.deployment import ROOT, free_port

SITE = "https://www.frederiksberg.dk"
SECRET = "whsec_dGVzdC10ZXN0LXRlc3QtdGVzdC10ZXN0"
PER_SESSION, PER_ADDRESS = 30, 120
_numbers = itertools.count(1)


def new_address() -> str:
    """A client address that no other test uses."""
    number = next(_numbers)
    return f"192.0.{number // 250}.{number % 250 + 1}"


class Server:
    """`python -m bot.server` and the action server, which can be restarted on the same data."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        ports = {name: str(free_port()) for name in ("RASA_PORT", "ACTION_PORT", "INBOX_PORT")}
        self.settings = {
            "DATA_DIR": str(folder / "data"),
            "CHAT_SECRET": SECRET,
            "CHAT_ORIGINS": f"{SITE},https://intranet.frederiksberg.dk",
            # Client addresses come from X-Forwarded-For.
            "PROXIES": "1",
            "RATE_PER_SESSION": f"{PER_SESSION}/minute",
            "RATE_PER_ADDRESS": f"{PER_ADDRESS}/minute",
            **ports,
            **settings,
        }
        self.site = f"http://127.0.0.1:{self.settings['RASA_PORT']}"
        self.chat = f"{self.site}/webhooks/chat"
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *modules: str) -> None:
        """Starts the named modules (by default Rasa alone), and waits until they answer."""
        for module in modules or ("bot.server",):
            with (self.folder / f"{module}.log").open("ab") as log:
                self.running[module] = subprocess.Popen(
                    [sys.executable, "-m", module],
                    cwd=ROOT,
                    env={**os.environ, **self.settings},
                    stdout=log,
                    stderr=log,
                )
        self._await(f"{self.chat}/")
        if "actions" in self.running:
            self._await(f"http://127.0.0.1:{self.settings['ACTION_PORT']}/health")

    def _await(self, health: str) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                if requests.get(health, timeout=2).ok:
                    return
            except (requests.ConnectionError, requests.Timeout):
                pass
            assert all(process.poll() is None for process in self.running.values()), self.log()
            time.sleep(0.1)
        raise AssertionError(f"{health} never answered: {self.log()}")

    def log(self) -> str:
        return (self.folder / "bot.server.log").read_text(encoding="utf-8", errors="replace")

    def stop(self, module: str = "bot.server") -> None:
        process = self.running.pop(module)
        process.terminate()
        try:
            process.wait(15)
        finally:
            process.kill()

    def close(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait(10)

    @property
    def data(self) -> Path:
        return Path(self.settings["DATA_DIR"])


class Page:
    """A client with its own address and an opened conversation."""

    def __init__(self, chat: str, address: str | None = None) -> None:
        self.chat = chat
        self.headers = {"X-Forwarded-For": address or new_address()}
        opened = self.ask("POST", "/sessions")
        assert opened.status_code == 201, opened.text
        self.token = opened.json()["session"]
        self.greeting: list[dict[str, Any]] = opened.json()["messages"]
        self.headers["Authorization"] = f"Bearer {self.token}"

    def ask(self, method: str, path: str, **how: Any) -> requests.Response:
        """Sends a request with the page's headers; a header that is None is left out."""
        headers = {**self.headers, **how.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        return requests.request(method, self.chat + path, headers=headers, timeout=60, **how)

    def post(self, **body: Any) -> requests.Response:
        """Posts a turn, by default with a new id; returns the response of any status."""
        return self.ask("POST", "/messages", json={"id": str(uuid.uuid4()), **body})

    def says(self, text: str) -> list[dict[str, Any]]:
        """Posts a text that must be answered with 200; returns the messages."""
        answer = self.post(text=text)
        assert answer.status_code == 200, answer.text
        self.asking = answer.json()["asking"]
        return list(answer.json()["messages"])

    def history(self) -> list[dict[str, Any]]:
        answer = self.ask("GET", "/messages")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["messages"])

    def said(self) -> list[str]:
        """The citizen's texts in the history."""
        return [message["text"] for message in self.history() if message["from"] == "citizen"]


def refused(answer: requests.Response, status: int, field: str | None = None) -> str:
    """Checks the status and form of a refusal (JSON, Danish message); returns the message."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text}"
    assert answer.headers["Content-Type"] == "application/json"
    assert set(answer.json()) == {"error"} and set(answer.json()["error"]) == {"status", "message", "field"}
    error = answer.json()["error"]
    assert error["status"] == status and error["field"] == field, error
    assert error["message"].endswith(".") and not {"the", "not", "error", "is"} & set(error["message"].split()), error
    return str(error["message"])
