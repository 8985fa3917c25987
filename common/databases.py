"""Opens databases so that deleted rows leave no trace and errors do not repeat what was written."""

import time
from typing import Any

from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import Engine

_EMPTYING_SECONDS = 2.0


def open_database(url: str, **options: Any) -> Engine:
    """An SQLAlchemy engine for `url`; `options` are passed on to `create_engine`."""
    engine = create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _overwrite_deleted)
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


def _overwrite_deleted(connection: Any, _record: Any) -> None:
    # Not the default in every build of SQLite: some only mark the space as free.
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
