"""Reads the stored conversations; never writes."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from workbench.shared.stored_conversations import NoConversations, reading

Event = dict[str, Any]
# The needed columns of Rasa's SQL tracker store, since importing Rasa takes seconds.
_EVENTS = sa.table("events", sa.column("id"), sa.column("sender_id"), sa.column("timestamp"), sa.column("data"))


def conversations(database: str, since: float) -> Iterator[list[Event]]:
    """The events, oldest first, of each conversation active since a time (seconds since 1970), without its id.

    `database`: Settings.database("conversations"). Raises NoConversations when there is no store.
    """
    engine = reading(database)
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
