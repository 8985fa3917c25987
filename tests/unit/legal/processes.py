"""Delivery and the inbox as processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from common.settings import ROOT


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class Process:
    """A running module with its own settings, and its output."""

    def __init__(self, module: str, log: Path, **env: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME")}
        self._log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module], cwd=ROOT, env=kept | env, stdout=output, stderr=subprocess.STDOUT
            )

    @property
    def output(self) -> str:
        return self._log.read_text()

    def wait_for(self, words: str) -> None:
        deadline = time.monotonic() + 20
        while words not in self.output:
            assert self.process.poll() is None and time.monotonic() < deadline, self.output
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Signals the process; returns the seconds until it ended."""
        before = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(15)
        return time.monotonic() - before
