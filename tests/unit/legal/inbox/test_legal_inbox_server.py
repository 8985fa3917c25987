"""The inbox's server: idle and slow connections do not keep others from being answered."""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from standardwebhooks import Webhook

from legal.inbox.server import InboxServer, Patience
from tests.unit.legal.browser import PASSWORD, Browser
from tests.unit.legal.processes import Process, free_port

SECRET = "whsec_ZWtzZW1wZWwtaGVtbWVsaWdoZWQtdGlsLWp1cmEtbWQ="
Make = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an inbox that runs as its own process."""
    folder, port = tmp_path_factory.mktemp("inbox"), free_port()
    env = {"DATA_DIR": str(folder / "data"), "INBOX_PORT": str(port)}
    inbox = Process("legal.inbox", folder / "inbox.log", INBOX_PASSWORD=PASSWORD, LEGAL_WEBHOOK_SECRET=SECRET, **env)
    try:
        inbox.wait_for("klar på")
        yield f"http://127.0.0.1:{port}"
    finally:
        inbox.process.kill()
        inbox.process.wait()


@pytest.fixture
def connect(running: str) -> Iterator[Callable[[int], list[socket.socket]]]:
    """Opens so many connections to the inbox, which are closed after the test."""
    place = ("127.0.0.1", int(running.rpartition(":")[2]))
    with contextlib.ExitStack() as opened:
        yield lambda count: [opened.enter_context(socket.create_connection(place, timeout=20)) for _ in range(count)]


@contextlib.contextmanager
def dripping(connections: list[socket.socket], text: bytes, seconds: float) -> Iterator[None]:
    """Sends the text to each connection, a byte every so many seconds."""
    ends = threading.Event()

    def drip() -> None:
        for byte in text:
            if ends.wait(seconds):
                return
            for one in connections:
                with contextlib.suppress(OSError):
                    one.send(bytes([byte]))

    dripper = threading.Thread(target=drip, daemon=True)
    dripper.start()
    yield
    ends.set()
    dripper.join()


def closed(connection: socket.socket) -> bool:
    """Whether the server has closed the connection without a response."""
    connection.settimeout(0.01)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def times(url: str, content: dict[str, Any]) -> dict[str, float]:
    """The response times of health, receiving, log-in and list, in seconds."""
    moment = datetime.now(UTC)
    body = json.dumps(content)
    signed = {
        "Content-Type": "application/json",
        "webhook-id": content["id"],
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(content["id"], moment, body),
    }
    browser, taken = Browser(url), {}
    asks: dict[str, Callable[[], int]] = {
        "health": lambda: requests.get(f"{url}/health", timeout=20).status_code,
        "requests": lambda: requests.post(f"{url}/requests", data=body, headers=signed, timeout=20).status_code,
        "log in": lambda: browser.log_in().status,
        "read": lambda: browser.get("/").status,
    }
    for name, ask in asks.items():
        before = time.monotonic()
        assert ask() in (200, 201, 302), name
        taken[name] = time.monotonic() - before
    return taken


@pytest.mark.parametrize(("idle", "slow"), [(300, 50), (900, 0), (0, 700)])
def test_idle_and_slow_connections_do_not_silence_it(
    running: str, connect: Callable[[int], list[socket.socket]], payload: Make, idle: int, slow: int
) -> None:
    # An id of its own: other content under a known one is refused.
    content = payload() | {"id": f"01936f2e-7c00-7abc-8def-{idle:012x}"}
    # The times without other connections: a busy machine is slower.
    alone = times(running, content)
    connect(idle)
    with dripping(connect(slow), b"POST /log-ind HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 1000, 0.2):
        time.sleep(0.5)
        for _ in range(2):
            for name, seconds in times(running, content).items():
                assert seconds < alone[name] + 1, name


def served(patience: Patience) -> Iterator[InboxServer]:
    """A server with shorter timeouts than the real one."""

    def application(environ: dict[str, Any], begin: Callable[..., Any]) -> list[bytes]:
        size = int(environ["PATH_INFO"].strip("/") or 2)
        begin("200 OK", [("Content-Length", str(size))])
        return [b"x" * size]

    server = InboxServer(application, "127.0.0.1", 0, patience=patience)

    def serve() -> None:
        with contextlib.suppress(OSError):
            server.run()

    threading.Thread(target=serve, daemon=True).start()
    yield server
    server.close()


@pytest.fixture
def short_timeouts() -> Iterator[InboxServer]:
    yield from served(Patience(first=1, kept=3, whole=2, stalled=2))


def lasts(connection: socket.socket, tick: Callable[[], object] = lambda: None) -> float:
    """The seconds until the server closes the connection."""
    begun = time.monotonic()
    while not closed(connection) and time.monotonic() - begun < 12:
        with contextlib.suppress(OSError):
            tick()
        time.sleep(0.1)
    return time.monotonic() - begun


def test_a_silent_connection_is_closed(short_timeouts: InboxServer) -> None:
    with socket.create_connection(("127.0.0.1", short_timeouts.port)) as one:
        assert 0.9 < lasts(one) < 5


def test_a_request_sent_byte_by_byte_is_closed(short_timeouts: InboxServer) -> None:
    for begun in (b"GET /", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", short_timeouts.port)) as one:
            one.sendall(begun)
            assert 1.9 < lasts(one, lambda one=one: one.send(b"a")) < 6  # type: ignore[misc]


def test_a_connection_may_be_reused_and_is_closed_when_idle(short_timeouts: InboxServer) -> None:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", short_timeouts.port, timeout=5)) as one:
        one.connect()
        connection = one.sock
        for _ in range(3):
            one.request("GET", "/")
            answer = one.getresponse()
            # A response may come in several pieces: read all of it before the next request.
            assert (answer.status, answer.read()) == (200, b"xx")
            assert one.sock is connection
            time.sleep(1.5)
        assert 0.5 < lasts(connection) < 6


def test_a_client_that_does_not_read_the_response_is_disconnected(short_timeouts: InboxServer) -> None:
    with socket.create_connection(("127.0.0.1", short_timeouts.port), timeout=20) as one:
        one.sendall(b"GET /30000000 HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(5)
        taken = 0
        with contextlib.suppress(OSError):
            while piece := one.recv(1 << 20):
                taken += len(piece)
        assert taken < 30_000_000
    with socket.create_connection(("127.0.0.1", short_timeouts.port), timeout=20) as one:
        one.sendall(b"GET /20000000 HTTP/1.1\r\nHost: x\r\n\r\n")
        taken = 0
        while taken < 20_000_000:
            taken += len(one.recv(1 << 20))


def test_urgent_tcp_data_does_not_keep_the_server_busy(
    running: str, connect: Callable[[int], list[socket.socket]]
) -> None:
    (one,) = connect(1)
    one.send(b"!", socket.MSG_OOB)
    time.sleep(1)
    assert closed(one)
    assert requests.get(f"{running}/health", timeout=5).status_code == 200


@pytest.mark.parametrize("size", [17_000, 300_000])
def test_endless_headers_are_refused(running: str, connect: Callable[[int], list[socket.socket]], size: int) -> None:
    (one,) = connect(1)
    with contextlib.suppress(OSError):
        one.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * size)
    with contextlib.suppress(OSError):
        assert one.recv(64).split()[1:2] in ([b"431"], [])
    answered = requests.get(f"{running}/health", timeout=5)
    assert answered.status_code == 200
