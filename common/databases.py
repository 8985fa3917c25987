"""Opens databases so that deleted rows leave no trace and errors do not repeat what was written; migrates them."""

import logging
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, exc, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

from common import private

_EMPTYING_SECONDS = 2.0
# For connecting, for a statement on PostgreSQL, and on SQLite for others to end writing.
_CONNECTING_SECONDS = 5
_STATEMENT_SECONDS = 10
_WAITING_SECONDS = 5
# A connection is used by one thread at a time, and not always by the same.
_SQLITE_LIMITS = {"timeout": _WAITING_SECONDS, "check_same_thread": False}
# A statement's own limit is the server's: these end a connection whose other end is gone without a word.
_POSTGRESQL_LIMITS = {
    "connect_timeout": _CONNECTING_SECONDS,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": (_STATEMENT_SECONDS + 5) * 1000,
}
_MIGRATIONS = Path(__file__).with_name("migrations")
_TABLES_LOCK = 7_202_611
# Alembic keeps the running migration in module variables.
_one_at_a_time = threading.Lock()


def open_database(url: str, **options: Any) -> Engine:
    """An SQLAlchemy engine for `url`, whose connections and statements have time limits.

    `options` are passed on to `create_engine`.
    """
    sqlite = make_url(url).get_backend_name() == "sqlite"
    options["connect_args"] = (_SQLITE_LIMITS if sqlite else _POSTGRESQL_LIMITS) | options.get("connect_args", {})
    if sqlite:
        # SQLAlchemy opens an SQLite file anew each time, and the last one to close it empties its log.
        options = {"poolclass": QueuePool} | options
    # Before it is used, a connection that the database has ended is made anew.
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, **options)
    event.listen(engine, "connect", _prepare_sqlite if sqlite else _limit_statements)
    return engine


def empty_log(engine: Engine) -> None:
    """Empties an SQLite file's write-ahead log, which still holds deleted rows.

    Waits up to two seconds for readers, then raises SQLAlchemy's TimeoutError. Does nothing for other databases.
    """
    if engine.dialect.name != "sqlite":
        return
    deadline = time.monotonic() + _EMPTYING_SECONDS
    connection = engine.raw_connection()
    try:
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > deadline:
                raise exc.TimeoutError("the write-ahead log is in use and could not be emptied")
            time.sleep(0.05)
    finally:
        connection.close()


def keep_private(url: str) -> None:
    """Makes the file of an SQLite URL, and its folder, accessible to the owner alone. Call it before opening.

    Does nothing for other databases.
    """
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        private.keep_private(Path(str(place.database)))


def migrate(engine: Engine, versions: Path, to: str = "head") -> None:
    """Migrates a database to `to`, all or nothing; safe from several processes at once.

    `versions`: the folder of the migrations; the table `<its name>_version` holds how far the database is.
    """
    # Imported here: whoever only reads a database needs no Alembic.
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    with _one_at_a_time, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # A change of a large table takes as long as it takes.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TABLES_LOCK})
        elif not connection.connection.in_transaction:
            # SQLite's driver begins a transaction at the first change of a row: too late for changes of tables.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes.update(connection=connection, version_table=f"{versions.name}_version")
        command.upgrade(config, to)


def prepare_sqlite(connection: Any, waiting_seconds: float = _WAITING_SECONDS) -> None:
    """Sets up a new connection of SQLite's driver: durable, and reading holds up no writing.

    `waiting_seconds`: how long it waits for others to end writing.
    """
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={int(waiting_seconds * 1000)}")
    deadline = time.monotonic() + waiting_seconds
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
    # Not the default in every build of SQLite: some only mark the space of what is deleted as free.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    prepare_sqlite(connection)


def _limit_statements(connection: Any, _record: Any) -> None:
    # Each connection, and not its address: an address may have options of its own, which would be lost.
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION statement_timeout = {_STATEMENT_SECONDS * 1000}")
    connection.commit()
