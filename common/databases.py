"""Opens a database so that what is erased is gone from its file, and no error repeats what was written to it."""

import time
from typing import Any

from sqlalchemy import create_engine, event, exc
from sqlalchemy.engine import Engine

_EMPTYING_SECONDS = 2.0


def open_database(url: str, **options: Any) -> Engine:
    """An SQLAlchemy engine. `options`: what else `create_engine` shall know."""
    engine = create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _overwrite_what_is_deleted)
    return engine


def empty_log(engine: Engine) -> None:
    """Empties the write-ahead log of an SQLite file that has one: what was deleted lives on in it.

    Who reads at this moment is waited for, but not for long: then SQLAlchemy's TimeoutError.
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


def _overwrite_what_is_deleted(connection: Any, _record: Any) -> None:
    # Some builds of SQLite do so by themselves, others only mark the place as free.
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
