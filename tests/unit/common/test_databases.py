"""Erased rows are gone from the database files, and errors do not repeat values."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from common.databases import empty_log, open_database

WORDS = "min nabos papegøje hedder Zebulon"


@pytest.fixture(autouse=True)
def sqlite_without_secure_delete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opens SQLite with secure_delete off, as many builds have it."""
    connect = sqlite3.dbapi2.connect

    def connect_plainly(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **kwargs)
        connection.execute("PRAGMA secure_delete=OFF")
        return connection

    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect_plainly)


@pytest.fixture
def second_connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another connection to the file in WAL mode: while it is open, the log is not emptied."""
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


def test_erased_rows_are_gone_from_the_files_of_a_closed_database(tmp_path: Path) -> None:
    _written_and_erased(tmp_path).dispose()
    assert not _on_disk(tmp_path)


def test_who_reads_for_long_holds_up_no_writing(tmp_path: Path) -> None:
    engine = _written_and_erased(tmp_path)
    with engine.connect() as reading:
        reading.exec_driver_sql("begin")
        assert not reading.execute(text("select words from said")).all()
        with engine.begin() as connection:
            connection.execute(text("insert into said (words) values ('x')"))
        assert not reading.execute(text("select words from said")).all()
    with engine.connect() as connection:
        assert connection.execute(text("select words from said")).scalar() == "x"


def test_a_connection_is_opened_once(tmp_path: Path) -> None:
    engine = _written_and_erased(tmp_path)
    opened: list[object] = []
    event.listen(engine, "connect", lambda connection, _: opened.append(connection))
    for _ in range(3):
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    assert not opened


def test_erased_rows_are_gone_from_the_write_ahead_log(tmp_path: Path, second_connection: sqlite3.Connection) -> None:
    engine = _written_and_erased(tmp_path)
    assert _on_disk(tmp_path), "there is no log to be emptied"
    empty_log(engine)
    assert not _on_disk(tmp_path)


def test_emptying_a_write_ahead_log_in_use_fails(
    tmp_path: Path, second_connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("common.databases._EMPTYING_SECONDS", 0.1)
    engine = _written_and_erased(tmp_path)
    second_connection.execute("begin")
    second_connection.execute("select count(*) from said").fetchall()
    with engine.begin() as connection:
        connection.execute(text("insert into said (words) values ('x')"))
    with pytest.raises(SQLAlchemyError):
        empty_log(engine)


def test_a_database_error_does_not_repeat_the_values(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/words.db", future=True)
    with pytest.raises(SQLAlchemyError) as error, engine.begin() as connection:
        connection.execute(text("insert into missing values (:words)"), {"words": WORDS})
    assert "missing" in str(error.value) and "Zebulon" not in str(error.value)
