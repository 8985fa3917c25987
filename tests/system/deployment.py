"""The deployment, started with `script/run`, and a client of its chat."""

import os
import signal
import socket
import subprocess
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import psutil
import requests

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-12-01T10:00:00+01:00"  # a Tuesday
PASSWORD = "et-kodeord-til-test"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Deployment:
    """A running `script/run` with its own data folder and ports."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        ports = {name: str(free_port()) for name in ("RASA_PORT", "ACTION_PORT", "INBOX_PORT")}
        # Overrides an action server that the environment names.
        own = {"ACTION_URL": "", "ACTION_SECRET": ""}
        self.settings = {"DATA_DIR": str(data_dir), "INBOX_PASSWORD": PASSWORD, **own, **ports, **settings}
        self.chat = f"http://127.0.0.1:{self.settings['RASA_PORT']}/webhooks/chat"
        self.inbox = f"http://127.0.0.1:{self.settings['INBOX_PORT']}"
        self.lines: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self.again: list[subprocess.Popen[bytes]] = []

    def start(self, wait: bool = True) -> None:
        """Starts the deployment; with `wait`, returns when all services are ready."""
        self.process = subprocess.Popen(
            ["script/run"],
            cwd=ROOT,
            env={**os.environ, **self.settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        if wait:
            self.await_line("Stop med Ctrl-C", 180)

    def _read(self) -> None:
        assert self.process and self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    def await_line(self, text: str, seconds: float) -> str:
        """Waits for a printed line with the text, and returns it; AssertionError after so many seconds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for line in list(self.lines):
                if text in line:
                    return line
            if self.process and self.process.poll() is not None:
                time.sleep(0.3)
                break
            time.sleep(0.1)
        found = next((line for line in self.lines if text in line), None)
        assert found, f"never said {text!r}; said: {self.lines}"
        return found

    def children(self) -> dict[str, psutil.Process]:
        """The running services by module."""
        assert self.process
        found = {}
        for child in psutil.Process(self.process.pid).children(recursive=True):
            words = child.cmdline()
            if "-m" in words:
                found[words[words.index("-m") + 1]] = child
        return found

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float, list[psutil.Process]]:
        """Signals the supervisor; returns its exit status, the seconds it took, and the processes left over."""
        assert self.process
        children = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        started = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(30)
        return status, time.monotonic() - started, [child for child in children if child.is_running()]

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Runs `script/bot` with these words and the deployment's settings."""
        environment = {**os.environ, **self.settings}
        command = ["script/bot", *words]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    def stop_one(self, name: str) -> str:
        """Runs `script/bot stop <name>`, and returns its output."""
        stopped = self.command("stop", name)
        assert stopped.returncode == 0, stopped.stdout + stopped.stderr
        return stopped.stdout

    def serve(self, name: str) -> None:
        """Runs `script/bot serve <name>`; returns when the service answers."""
        command = ["script/bot", "serve", name]
        environment = {**os.environ, **self.settings}
        self.again.append(subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True))
        health = f"{self.chat}/" if name == "rasa" else f"http://127.0.0.1:{self.settings['ACTION_PORT']}/health"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if requests.get(health, timeout=1).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.3)
        raise AssertionError(f"{name} did not come back")

    def kill(self) -> None:
        """Kills every process of the deployment."""
        for again in self.again:
            again.kill()
            again.wait(10)
        if self.process and self.process.poll() is None:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                child.kill()
            self.process.kill()
            self.process.wait(10)


class Citizen:
    """A conversation over the chat API."""

    def __init__(self, chat: str) -> None:
        self.chat = chat
        opened = requests.post(f"{chat}/sessions", timeout=30)
        assert opened.status_code == 201, opened.text
        self.headers = {"Authorization": f"Bearer {opened.json()['session']}"}
        self.messages: list[dict[str, Any]] = opened.json()["messages"]
        self.asking: str | None = None

    def post(self, **body: Any) -> requests.Response:
        body.setdefault("id", str(uuid.uuid4()))
        return requests.post(f"{self.chat}/messages", json=body, headers=self.headers, timeout=60)

    def says(self, text: str) -> str:
        """Sends a text; returns the texts of all messages in answer."""
        return self._take(self.post(text=text))

    def presses(self, title: str) -> str:
        """Presses the button of that title; returns the texts of all messages in answer."""
        buttons = {b["title"]: b["payload"] for m in self.messages for b in m["buttons"]}
        return self._take(self.post(payload=buttons[title]))

    def _take(self, answer: requests.Response) -> str:
        assert answer.status_code == 200, answer.text
        self.messages, self.asking = answer.json()["messages"], answer.json()["asking"]
        return "\n".join(message["text"] for message in self.messages)

    @property
    def names(self) -> list[str]:
        return [message["name"] for message in self.messages]

    @property
    def receipt(self) -> dict[str, Any]:
        return next(m["card"] for m in self.messages if m["card"] and m["card"]["type"] == "receipt")


def inbox_page(deployment: Deployment, reference: str) -> str:
    """The HTML of a request's page in the inbox, after logging in."""
    with requests.Session() as staff:
        form = staff.get(f"{deployment.inbox}/log-ind", timeout=10).text
        token = form.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        login = {"username": "jura", "password": PASSWORD, "initials": "ab", "csrf_token": token}
        assert staff.post(f"{deployment.inbox}/log-ind", data=login, timeout=10).status_code == 200
        page = staff.get(f"{deployment.inbox}/requests/{reference}", timeout=10)
        assert page.status_code == 200, page.text
        return page.text
