"""Sample requests, an outbox, a running inbox, and the services as processes."""

import contextlib
import copy
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from common.settings import Settings, read_settings
from legal.inbox import password
from legal.inbox.app import create_app
from legal.inbox.server import InboxServer
from legal.inbox.store import InboxStore
from legal.outbox import Outbox
from legal.reference import display, new_reference
from tests.unit.legal.browser import PASSWORD
from tests.unit.legal.processes import Process, free_port

Json = dict[str, Any]

_MEETING = {
    "department": "jobcenter",
    "department_text": "jobcentret på Finsensvej",
    "kind": "in_person",
    "date": "2026-12-03",
    "time": "14:30",
    "recurrence": None,
}
_DRAFTS: dict[str, Json] = {
    "recording": {
        "meetings": [_MEETING],
        "recording": {
            "medium": "audio",
            "grounds": ["communication_impairment", "memory"],
            "explanation": "Jeg hører dårligt.\nEfter en blodprop glemmer jeg, hvad vi aftaler.",
            "support_person_possible": "no",
            "support_person_text": None,
            "purpose": "private",
            "terms": {"text_version": "2026-12", "accepted_at": "2026-12-01T09:59:00+01:00"},
        },
    },
    "notes": {
        "meetings": [_MEETING | {"date": None, "time": None}],
        "notes": {"wanted": "Referatet fra mødet i tirsdags"},
    },
    "question": {"question": {"text": "Hvad gør jeg, hvis I siger nej?"}},
}


@pytest.fixture
def draft() -> Callable[..., Json]:
    """Makes a payload as the action server stores it: without id, reference and time; of version 2 or 1."""

    def make(kind: str = "recording", version: int = 2) -> Json:
        whole = {
            "schema": "legal-request/2",
            "type": kind,
            "applicant": {"name": "Anne-Marie Ørsted Ng", "email": "anne-marie@example.dk", "phone": "+4538214236"},
            "behalf": None,
            "meetings": [],
            "recording": None,
            "notes": None,
            "question": None,
            "remarks": None,
            "assistant": {"version": "0.1.0", "conversation": "c-7f3a"},
        }
        made = copy.deepcopy(whole | _DRAFTS[kind])
        return made if version == 2 else _first_version(made)

    return make


def _first_version(made: Json) -> Json:
    """The request in version 1."""
    del made["behalf"], made["remarks"]
    if made["recording"]:
        del made["recording"]["support_person_text"]
    meetings = made.pop("meetings")
    for meeting in meetings:
        del meeting["recurrence"]
    return made | {"schema": "legal-request/1", "meeting": meetings[0] if meetings else None}


@pytest.fixture
def payload(draft: Callable[..., Json]) -> Callable[..., Json]:
    """Makes a complete payload, as it is sent."""

    def make(kind: str = "recording", version: int = 2) -> Json:
        return draft(kind, version) | {
            "id": "01936f2e-7c00-7abc-8def-0123456789ab",
            "reference": display(new_reference()),
            "submitted_at": "2026-12-01T10:00:00+01:00",
        }

    return make


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., Settings]:
    """Makes settings with a data folder of the test's own, from environment variables."""

    def make(**env: str) -> Settings:
        return read_settings({"DATA_DIR": str(tmp_path)} | env)

    return make


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """An empty outbox in an SQLite file."""
    box = Outbox(f"sqlite:///{tmp_path / 'outbox.db'}")
    yield box
    box.close()


@dataclass
class RunningInbox:
    """An inbox served on a free port; `settings` are those of a sender to it."""

    url: str
    store: InboxStore
    settings: Settings
    password: str = PASSWORD


@pytest.fixture
def light_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes passwords at the least cost, which is a sixth of a second of a core otherwise, three times a test."""
    monkeypatch.setattr(password, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def inbox(
    tmp_path: Path, config: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, light_passwords: None
) -> Iterator[Callable[..., RunningInbox]]:
    """Starts an inbox with its real server."""
    servers: list[InboxServer] = []
    monkeypatch.setenv("INBOX_PASSWORD", PASSWORD)

    def start(**env: str) -> RunningInbox:
        store = InboxStore(f"sqlite:///{tmp_path / 'inbox.db'}")
        password.prepare_password(store)
        server = InboxServer(create_app(store, config(**env)), "127.0.0.1", 0, config(**env).inbox_https)
        url = f"http://127.0.0.1:{server.port}"

        def serve() -> None:
            # Closing the server closes the sockets that its loop still uses.
            with contextlib.suppress(OSError):
                server.run()

        threading.Thread(target=serve, daemon=True).start()
        servers.append(server)
        return RunningInbox(url, store, config(LEGAL_API_URL=f"{url}/requests", **env))

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    running: list[Process] = []

    def run(module: str, **env: str) -> Process:
        log = tmp_path / f"{module}-{len(running)}.log"
        running.append(Process(module, log, **{"DATA_DIR": str(tmp_path / "data")} | env))
        return running[-1]

    yield run
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.fixture
def port() -> int:
    return free_port()
