"""Several processes in place of one: begun anew where one ends, stopped together, none left over."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from common.settings import ROOT

# Each worker writes its number and its process.
_PROGRAM = """
import os, sys, time
from pathlib import Path
from bot import workers
workers._SOON_SECONDS = float(sys.argv[2])
folder = Path(sys.argv[1])
def work(number):
    (folder / f"{number}-{os.getpid()}").touch()
    time.sleep(60)
    return 0
sys.exit(workers.run(2, work))
"""
_Begin = Callable[..., psutil.Popen]


@pytest.fixture
def begin(tmp_path: Path) -> "_Begin":
    def begun(soon: float) -> psutil.Popen:
        command = [sys.executable, "-c", _PROGRAM, str(tmp_path), str(soon)]
        return psutil.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    return begun


def _workers(folder: Path, count: int) -> dict[int, str]:
    """The numbers of the workers that have begun, by process; waits until there are so many."""
    deadline = time.monotonic() + 20
    while len(files := [file.name.split("-") for file in folder.iterdir()]) < count:
        assert time.monotonic() < deadline, files
        time.sleep(0.05)
    return {int(pid): number for number, pid in files}


def test_a_worker_that_is_killed_is_begun_anew_and_the_others_go_on(tmp_path: Path, begin: _Begin) -> None:
    server = begin(0)
    first = _workers(tmp_path, 2)
    assert sorted(first.values()) == ["0", "1"]
    killed = next(iter(first))
    os.kill(killed, signal.SIGKILL)
    now = _workers(tmp_path, 3)
    (new,) = set(now) - set(first)
    assert now[new] == first[killed]
    assert {child.pid for child in server.children()} == set(now) - {killed}
    server.terminate()
    assert server.wait(15) == 0
    assert not any(psutil.pid_exists(pid) for pid in now)
    assert server.stderr and "-9" in server.stderr.read()


def test_workers_that_end_at_once_again_and_again_end_the_server_with_a_failure(tmp_path: Path, begin: _Begin) -> None:
    server = begin(30)
    for count in 2, 3, 4:
        workers = _workers(tmp_path, count)
        os.kill(max(workers), signal.SIGKILL)
    assert server.wait(15) == 1
    assert not any(psutil.pid_exists(pid) for pid in workers)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's kernel tells a process that its parent has ended")
def test_no_worker_outlives_a_server_that_is_killed(tmp_path: Path, begin: _Begin) -> None:
    server = begin(0)
    workers = [psutil.Process(pid) for pid in _workers(tmp_path, 2)]
    server.kill()
    server.wait(5)
    gone, alive = psutil.wait_procs(workers, 10)
    assert len(gone) == 2 and not alive
