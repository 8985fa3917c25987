"""Restarts keep conversations, and while the model loads every endpoint says so."""

import asyncio
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sanic import Sanic

from common.settings import settings
from tests.channel.server import SITE, Page, Server
from tests.system.deployment import ROOT, free_port


@pytest.fixture
def restarted(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own with a low rate limit, which can be restarted."""
    own = Server(tmp_path, RATE_PER_SESSION="4/second")
    own.start()
    yield own
    own.close()


def test_a_turn_is_the_same_turn_after_a_restart(restarted: Server) -> None:
    page = Page(restarted.chat)
    asked = {"id": str(uuid.uuid4()), "text": "Må jeg tage en bisidder med?"}
    first = page.post(**asked).json()
    offered = {"id": str(uuid.uuid4()), "payload": first["messages"][-1]["buttons"][0]["payload"]}
    pressed = page.post(**offered).json()
    erased = Page(restarted.chat)
    erased.ask("DELETE", "/sessions")
    before = page.history()

    restarted.stop()
    restarted.start()

    assert page.history() == before, "the token is worth nothing after a restart, or the conversation is another"
    assert page.post(**asked).json()["messages"] == first["messages"]
    assert page.post(**offered).json() == pressed, "a button that was pressed before the restart is refused"
    assert page.history() == before, "the turn was taken again"
    assert erased.ask("GET", "/messages").status_code == 401
    assert page.says("hej")

    _comes_again_when_told(page)


def _comes_again_when_told(page: Page) -> None:
    """Checks that a refused turn is answered after waiting for Retry-After."""
    turn = {"id": str(uuid.uuid4()), "text": "Må jeg filme?"}
    time.sleep(1.1)
    answers = [page.post(id=str(uuid.uuid4()), text="") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429]
    refused = page.post(**turn)
    assert refused.status_code == 429
    time.sleep(int(refused.headers["Retry-After"]))
    assert page.post(**turn).status_code == 200 and page.said()[-1] == turn["text"]


def test_while_the_model_loads_every_endpoint_answers_503(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHAT_ORIGINS", SITE)
    settings.cache_clear()
    try:
        asyncio.run(_ask_while_loading(tmp_path))
    finally:
        settings.cache_clear()


async def _ask_while_loading(folder: Path) -> None:
    from bot.library_logs import silence_libraries

    silence_libraries()
    from bot.server import build

    port, turn = free_port(), json.dumps({"id": str(uuid.uuid4()), "text": "hej"})
    app = build(settings(), folder / "no-model.tar.gz")
    line = await app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False)
    assert line
    # Without `after_start`, which loads the model.
    await line.startup()
    await line.start_serving()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}/webhooks/chat") as browser:
        for method, path, body in (
            ("GET", "/", None),
            ("POST", "/sessions", None),
            ("POST", "/messages", turn),
            ("GET", "/messages", None),
            ("DELETE", "/sessions", None),
        ):
            headers = {"Origin": SITE, "Content-Type": "application/json", "Authorization": "Bearer x"}
            answer = await browser.request(method, path, content=body, headers=headers)
            assert answer.status_code == 503 and answer.headers["Content-Type"] == "application/json"
            error = answer.json()["error"]
            assert "ikke klar endnu" in error["message"] and "3821 4236" in error["message"]
            assert int(answer.headers["Retry-After"]) > 0 and answer.headers["Access-Control-Allow-Origin"] == SITE
    line.close()
    await line.wait_closed()
    Sanic.unregister_app(app)


def test_a_model_that_cannot_be_loaded_ends_the_server_with_a_failure(tmp_path: Path) -> None:
    broken = tmp_path / "model.tar.gz"
    broken.write_bytes(b"no archive")
    program = (
        "import sys; from pathlib import Path; from bot import model; "
        f"model.current = lambda: Path({str(broken)!r}); from bot.server import main; sys.exit(main())"
    )
    env = {**os.environ, "DATA_DIR": str(tmp_path), "RASA_PORT": str(free_port()), "NOW": ""}
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, timeout=120, check=False
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
