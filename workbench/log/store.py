"""Reads the stored conversations; never writes."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.conversations.tables import CONVERSATIONS, EVENTS
from workbench.shared.stored_conversations import NoConversations, reading

Event = dict[str, Any]
_AT_ONCE = 50
_NEEDED = {EVENTS.name, CONVERSATIONS.name}


def conversations(database: str, since: float) -> Iterator[list[Event]]:
    """The events, oldest first, of each conversation active since a time (seconds since 1970), without its id.

    `database`: Settings.database("conversations"). Raises NoConversations when there is no store.
    """
    engine = reading(database)
    try:
        if not _NEEDED.issubset(sa.inspect(engine).get_table_names()):
            raise NoConversations("there are no tables of conversations")
        active = sa.select(CONVERSATIONS.c.conversation).where(CONVERSATIONS.c.active_at >= since)
        with engine.connect() as connection:
            found = list(connection.scalars(active.order_by(CONVERSATIONS.c.active_at, CONVERSATIONS.c.conversation)))
            # A few at a time: on SQLite nobody's turn can be saved while a statement reads.
            for start in range(0, len(found), _AT_ONCE):
                some = EVENTS.c.sender_id.in_(found[start : start + _AT_ONCE])
                rows = sa.select(EVENTS.c.sender_id, EVENTS.c.data).where(some)
                told = connection.execute(rows.order_by(EVENTS.c.sender_id, EVENTS.c.id)).all()
                for _, own in groupby(told, key=lambda row: row.sender_id):
                    yield [json.loads(row.data) for row in own]
    finally:
        engine.dispose()
