"""Delivery: the outcome of each kind of answer (request.md), pauses, retries and the circuit breaker."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from standardwebhooks import Webhook

from common.settings import Settings
from legal import schedule
from legal.delivery import attempt, post
from legal.delivery.circuit import Circuit
from legal.delivery.post import retry_after
from legal.delivery.process import Delivery
from legal.outbox import Outbox

Make = Callable[..., dict[str, Any]]
Config = Callable[..., Settings]


class Jura:
    """A receiver that answers with given bytes (None: never); `drip` sends them slowly."""

    def __init__(self) -> None:
        self.answer: bytes | None = b"HTTP/1.1 204 No Content\r\n\r\n"
        self.drip = 0.0
        self.seen: list[bytes] = []
        self._ends = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/modtag"
        threading.Thread(target=self._serve, daemon=True).start()

    def says(self, status: int, *headers: str, body: bytes = b"{}") -> None:
        """Sets the HTTP response."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
        self.answer = "\r\n".join(lines).encode() + body

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            data = b""
            while b"\r\n\r\n" not in data:
                data += connection.recv(65536)
            head, _, body = data.partition(b"\r\n\r\n")
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
            while len(body) < length:
                body += connection.recv(65536)
            self.seen.append(head + b"\r\n\r\n" + body)
            if self.answer is None:
                self._ends.wait(30)
            elif self.drip:
                for place in range(len(self.answer)):
                    if self._ends.wait(self.drip):
                        return
                    connection.sendall(self.answer[place : place + 1])
            else:
                connection.sendall(self.answer)

    def close(self) -> None:
        self._ends.set()
        self._socket.close()


@pytest.fixture
def jura() -> Iterator[Jura]:
    system = Jura()
    yield system
    system.close()


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299, 409])
def test_success_and_conflict_count_as_delivered(jura: Jura, config: Config, payload: Make, status: int) -> None:
    jura.says(status)
    outcome = post(payload(), config(LEGAL_API_URL=jura.url), 5)
    assert (outcome.kind, outcome.status) == ("delivered", status)


@pytest.mark.parametrize("status", [301, 302, 304, 307, 308, 408, 425, 429, 500, 502, 503, 504, 599])
def test_redirects_and_passing_errors_are_retried(jura: Jura, config: Config, payload: Make, status: int) -> None:
    jura.says(status, f"Location: {jura.url}/andetsteds")
    outcome = post(payload(), config(LEGAL_API_URL=jura.url), 5)
    assert (outcome.kind, outcome.status) == ("retry", status)
    assert len(jura.seen) == 1, "no redirect may be followed"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 415, 422, 451])
def test_what_will_not_be_accepted_is_refused(jura: Jura, config: Config, payload: Make, status: int) -> None:
    jura.says(status, body=b'{"error": "Anne-Marie"}')
    outcome = post(payload(), config(LEGAL_API_URL=jura.url), 5)
    assert (outcome.kind, outcome.status) == ("refused", status)
    assert "Anne-Marie" not in outcome.reason


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 20",
        b"HTTP/1.1 201 Created\r\nContent-Length: 50\r\n\r\n{",
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"220 mail.example.dk ESMTP\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00" * 40,
        b"HTTP/1.1 abc Created\r\n\r\n",
        b"HTTP/1.1 201 Created\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
    ],
    ids=["nothing", "half a line", "half a body", "half a chunk", "mail", "tls", "no number", "huge header"],
)
def test_half_an_answer_or_none_is_tried_again(jura: Jura, config: Config, payload: Make, answer: bytes) -> None:
    jura.answer = answer
    assert post(payload(), config(LEGAL_API_URL=jura.url), 5).kind == "retry"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "https://findes.ikke.invalid/x", "https://127.0.0.1:1/x"])
def test_a_refused_connection_is_retried(config: Config, payload: Make, url: str) -> None:
    outcome = post(payload(), config(LEGAL_API_URL=url), 3)
    assert (outcome.kind, outcome.status) == ("retry", None)


def test_a_system_that_hangs_holds_nobody_longer_than_the_time_given(jura: Jura, config: Config, payload: Make) -> None:
    jura.answer = None
    before = time.monotonic()
    assert post(payload(), config(LEGAL_API_URL=jura.url), 0.5).kind == "retry"
    assert time.monotonic() - before < 1


def test_a_system_that_answers_byte_by_byte_is_cut_off_in_the_time_given(
    jura: Jura, config: Config, payload: Make
) -> None:
    jura.says(201)
    jura.drip = 0.1
    before = time.monotonic()
    assert post(payload(), config(LEGAL_API_URL=jura.url), 0.5).kind == "retry"
    assert time.monotonic() - before < 1


def test_an_endless_answer_is_not_read_to_its_end(jura: Jura, config: Config, payload: Make) -> None:
    jura.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n" + b"x" * 500_000
    assert post(payload(), config(LEGAL_API_URL=jura.url), 5).kind == "delivered"


def test_a_post_is_signed_authorized_and_carries_the_requests_id(
    jura: Jura, config: Config, payload: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The receiver compares the signature with its own clock: NOW must not move it.
    monkeypatch.setenv("NOW", "2030-01-01T10:00:00+01:00")
    settings = config(LEGAL_API_URL=jura.url, LEGAL_API_TOKEN="hemmelig-noegle")
    request = payload()
    post(request, settings, 5)
    head, _, body = jura.seen[0].decode().partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    assert first.startswith("POST /modtag ")
    assert Webhook(settings.legal_webhook_secret).verify(body, headers) == request
    assert headers["webhook-id"] == request["id"]
    assert headers["authorization"] == "Bearer hemmelig-noegle"
    assert headers["content-type"] == "application/json"


def test_without_a_token_no_authorization_is_sent(
    jura: Jura, config: Config, payload: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    post(payload(), config(LEGAL_API_URL=jura.url), 5)
    assert b"authorization" not in jura.seen[0].lower()


def test_no_proxy_of_the_environment_reads_along(
    jura: Jura, config: Config, payload: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert post(payload(), config(LEGAL_API_URL=jura.url), 5).kind == "delivered"


@pytest.mark.parametrize(
    "text, seconds",
    [
        ("120", 120),
        ("0", 0),
        ("999999999", 86400),
        ("9" * 400, 86400),
        ("snart", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_seconds(text: str | None, seconds: float | None) -> None:
    read = retry_after(text)
    assert read == (None if seconds is None else pytest.approx(seconds, abs=60))


@pytest.mark.parametrize("hours, seconds", [(1, 3600), (-1, 0), (9 * 24, 86400)])
def test_retry_after_as_a_date(hours: int, seconds: float) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    assert retry_after(at) == pytest.approx(seconds, abs=60)


def test_retry_after_is_part_of_the_outcome(jura: Jura, config: Config, payload: Make) -> None:
    jura.says(503, "Retry-After: 77")
    assert post(payload(), config(LEGAL_API_URL=jura.url), 5).retry_after == 77


def test_pauses_grow_to_an_hour_with_random_spread() -> None:
    spread = {number: [schedule.pause(number, None) for _ in range(300)] for number in (1, 4, 12, 5000)}
    assert max(spread[1]) <= 10 and max(spread[4]) <= 80 and max(spread[12]) <= 3600 and max(spread[5000]) <= 3600
    assert max(spread[12]) > 1800 and min(spread[12]) < 900
    assert all(value >= 1 for values in spread.values() for value in values)
    assert schedule.pause(1, 500) >= 500


def test_an_attempt_tells_what_has_become_of_the_request(
    jura: Jura, config: Config, outbox: Outbox, draft: Make
) -> None:
    settings = config(LEGAL_API_URL=jura.url)
    for status, state in ((201, "delivered"), (503, "pending"), (422, "refused")):
        entry = outbox.store(draft(), f"o-{status}", "c")
        jura.says(status)
        assert attempt(outbox, entry.id, 5, settings) == state
        assert outbox.get(entry.id).state == state
    sent = len(jura.seen)
    assert attempt(outbox, outbox.store(draft(), "o-201", "c").id, 5, settings) == "delivered"
    assert len(jura.seen) == sent, "what Jura has is not sent again"


def test_an_attempt_skips_a_request_that_another_process_has_leased(
    jura: Jura, config: Config, outbox: Outbox, draft: Make
) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.claim_one(entry.id, 30)
    assert attempt(outbox, entry.id, 5, config(LEGAL_API_URL=jura.url)) == "pending"
    assert jura.seen == []


def test_after_five_failures_a_dead_system_gets_one_probe_a_pause_and_all_at_once_when_it_is_back(
    jura: Jura, config: Config, outbox: Outbox, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        outbox.store(draft(), f"o{number}", "c")
    wall, mono = time.time() + 11, time.monotonic()
    monkeypatch.setattr("legal.outbox.time.time", lambda: wall)
    monkeypatch.setattr("legal.delivery.circuit.time.monotonic", lambda: mono)
    delivery = Delivery(outbox, config(LEGAL_API_URL=jura.url), timeout=5)
    jura.says(500)
    steps = [delivery.step() for _ in range(8)]
    assert steps == [True] * 5 + [False] * 3
    mono += 11
    assert [delivery.step() for _ in range(3)] == [True, False, False]
    assert len(jura.seen) == 6
    jura.says(201)
    mono += 21
    assert [delivery.step() for _ in range(9)] == [True] * 8 + [False]
    assert outbox.waiting() == (0, None)


def test_a_refusal_closes_the_circuit() -> None:
    circuit = Circuit()
    for _ in range(5):
        circuit.failed(None)
    assert circuit.open and not circuit.may_try()
    circuit.answered()
    assert not circuit.open and circuit.may_try()


def test_delivery_continues_after_a_database_error(
    jura: Jura, config: Config, outbox: Outbox, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = outbox.store(draft(), "o", "c")
    wall = time.time() + 11
    monkeypatch.setattr("legal.outbox.time.time", lambda: wall)
    monkeypatch.setattr("legal.delivery.process._ERROR_PAUSE_SECONDS", 0.01)
    real, stop = outbox.claim, threading.Event()
    calls = []

    def claim(limit: int, lease: float) -> Any:
        calls.append(limit)
        if len(calls) < 3:
            raise OSError("away")
        if len(calls) > 3:
            stop.set()
        return real(limit, lease)

    monkeypatch.setattr(outbox, "claim", claim)
    Delivery(outbox, config(LEGAL_API_URL=jura.url), timeout=5).run(stop)
    assert outbox.get(entry.id).state == "delivered"
