"""Only their owner on the machine can read the conversation files."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import stores
from common import private
from common.databases import keep_private
from common.settings import read_settings


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    """Sets a umask of 0: new files are readable by all unless the code prevents it."""
    before = os.umask(0)
    yield
    os.umask(before)


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_conversations_are_their_owners_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = read_settings({"DATA_DIR": str(tmp_path / "data")})
    file, opened = tmp_path / "data" / "conversations.db", []
    monkeypatch.setattr(stores, "Conversations", lambda _: opened.append((file.stat().st_size, _mode(file))))
    stores.tracker_store(config)
    assert opened == [(0, 0o600)]


def test_the_store_opens_the_created_database(tmp_path: Path) -> None:
    config = read_settings({"DATA_DIR": str(tmp_path)})
    for _ in "once", "again":
        stores.tracker_store(config).engine.dispose()
    assert _mode(tmp_path / "conversations.db") == 0o600
    with sqlite3.connect(tmp_path / "conversations.db") as file:
        assert file.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_files_readable_by_all_become_private(tmp_path: Path) -> None:
    file = tmp_path / "chat.db"
    parts = [file, *(tmp_path / f"chat.db{ending}" for ending in ("-wal", "-shm", "-journal"))]
    for part in parts:
        part.write_text("før")
        part.chmod(0o644)
    other = tmp_path / "chat.dbx"
    other.touch(0o644)
    keep_private(f"sqlite:///{file}")
    assert [_mode(part) for part in parts] == [0o600] * 4
    assert [part.read_text() for part in parts] == ["før"] * 4 and _mode(other) == 0o644


def test_a_database_behind_a_symlink_becomes_private(tmp_path: Path) -> None:
    real, link = tmp_path / "real.db", tmp_path / "link.db"
    link.symlink_to(real)
    keep_private(f"sqlite:///{link}")
    assert _mode(real) == 0o600


def test_a_created_folder_is_private(tmp_path: Path) -> None:
    keep_private(f"sqlite:///{tmp_path}/data/chat.db")
    assert _mode(tmp_path / "data") == 0o700


def test_failing_to_change_permissions_does_not_stop_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "chat.db"
    file.touch(0o644)

    def refuse(*_: Any) -> None:
        raise PermissionError

    said: list[Any] = []
    monkeypatch.setattr(Path, "chmod", refuse)
    monkeypatch.setattr(private.log, "warning", lambda *words: said.append(words))
    keep_private(f"sqlite:///{file}")
    assert len(said) == 1 and said[0][1] == file


def test_another_kind_of_database_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep_private("postgresql://somebody@127.0.0.1/conversations")
    assert list(tmp_path.iterdir()) == []
