"""Reads the stored conversations; never writes."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

Event = dict[str, Any]
_SQLITE = "sqlite:///"
# The needed columns of Rasa's SQL tracker store, since importing Rasa takes seconds.
_EVENTS = sa.table("events", sa.column("id"), sa.column("sender_id"), sa.column("timestamp"), sa.column("data"))


class NoConversations(RuntimeError):
    """Nothing has been stored yet: no file or no table."""


def conversations(database: str, since: float) -> Iterator[list[Event]]:
    """The events, oldest first, of each conversation active since a time (seconds since 1970), without its id.

    `database`: Settings.database("conversations"). Raises NoConversations when there is no store.
    """
    engine = _reading(database)
    try:
        if not sa.inspect(engine).has_table("events"):
            raise NoConversations("there is no table of events")
        recent = sa.select(_EVENTS.c.sender_id).where(_EVENTS.c.timestamp >= since)
        rows = (
            sa.select(_EVENTS.c.sender_id, _EVENTS.c.data)
            .where(_EVENTS.c.sender_id.in_(recent))
            .order_by(_EVENTS.c.sender_id, _EVENTS.c.timestamp, _EVENTS.c.id)
        )
        with engine.connect() as connection:
            found = connection.execution_options(yield_per=2000).execute(rows)
            for _, own in groupby(found, key=lambda row: row.sender_id):
                yield [json.loads(row.data) for row in own]
    finally:
        engine.dispose()


def _reading(database: str) -> sa.engine.Engine:
    if not database.startswith(_SQLITE):
        return sa.create_engine(database, execution_options={"postgresql_readonly": True})
    file = Path(database.removeprefix(_SQLITE))
    if not file.is_file():
        raise NoConversations(f"{file.name} is missing")
    return sa.create_engine(f"{_SQLITE}file:{quote(str(file))}?mode=ro&uri=true")
