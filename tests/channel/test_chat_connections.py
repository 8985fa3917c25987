"""Slow, idle and many connections: others are served, and each is closed in time."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sanic import Sanic

from common.settings import settings
from tests.system.deployment import free_port

ALLOWED, SECONDS = 5, 1
HEALTH = b"GET /webhooks/chat/ HTTP/1.1\r\nHost: x\r\n\r\n"
TURN = b"POST /webhooks/chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n"
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Open = Callable[..., Awaitable[Line]]


@asynccontextmanager
async def _serving(folder: Path) -> AsyncIterator[Open]:
    """Runs the real server without a model; yields a function that opens connections to it."""
    from bot.library_logs import silence_libraries

    silence_libraries()
    from bot import server
    from bot.connections import Connection

    port = free_port()
    app = server.build(settings(), folder / "no-model.tar.gz")
    # Sanic's touchup rewrites its classes, which works for one application a process only.
    app.config.TOUCHUP = False
    line = await app.create_server("127.0.0.1", port, protocol=Connection, return_asyncio_server=True, access_log=False)
    assert line
    await line.startup()
    await line.start_serving()

    async def opened(address: str = "127.0.0.1") -> Line:
        return await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))

    try:
        yield opened
    finally:
        line.close()
        Sanic.unregister_app(app)


def _run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Open], Awaitable[None]], proxies: int = 0
) -> None:
    monkeypatch.setattr("bot.connections._CONNECTIONS_PER_ADDRESS", ALLOWED)
    for name in ("_REQUEST_SECONDS", "_IDLE_SECONDS"):
        monkeypatch.setattr(f"bot.connections.{name}", SECONDS)
    for name, value in (("DATA_DIR", str(tmp_path)), ("PROXIES", str(proxies))):
        monkeypatch.setenv(name, value)
    settings.cache_clear()

    async def served() -> None:
        async with _serving(tmp_path) as opened:
            await act(opened)

    try:
        asyncio.run(served())
    finally:
        settings.cache_clear()


async def _answered(line: Line, request: bytes = HEALTH) -> bytes:
    """The status line of a response; empty where the connection is closed instead."""
    reader, writer = line
    try:
        writer.write(request)
        async with asyncio.timeout(10):
            return (await reader.read(12))[9:]
    except ConnectionError:
        return b""


async def _dripping(line: Line, begin: bytes) -> tuple[float, bytes]:
    """Sends a byte repeatedly; returns the seconds until the connection is closed, and the response."""
    reader, writer = line
    writer.write(begin)
    began, said = time.monotonic(), b""

    async def drip() -> None:
        while True:
            await asyncio.sleep(0.1)
            writer.write(b"x")

    dripping = asyncio.create_task(drip())
    try:
        async with asyncio.timeout(15):
            while more := await reader.read(4096):
                said += more
    except ConnectionError:
        pass
    finally:
        dripping.cancel()
    return time.monotonic() - began, said


@pytest.mark.parametrize("begin", [b"", TURN + b"X: ", TURN + b"\r\n"], ids=["line", "header", "body"])
def test_who_sends_a_byte_at_a_time_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begin: bytes
) -> None:
    async def act(opened: Open) -> None:
        seconds, said = await _dripping(await opened(), begin)
        assert seconds < SECONDS + 5
        assert said.startswith(b"HTTP/1.1 408") and b"Forbindelsen var for langsom" in said

    _run(tmp_path, monkeypatch, act)


def test_who_says_nothing_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def act(opened: Open) -> None:
        silent, answered = await opened(), await opened()
        assert await _answered(answered) == b"503"  # this server has no model
        async with asyncio.timeout(SECONDS + 5):
            assert await silent[0].read() == b""
            while await answered[0].read(4096):
                pass

    _run(tmp_path, monkeypatch, act)


def test_one_address_has_so_many_connections_and_others_have_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.connections._IDLE_SECONDS", 60)

    async def act(opened: Open) -> None:
        held = [await opened() for _ in range(ALLOWED)]
        assert [await _answered(line) for line in held] == [b"503"] * ALLOWED
        assert await _answered(await opened()) == b""
        assert await _answered(await opened("127.0.0.2")) == b"503"
        for _, writer in held[:2]:
            writer.close()
        await asyncio.sleep(0.2)
        assert await _answered(await opened()) == b"503", "a connection that is closed is counted on"

    _run(tmp_path, monkeypatch, act)


def test_a_proxys_connections_are_not_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def act(opened: Open) -> None:
        held = [await opened() for _ in range(ALLOWED * 3)]
        assert [await _answered(line) for line in held] == [b"503"] * len(held)

    _run(tmp_path, monkeypatch, act, proxies=1)


def test_a_thousand_requests_on_one_line_hold_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def act(opened: Open) -> None:
        many, other = await opened(), await opened("127.0.0.2")
        many[1].write(HEALTH * 1000)
        began = time.monotonic()
        assert await _answered(other) == b"503"
        assert time.monotonic() - began < 5
        many[1].close()

    _run(tmp_path, monkeypatch, act)
