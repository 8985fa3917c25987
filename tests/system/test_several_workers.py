"""Two processes answer one port: each turn once, whichever of them it reaches, also where one is killed."""

import os
import signal
import sqlite3
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests

from tests.system.deployment import NOW, Citizen, Deployment
from tests.system.test_deployment import RECORDING

QUESTIONS = ["må jeg optage mødet?", "hvad er en bisidder?", "hvem bestemmer det?", "kan jeg få et referat?"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def deployment(folder: Path) -> Iterator[Deployment]:
    off = {"RATE_PER_SESSION": "0", "RATE_PER_ADDRESS": "0"}
    running = Deployment(folder, NOW=NOW, RASA_WORKERS="2", REQUESTS_PER_ADDRESS="100", **off)
    running.start()
    yield running
    running.kill()


def _workers(deployment: Deployment) -> list[psutil.Process]:
    assert deployment.process
    tree = psutil.Process(deployment.process.pid).children(recursive=True)
    return [
        one for one in tree if "bot.server" in one.cmdline() and "bot.server" in psutil.Process(one.ppid()).cmdline()
    ]


def test_the_same_turn_sent_twice_at_once_is_processed_once(deployment: Deployment, folder: Path) -> None:
    citizens = [Citizen(deployment.chat) for _ in range(8)]
    before = [sum(worker.cpu_times()[:2]) for worker in _workers(deployment)]
    with ThreadPoolExecutor(16) as pool:
        for round_ in range(15):
            turns = [(citizen, str(uuid.uuid4())) for citizen in citizens]
            sent = [
                pool.submit(citizen.post, id=turn, text=QUESTIONS[round_ % len(QUESTIONS)])
                for citizen, turn in turns
                for _ in range(2)
            ]
            answers = [each.result() for each in sent]
            assert [answer.status_code for answer in answers] == [200] * 16
            for one, other in zip(answers[::2], answers[1::2], strict=True):
                assert one.json() == other.json()
    # Both had work to do.
    now = [sum(worker.cpu_times()[:2]) for worker in _workers(deployment)]
    assert len(now) == 2 and all(after - start > 0.2 for after, start in zip(now, before, strict=True))
    with sqlite3.connect(folder / "conversations.db") as stored:
        (count,) = stored.execute("SELECT count(*) FROM events WHERE type_name = 'user'").fetchone()
    assert count == 8 * 15


def test_a_request_goes_on_where_the_worker_that_took_it_is_killed(deployment: Deployment) -> None:
    citizen = Citizen(deployment.chat)
    for line in RECORDING[:5]:
        citizen.says(line)
    killed = _workers(deployment)
    for worker in killed:
        os.kill(worker.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    for line in RECORDING[5:]:
        while True:
            try:
                citizen.says(line)
                break
            except (requests.ConnectionError, AssertionError):
                # Refused until a worker is there again; nothing was half done.
                assert time.monotonic() < deadline
                time.sleep(0.2)
    assert citizen.asking == "review", citizen.messages
    citizen.presses("Ja, send")
    assert citizen.receipt["reference"]
    assert len(_workers(deployment)) == 2 and not {one.pid for one in killed} & {o.pid for o in _workers(deployment)}


def test_all_processes_stop_together(deployment: Deployment) -> None:
    status, seconds, left = deployment.stop()
    assert status == 0 and seconds < 15 and not left
