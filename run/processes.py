"""Which process each service runs in, so that one of them can be stopped by its name."""

import os
import signal
import time
from pathlib import Path

import psutil

from common.settings import Settings
from run.services import Service

_STOP_SECONDS = 15


def remember(config: Settings, name: str, number: int) -> None:
    """Writes down that the service `name` runs as process `number`."""
    file = _file(config, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{number}\n", encoding="utf-8")


def running(config: Settings, service: Service) -> psutil.Process | None:
    """The process of a service; None where it does not run, or its number is another process's by now."""
    try:
        process = psutil.Process(int(_file(config, service.name).read_text(encoding="utf-8")))
        return process if service.module in process.cmdline() else None
    except (OSError, ValueError, psutil.Error):
        return None


def stop(config: Settings, service: Service) -> bool | None:
    """Asks a service to stop and waits for it. True: stopped; False: it still runs; None: it did not run."""
    process = running(config, service)
    if process is None:
        return None
    os.kill(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        if running(config, service) is None:
            return True
        time.sleep(0.1)
    return False


def _file(config: Settings, name: str) -> Path:
    return config.data_dir / "run" / f"{name}.pid"
