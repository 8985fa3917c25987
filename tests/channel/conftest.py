"""A chat server with the trained model, and a page with a conversation."""

from collections.abc import Iterator

import pytest

from bot import model
from tests.channel.server import Page, Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    try:
        model.current()
    except model.ModelMissing as missing:
        pytest.fail(str(missing))
    started = Server(tmp_path_factory.mktemp("chat"))
    try:
        started.start("actions", "bot.server")
        yield started
    finally:
        started.close()


@pytest.fixture
def page(server: Server) -> Page:
    return Page(server.chat)
