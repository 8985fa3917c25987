"""Servers in processes of their own: ours, and Rasa's with a model of its default pipeline."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import psutil
import requests

from common.settings import ROOT
from workbench.bench.chats import Open, RestChat, WebChat
from workbench.shared.served import address, free_socket

_START_SECONDS = 300
_STOP_SECONDS = 15
_POLL_SECONDS = 0.05
# Nothing may be refused: it is the speed that is measured.
_UNLIMITED = {
    "RATE_PER_SESSION": "0",
    "RATE_PER_ADDRESS": "0",
    "REQUESTS_PER_ADDRESS": "10000",
    "REQUESTS_IN_ALL": "10000",
    "TURNS_PER_CONVERSATION": "10000",
    "CHARACTERS_PER_CONVERSATION": "10000000",
}


class NotStarted(RuntimeError):
    """A server did not start; the message names its log."""


class Process:
    """A server that runs until it is closed."""

    def __init__(self, name: str, command: list[str], folder: Path, settings: Mapping[str, str], health: str) -> None:
        """Starts it and waits until `health` answers 200. Raises NotStarted. `folder`: of its log."""
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / f"{name}.log"
        begun = time.perf_counter()
        with self._log.open("w", encoding="utf-8") as log:
            self._process = psutil.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._await(health, begun)
        self.seconds = time.perf_counter() - begun
        """From the start of the process to its first answer."""

    def _await(self, health: str, begun: float) -> None:
        with requests.Session() as http:
            http.trust_env = False
            while not _answers(http, health):
                if self._process.poll() is not None or time.perf_counter() - begun > _START_SECONDS:
                    self.close()
                    raise NotStarted(f"serveren startede ikke; se {self._log}")
                time.sleep(_POLL_SECONDS)

    def megabytes(self) -> float:
        """The memory of the process and its children; what they share counts once."""
        tree = [self._process, *self._process.children(recursive=True)]
        return float(sum(process.memory_full_info().pss for process in tree)) / 1e6

    def close(self) -> None:
        """Stops it, where it has not ended by itself."""
        if not self._process.is_running():
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except psutil.TimeoutExpired:
            self._process.kill()
            self._process.wait(_STOP_SECONDS)


class Ours:
    """Our server and the action server, with an empty data folder."""

    def __init__(self, folder: Path, workers: int = 1, database: str | None = None) -> None:
        """`database`: DATABASE_URL; None: an SQLite file in the folder. The current model is served."""
        ports = {name: _free_port() for name in ("RASA_PORT", "ACTION_PORT", "INBOX_PORT")}
        settings = {
            **_UNLIMITED,
            **{name: str(port) for name, port in ports.items()},
            "DATA_DIR": str(folder),
            "RASA_WORKERS": str(workers),
            "DATABASE_URL": database or "",
            **dict.fromkeys(("ACTION_URL", "ACTION_SECRET", "REDIS_URL", "RASA_AUTH_TOKEN"), ""),
        }
        self.url = f"http://127.0.0.1:{ports['RASA_PORT']}"
        actions = f"http://127.0.0.1:{ports['ACTION_PORT']}/health"
        self.actions = Process("actions", _python("actions"), folder, settings, actions)
        try:
            self.rasa = Process("rasa", _python("bot.server"), folder, settings, f"{self.url}/webhooks/chat/")
        except NotStarted:
            self.actions.close()
            raise
        self.open: Open = partial(WebChat, self.url)

    def close(self) -> None:
        """Stops both."""
        self.rasa.close()
        self.actions.close()


class Stock:
    """Rasa's own server with the REST channel, and conversations in memory."""

    def __init__(self, folder: Path, model: Path, prefix: str = "") -> None:
        """`prefix`: put before each text: with '/' Rasa reads no language, the text is the name of an intent."""
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [*_python("workbench.bench.stock"), "serve", str(model), str(port)]
        self.rasa = Process(f"stock{'-floor' * bool(prefix)}", command, folder, {}, f"{self.url}/webhooks/rest/")
        self.open: Open = partial(RestChat, self.url, prefix=prefix)

    def close(self) -> None:
        """Stops it."""
        self.rasa.close()


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def _free_port() -> int:
    with free_socket() as bound:
        return int(address(bound).rpartition(":")[2])


def _answers(http: requests.Session, url: str) -> bool:
    try:
        return http.get(url, timeout=5).status_code == 200
    except requests.RequestException:
        return False
