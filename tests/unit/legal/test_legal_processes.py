"""Delivery and inbox as processes: they start, report what prevents a start, and stop within five seconds."""

import re
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from common.settings import read_settings
from legal.delivery import attempt
from legal.outbox import Outbox
from tests.unit.legal.processes import Process

Make = Callable[..., dict[str, Any]]


def test_a_request_waits_while_jura_is_down_and_arrives_afterwards(
    start: Callable[..., Process], port: int, draft: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = {"INBOX_PORT": str(port), "INBOX_PASSWORD": "hest-sol-cykel-2026"}
    settings = read_settings({"DATA_DIR": str(tmp_path / "data")} | env)
    outbox = Outbox(settings.database("outbox"))
    entry = outbox.store(draft(), "o", "c")
    assert attempt(outbox, entry.id, 3, settings) == "pending"
    inbox, delivery = start("legal.inbox", **env), start("legal.delivery", **env)
    inbox.wait_for("klar på")
    delivery.wait_for("levering: klar")
    delivery.wait_for(f"{entry.id} delivered")
    assert outbox.get(entry.id).state == "delivered"
    assert requests.get(f"http://127.0.0.1:{port}/health", timeout=5).json() == {"status": "ok"}
    assert delivery.stop() < 5 and delivery.process.returncode == 0
    assert inbox.stop() < 5 and inbox.process.returncode == 0
    for said in (inbox.output, delivery.output):
        assert not re.search(r"Anne|Ørsted|example\.dk|38214236|dårligt|Traceback|Warning", said), said
        assert entry.reference not in said


def test_delivery_stops_within_five_seconds_while_jura_hangs(
    start: Callable[..., Process], draft: Make, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        env = {"LEGAL_API_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/x"}
        outbox = Outbox(read_settings({"DATA_DIR": str(tmp_path / "data")} | env).database("outbox"))
        entry = outbox.store(draft(), "o", "c")
        outbox.claim_one(entry.id, 0)
        delivery = start("legal.delivery", **env)
        silent.settimeout(30)
        connection, _ = silent.accept()
        with connection:
            assert delivery.stop(signal.SIGINT) < 5 and delivery.process.returncode == 0
    assert outbox.get(entry.id).state == "pending"


def test_the_inboxs_first_start_prints_the_password_once(start: Callable[..., Process], port: int) -> None:
    first = start("legal.inbox", INBOX_PORT=str(port))
    first.wait_for("klar på")
    made = re.search(r"^Adgangskode til indbakken \(vises kun nu\): (\S{20,})$", first.output, re.M)
    assert made
    form = requests.Session()
    token = re.search(r'csrf_token" value="([^"]+)"', form.get(f"http://127.0.0.1:{port}/log-ind", timeout=5).text)
    assert token
    sent = {"username": "jura", "initials": "abc", "password": made[1], "csrf_token": token[1]}
    assert form.post(f"http://127.0.0.1:{port}/log-ind", data=sent, timeout=5).url == f"http://127.0.0.1:{port}/"
    first.stop()
    second = start("legal.inbox", INBOX_PORT=str(port))
    second.wait_for("klar på")
    assert "Adgangskode" not in second.output
    # Sessions survive a restart.
    assert form.get(f"http://127.0.0.1:{port}/", timeout=5).url == f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize(
    "module, env, named",
    [
        ("legal.inbox", {"INBOX_PORT": "mange"}, "INBOX_PORT"),
        ("legal.inbox", {"INBOX_PASSWORD": "kort"}, "INBOX_PASSWORD"),
        ("legal.inbox", {"INBOX_HOST": "findes.ikke.invalid"}, "INBOX_HOST"),
        ("legal.inbox", {"DATA_DIR": "/proc/findes-ikke"}, "DATA_DIR"),
        ("legal.delivery", {"LEGAL_API_URL": "jura"}, "LEGAL_API_URL"),
        ("legal.delivery", {"LEGAL_API_URL": "http://jura.example.dk/hemmelig"}, "PLAIN_HTTP_HOSTS"),
        ("legal.inbox", {"INBOX_PROXY": "proxy"}, "INBOX_PROXY"),
        ("legal.delivery", {"LEGAL_SCHEMA": "3"}, "LEGAL_SCHEMA='3': skal være 1 eller 2"),
        ("legal.delivery", {"DATABASE_URL": "postgresql://x:hemmelig@127.0.0.1:1/x"}, "DATABASE_URL"),
        ("legal.delivery", {"DATA_DIR": "/proc/findes-ikke"}, "DATA_DIR"),
    ],
)
def test_what_prevents_a_start_is_reported_in_one_line(
    start: Callable[..., Process], module: str, env: dict[str, str], named: str
) -> None:
    process = start(module, **env)
    assert process.process.wait(30) == 2
    assert named in process.output and len(process.output.splitlines()) == 1
    assert "Traceback" not in process.output and "hemmelig" not in process.output


def test_an_occupied_port_is_reported(start: Callable[..., Process]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        process = start("legal.inbox", INBOX_PORT=str(number), INBOX_PASSWORD="hest-sol-cykel-2026")
        assert process.process.wait(30) == 2
    assert str(number) in process.output and "INBOX_PORT" in process.output
