"""Runs `python -m actions` as a process and calls it, as Rasa does and as attackers may."""

import copy
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from socket import create_server
from typing import Any

import requests

from common.settings import ROOT, read_settings
from legal.entry import Entry
from legal.outbox import Outbox

SECRET = "hemmelighed-til-test-0123456789abcdef"
CPR = "010270-1234"
# A word that occurs nowhere else in the process.
WORDS = "blommetraesvinden"
_START_SECONDS = 60


def recording(**slots: Any) -> dict[str, Any]:
    """The slots of a complete recording request at its review."""
    return {
        "requested_slot": "review",
        "request_draft": "draft-1",
        "request_type": "recording",
        "meeting_department": "jobcenter",
        "meeting_kind": "in_person",
        "meeting_date": "2026-12-03",
        "recording_medium": "audio",
        "recording_grounds": ["memory"],
        "recording_explanation": f"Mit nummer er {CPR}. {WORDS}",
        "support_person_possible": "no",
        "recording_purpose": "private",
        "applicant_name": f"{WORDS} Ng",
        "applicant_phone": "+4538214236",
        **slots,
    }


def call(slots: dict[str, Any], action: str = "validate_request_form") -> dict[str, Any]:
    """Rasa's call of `action` after the citizen answered the review with 'ja, send den'."""
    said = {"intent": {"name": "affirm", "confidence": 1.0}, "entities": [], "text": "ja, send den"}
    return {
        "next_action": action,
        "sender_id": "chat-1",
        "tracker": {
            "sender_id": "chat-1",
            "slots": copy.deepcopy(slots),
            "latest_message": said,
            "events": [
                {"event": "bot", "timestamp": 1.0, "text": WORDS, "metadata": {"utter_action": "utter_review"}},
                {"event": "user", "timestamp": 2.0, "text": "ja, send den", "parse_data": said},
            ],
            "paused": False,
            "followup_action": None,
            "active_loop": {"name": "request_form"},
            "latest_action_name": "action_listen",
        },
        "domain": {},
        "version": "3.6.21",
    }


class ActionServer:
    """The action server as `script/run` starts it, with a data folder and a port of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.settings = {
            "DATA_DIR": str(folder / "data"),
            "ACTION_PORT": str(port),
            "ACTION_SECRET": SECRET,
            # Nothing listens there: requests wait in the outbox.
            "LEGAL_API_URL": "http://127.0.0.1:9/requests",
            **settings,
        }
        self.port, self.url = int(port), f"http://127.0.0.1:{port}"
        self._log = folder / "actions.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *code: str) -> None:
        """Starts the server, or the Python program `code` that starts it; returns when it answers."""
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *(("-c", *code) if code else ("-m", "actions"))],
                cwd=ROOT,
                env={**os.environ, **self.settings},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                if requests.get(f"{self.url}/health", timeout=2).ok:
                    return
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.1)
        raise AssertionError(f"the action server never answered: {self.log()}")

    def ask(self, method: str, path: str, secret: str | None = SECRET, **how: Any) -> requests.Response:
        """Sends one request, by default with the secret; a header that is None is not sent."""
        headers = {"Authorization": f"Bearer {secret}" if secret else None, **how.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        return requests.request(method, self.url + path, headers=headers, timeout=30, **how)

    def run(self, body: Any, secret: str | None = SECRET, **headers: str) -> requests.Response:
        """Calls an action; `body` is sent as JSON, or as it is where it is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", "/webhook", secret, data=data, headers={"Content-Type": "application/json", **headers})

    def stored(self) -> list[Entry]:
        """The entries of the outbox."""
        box = Outbox(read_settings(self.settings).database("outbox"))
        try:
            return box.entries()
        finally:
            box.close()

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            finally:
                self.process.kill()


ACCEPTED = {"terms_accepted": True, "terms_accepted_at": "2026-12-01T09:58:00+01:00"}
# A conversation that no citizen had, made up to have a request sent.
FORGED = call(recording(**ACCEPTED))
PAGE = {"Origin": "https://ond.example"}


def refused(answer: requests.Response, status: int) -> None:
    """Checks a refusal: its status, JSON with an error alone, nothing of the request, and no CORS header."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:500]}"
    assert answer.headers["Content-Type"] == "application/json"
    assert list(answer.json()) == ["error"]
    assert not repeated(answer.text), answer.text
    assert not [name for name in answer.headers if name.lower().startswith("access-control")], answer.headers


def repeated(text: str) -> list[str]:
    """Which words of the tests' calls, or of a traceback, stand in a text."""
    return [word for word in (WORDS, CPR, SECRET, "Traceback", "action_ukendt", "chat-1", "line ") if word in text]
