"""What is erased is gone from the file, and what was to be written stands in no error."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from common.databases import empty_log, open_database

WORDS = "min nabos papegøje hedder Zebulon"


@pytest.fixture(autouse=True)
def sqlite_that_only_marks_what_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many builds are so; this machine's may be another."""
    connect = sqlite3.dbapi2.connect

    def connect_plainly(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.execute("PRAGMA secure_delete=OFF")
        return connection

    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect_plainly)


@pytest.fixture
def open_too(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else with the file open, which has a write-ahead log: so long it is not emptied by itself."""
    connection = sqlite3.connect(tmp_path / "words.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("create table other (id integer)")
    yield connection
    connection.close()


def _written_and_erased(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path}/words.db", future=True)
    with engine.begin() as connection:
        connection.execute(text("create table said (id integer primary key, words text)"))
        for _ in range(300):
            connection.execute(text("insert into said (words) values (:words)"), {"words": WORDS})
    with engine.begin() as connection:
        connection.execute(text("delete from said where id > 10"))
        connection.execute(text("delete from said"))
    return engine


def _on_disk(tmp_path: Path) -> bool:
    return any(b"Zebulon" in file.read_bytes() for file in tmp_path.iterdir())


def test_what_is_erased_is_in_no_file(tmp_path: Path) -> None:
    _written_and_erased(tmp_path)
    assert not _on_disk(tmp_path)


def test_nor_in_the_write_ahead_log_of_a_file_that_has_one(tmp_path: Path, open_too: sqlite3.Connection) -> None:
    engine = _written_and_erased(tmp_path)
    assert _on_disk(tmp_path), "there is no log to be emptied"
    empty_log(engine)
    assert not _on_disk(tmp_path)


def test_a_log_that_is_in_use_is_not_said_to_be_emptied(
    tmp_path: Path, open_too: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("common.databases._EMPTYING_SECONDS", 0.1)
    engine = _written_and_erased(tmp_path)
    open_too.execute("begin")
    open_too.execute("select count(*) from said").fetchall()
    with engine.begin() as connection:
        connection.execute(text("insert into said (words) values ('x')"))
    with pytest.raises(SQLAlchemyError):
        empty_log(engine)


def test_an_error_does_not_repeat_what_was_to_be_written(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/words.db", future=True)
    with pytest.raises(SQLAlchemyError) as error, engine.begin() as connection:
        connection.execute(text("insert into missing values (:words)"), {"words": WORDS})
    assert "missing" in str(error.value) and "Zebulon" not in str(error.value)
