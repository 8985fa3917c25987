"""Only their owner can read the database files, from their creation on."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from legal import database
from legal.outbox import Outbox

Make = Callable[..., dict[str, Any]]
PARTS = ("outbox.db", "outbox.db-shm", "outbox.db-wal")


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    """Sets a umask of 0: new files are readable by all unless the code prevents it."""
    before = os.umask(0)
    yield
    os.umask(before)


def _modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("outbox.db*")}


def test_what_is_made_is_its_owners_alone(tmp_path: Path, draft: Make) -> None:
    outbox = Outbox(f"sqlite:///{tmp_path / 'data' / 'outbox.db'}")
    with outbox._engine.connect():
        assert _modes(tmp_path / "data") == dict.fromkeys(PARTS, 0o600)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_files_are_private_before_they_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outbox.db").touch(0o666)
    seen: list[dict[str, int]] = []
    monkeypatch.setattr(database, "create_engine", lambda *_, **__: seen.append(_modes(tmp_path)))
    monkeypatch.setattr(database.event, "listen", lambda *_: None)
    database.connect(f"sqlite:///{tmp_path / 'outbox.db'}")
    assert seen == [{"outbox.db": 0o600}]


def test_what_was_everybodys_is_so_no_more_while_another_has_it_open(tmp_path: Path, draft: Make) -> None:
    url = f"sqlite:///{tmp_path / 'outbox.db'}"
    outbox = Outbox(url)
    with outbox._engine.connect():
        entry = outbox.store(draft(), "o", "c")
        for file in tmp_path.glob("outbox.db*"):
            file.chmod(0o644)
        again = Outbox(url)
        assert _modes(tmp_path) == dict.fromkeys(PARTS, 0o600)
        assert again.get(entry.id) == entry
    assert outbox.get(entry.id) == entry


def test_opening_a_database_again_keeps_this_processs_locks(tmp_path: Path) -> None:
    file = tmp_path / "outbox.db"
    locked = sqlite3.connect(file, isolation_level=None)
    locked.execute("CREATE TABLE x (y)")
    locked.execute("BEGIN EXCLUSIVE")
    database.connect(f"sqlite:///{file}")
    write = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('INSERT INTO x VALUES (1)')"
    ran = subprocess.run([sys.executable, "-c", write, file], capture_output=True, check=False)
    locked.close()
    assert b"database is locked" in ran.stderr


def test_failing_to_change_permissions_does_not_refuse_a_request(
    tmp_path: Path, draft: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "outbox.db").touch(0o644)

    def refuse(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    assert Outbox(f"sqlite:///{tmp_path / 'outbox.db'}").store(draft(), "o", "c").state == "pending"
    assert "outbox.db kan læses af andre på maskinen" in caplog.text
