"""PID files of the services, so that each can be stopped by its name."""

import os
import signal
import time
from pathlib import Path

import psutil

from common.settings import Settings
from run.services import Service

_STOP_SECONDS = 15


def write_pid(config: Settings, name: str, pid: int) -> None:
    """Writes the PID file of the service `name`."""
    file = _pid_file(config, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{pid}\n", encoding="utf-8")


def running(config: Settings, service: Service) -> psutil.Process | None:
    """The process of a service; None when it does not run, also when another process has its PID by now."""
    try:
        process = psutil.Process(int(_pid_file(config, service.name).read_text(encoding="utf-8")))
        return process if service.module in process.cmdline() else None
    except (OSError, ValueError, psutil.Error):
        return None


def stop(config: Settings, service: Service) -> bool | None:
    """Sends SIGTERM and waits. True: the service has stopped; False: it still runs; None: it did not run."""
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


def _pid_file(config: Settings, name: str) -> Path:
    return config.data_dir / "run" / f"{name}.pid"
