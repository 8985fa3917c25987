"""Starts the services, waits until they answer, watches them and stops them."""

import errno
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import requests

from common.parent import end_with_parent
from common.settings import ROOT, Settings
from run import processes
from run.services import Service

_START_SECONDS = 180
_STOP_SECONDS = 10
_PROGRESS_SECONDS = 5


class Failure(RuntimeError):
    """A start that failed; the message says what to do, in Danish."""


@dataclass
class _Running:
    service: Service
    process: subprocess.Popen[str]
    log: Path
    stopped: bool = False


class Supervisor:
    """Runs services until a signal arrives or one of them crashes."""

    def __init__(self, config: Settings, say: Callable[[str], None]) -> None:
        """`say` prints a line in the terminal."""
        self._config = config
        self._say = say
        self._running: list[_Running] = []
        self._stop = threading.Event()

    def run(self, services: list[Service], ready: Callable[[], None]) -> int:
        """Starts the services, calls `ready` when all answer, and returns the exit status after the stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())
        try:
            for service in services:
                check_port(service)
            for service in services:
                self._start(service)
            self._await_health()
            if not self._stop.is_set():
                ready()
                self._watch()
        except Failure as failure:
            self._say(f"FEJL: {failure}")
            self._shut_down()
            return 1
        self._say("Stopper ...")
        self._shut_down()
        self._say("Alt er stoppet.")
        return 0

    def _start(self, service: Service) -> None:
        self._say(f"Starter {service.title} ...")
        folder = self._config.data_dir / "log"
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / f"{service.name}.log"
        log.touch(0o600)
        log.chmod(0o600)
        # The inbox prints its first password, which goes to the terminal and not into the log file.
        with log.open("a", encoding="utf-8") as file:
            process = subprocess.Popen(
                service.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if service.name == "inbox" else file,
                stderr=file,
                text=True,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509  # one system call: safe although threads run
            )
        if process.stdout:
            threading.Thread(target=self._forward, args=(process.stdout,), daemon=True).start()
        self._running.append(_Running(service, process, log))
        processes.write_pid(self._config, service.name, process.pid)

    def _forward(self, lines: IO[str]) -> None:
        for line in lines:
            if line.startswith("Adgangskode"):
                self._say(line.rstrip())

    def _await_health(self) -> None:
        waiting = {running.service.name: running for running in self._running if running.service.health}
        started = last_progress = time.monotonic()
        while waiting and not self._stop.is_set():
            self._check_alive()
            for name, running in list(waiting.items()):
                if _answers(str(running.service.health)):
                    self._say(f"{capital(running.service.title)} svarer.")
                    del waiting[name]
            if time.monotonic() - last_progress > _PROGRESS_SECONDS:
                last_progress = time.monotonic()
                names = ", ".join(running.service.title for running in waiting.values())
                self._say(f"  venter på {names} ({last_progress - started:.0f} s)")
            if time.monotonic() - started > _START_SECONDS:
                slow = next(iter(waiting.values()))
                what = f"{capital(slow.service.title)} svarer ikke efter {_START_SECONDS} sekunder."
                raise Failure(f"{what} Se {_short(slow.log)}.")
            self._stop.wait(0.2)

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            self._check_alive()

    def _check_alive(self) -> None:
        for running in self._running:
            status = running.process.poll()
            if status is None or running.stopped or self._stop.is_set():
                continue
            if status in (0, -signal.SIGTERM, -signal.SIGINT):
                # Stopped on purpose, from outside; the other services go on.
                running.stopped = True
                self._say(
                    f"{capital(running.service.title)} er stoppet udefra. Resten kører videre. "
                    f"Start den igen med: script/bot serve {running.service.name}"
                )
                continue
            raise Failure(
                f"{capital(running.service.title)} stoppede uventet (status {status}). "
                f"{_reason(running.log)}Se {_short(running.log)}, ret fejlen, og start igen med script/run."
            )

    def _shut_down(self) -> None:
        alive = [running for running in self._running if running.process.poll() is None]
        for running in alive:
            _signal_group(running.process, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for running in alive:
            try:
                running.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            # Also after a clean exit, because its child processes may still run.
            _signal_group(running.process, signal.SIGKILL)
            running.process.wait(5)


def _signal_group(process: subprocess.Popen[str], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass


def capital(title: str) -> str:
    """The text with a capital first letter; the rest stays."""
    return title[:1].upper() + title[1:]


def check_port(service: Service) -> None:
    """Raises Failure when the service's port is in use or its host is not an address of this machine."""
    if service.port is None:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((service.host, service.port))
        except OSError as error:
            what = f"{capital(service.title)} kan ikke bruge {service.host}:{service.port}"
            if error.errno == errno.EADDRINUSE:
                remedy = (
                    f"Porten er optaget; måske kører {service.title} allerede. Stop det, der bruger den, "
                    f"eller vælg en anden port med {service.setting} i .env."
                )
            else:
                host = (service.setting or "").replace("_PORT", "_HOST")
                remedy = f"Adressen er ikke denne maskines. Ret {host} i .env, eller lad den være 127.0.0.1."
            raise Failure(f"{what}. {remedy}") from error


def _answers(url: str) -> bool:
    try:
        with requests.Session() as session:
            session.trust_env = False
            return session.get(url, timeout=1).status_code == 200
    except requests.RequestException:
        return False


def _reason(log: Path) -> str:
    """The last error message of the service itself among the last lines of its log, or an empty text."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]]
    messages = [line for line in lines if line.startswith(("bot.server:", "actions:", "levering:", "indbakke:"))]
    return f"Den skrev: {messages[-1]} " if messages else ""


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
