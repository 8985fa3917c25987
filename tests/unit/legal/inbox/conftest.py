"""An inbox that holds three requests."""

from collections.abc import Callable
from typing import Any

import pytest

from legal import labels
from tests.unit.legal.inbox.three_requests import NAMES

Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]


@pytest.fixture
def box(inbox: Start, payload: Make, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An inbox with a recording, notes and a question, received on three days."""
    monkeypatch.setattr(labels, "load_departments", lambda: dict(NAMES))
    running = inbox()
    running.content = {}
    for number, kind in enumerate(("recording", "notes", "question")):
        monkeypatch.setenv("NOW", f"2026-12-0{number + 1}T23:30:00+01:00")
        content = payload(kind) | {"id": f"01936f2e-7c00-7abc-8def-{number:012x}"}
        content["applicant"]["name"] = ("Anne-Marie Ørsted Ng", "Bo 100% Æbelø", "Cæcilie_O'Brien")[number]
        running.store.add(content)
        running.content[kind] = content
    monkeypatch.setenv("NOW", "2026-12-04T10:00:00+01:00")
    return running
