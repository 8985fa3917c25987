"""Opens databases durably, SQLite and PostgreSQL alike, and migrates them."""

import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url

from common import databases
from common.private import keep_private

_BUSY_SECONDS = 5.0
_MIGRATIONS = Path(__file__).with_name("migrations")


def _prepare_sqlite(busy_seconds: float, connection: Any, _record: Any) -> None:
    # None: `_begin` opens transactions, not the driver.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            # busy_timeout does not cover a change to WAL by several processes at once.
            cursor.execute("PRAGMA journal_mode=WAL")
            break
        except connection.OperationalError as error:
            # Other errors, such as a full disk, do not go away by waiting, and a citizen waits.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # Deleted personal data is overwritten, not just marked as free.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin(connection: Any) -> None:
    # IMMEDIATE: a writer waits at the start instead of failing midway.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def connect(url: str, busy_seconds: float = _BUSY_SECONDS) -> Any:
    """An SQLAlchemy engine for a database address; an SQLite file and its folder are readable by the owner only.

    An SQLite transaction waits `busy_seconds` for others, then fails. Errors show no values (`hide_parameters`):
    they are personal data.
    """
    place = make_url(url)
    if place.get_backend_name() != "sqlite":
        return create_engine(url, future=True, hide_parameters=True, pool_pre_ping=True)
    keep_private(Path(str(place.database)))
    engine = create_engine(url, future=True, hide_parameters=True)
    event.listen(engine, "connect", partial(_prepare_sqlite, busy_seconds))
    event.listen(engine, "begin", _begin)
    return engine


def migrate(engine: Any, which: Literal["outbox", "inbox"], to: str = "head") -> None:
    """Migrates a database to `to`, all or nothing; safe from several processes at once."""
    databases.migrate(engine, _MIGRATIONS / which, to)


def scrub(engine: Any) -> None:
    """Empties SQLite's write-ahead log, which may still hold deleted content; nothing to do for PostgreSQL."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
