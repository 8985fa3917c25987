"""An outbox of its own, and a Jura whose system does not answer."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.request import sending
from common.settings import read_settings
from legal.outbox import Outbox


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
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
