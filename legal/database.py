"""Opens databases durably, SQLite and PostgreSQL alike, and migrates them."""

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
    databases.prepare_sqlite(connection, busy_seconds)
    connection.execute("PRAGMA foreign_keys=ON")


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
