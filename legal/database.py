"""Opens a database so that what is committed stays committed, SQLite and PostgreSQL alike."""

import logging
import sqlite3
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url

from common.private import keep_private

_BUSY_SECONDS = 5.0
_TABLES_LOCK = 7_202_611
_MIGRATIONS = Path(__file__).with_name("migrations")
# Alembic keeps the migration at hand in module variables.
_one_at_a_time = threading.Lock()

logging.getLogger("alembic").setLevel(logging.WARNING)


def _prepare_sqlite(busy_seconds: float, connection: Any, _record: Any) -> None:
    # None: the driver opens no transactions of its own, `_begin` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            # The change to WAL does not wait for other processes that make it at the same moment.
            cursor.execute("PRAGMA journal_mode=WAL")
            break
        except connection.OperationalError as error:
            # Only for that: a full disk does not get better by waiting, and a citizen waits for the answer.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # What is deleted is overwritten, not just marked as free.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin(connection: Any) -> None:
    # IMMEDIATE: whoever is to write waits at the start, instead of failing in the middle.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def connect(url: str, busy_seconds: float = _BUSY_SECONDS) -> Any:
    """An SQLAlchemy engine for a database address. An SQLite file and its folder are the owner's alone.

    A transaction waits `busy_seconds` for those of others in an SQLite file, then it fails.
    Values never stand in error messages (`hide_parameters`): they are personal data.
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
    """Brings a database up to date, all or nothing, whatever it holds today; several processes may do so at once.

    `to`: as far as this migration.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(_MIGRATIONS / which).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    with _one_at_a_time, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TABLES_LOCK})
        config.attributes.update(connection=connection, version_table=f"{which}_version")
        command.upgrade(config, to)


def scrub(engine: Any) -> None:
    """Empties SQLite's write-ahead log, where deleted content lives on for a while; PostgreSQL sees to its own."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
