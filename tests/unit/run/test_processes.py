"""A service is found and stopped by its name, and no other process is."""

import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.settings import Settings, settings
from run import processes
from run.services import Service

SERVICE = Service("delivery", "leveringen til Jura", "a_module_of_that_name")


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    return dataclasses.replace(settings(), data_dir=tmp_path)


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    # Its module's name stands in its command line, as it does for a service.
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "a_module_of_that_name"])
    yield process
    process.kill()
    process.wait()


def test_a_running_service_is_stopped(config: Settings, sleeper: "subprocess.Popen[bytes]") -> None:
    processes.write_pid(config, "delivery", sleeper.pid)
    assert processes.running(config, SERVICE)
    assert processes.stop(config, SERVICE) is True
    assert sleeper.wait(5) != 0 and processes.running(config, SERVICE) is None


def test_stopping_a_service_that_does_not_run_says_so(config: Settings, sleeper: "subprocess.Popen[bytes]") -> None:
    assert processes.stop(config, SERVICE) is None
    sleeper.kill()
    sleeper.wait()
    processes.write_pid(config, "delivery", sleeper.pid)
    assert processes.stop(config, SERVICE) is None


def test_a_process_id_reused_by_another_process_is_left_alone(config: Settings) -> None:
    processes.write_pid(config, "delivery", os.getpid())
    assert processes.running(config, SERVICE) is None
    assert processes.stop(config, SERVICE) is None
    time.sleep(0.1)  # a signal would have ended this test by now
