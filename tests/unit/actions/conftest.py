"""An outbox whose receiver does not answer, and a running action server."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from action_server import ActionServer, repeated

from actions.request import sending
from common.settings import read_settings
from legal.outbox import Outbox


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    """The outbox of the actions, in a folder of its own; nobody listens at the address that it delivers to."""
    config = read_settings({"DATA_DIR": str(tmp_path), "LEGAL_API_URL": "http://127.0.0.1:9/requests"})
    box = Outbox(config.database("outbox"))
    monkeypatch.setattr(sending, "settings", lambda: config)
    for module in (
        "actions.request.sending",
        "actions.outside.status",
        "actions.outside.yes_no_stop",
        "actions.health",
    ):
        monkeypatch.setattr(f"{module}.outbox", lambda: box)
    monkeypatch.setattr(sys.modules["legal.delivery.attempt"], "settings", lambda: config)
    yield box
    box.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ActionServer]:
    """An action server; when its tests are over, its log must hold nothing of what was sent."""
    running = ActionServer(tmp_path_factory.mktemp("actions"))
    running.start()
    yield running
    running.close()
    assert not repeated(running.log()), running.log()[:5000]
