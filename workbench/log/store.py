"""Reads the stored conversations; never writes."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.conversations.tables import CONVERSATIONS, EVENTS
from workbench.shared.stored_conversations import NoConversations, reading

Event = dict[str, Any]
_NEEDED = {EVENTS.name, CONVERSATIONS.name}


def conversations(database: str, since: float) -> Iterator[list[Event]]:
    """The events, oldest first, of each conversation active since a time (seconds since 1970), without its id.

    `database`: Settings.database("conversations"). Raises NoConversations when there is no store.
    """
    engine = reading(database)
    try:
        if not _NEEDED.issubset(sa.inspect(engine).get_table_names()):
            raise NoConversations("there are no tables of conversations")
        # In the order of the tables' indexes, so that nothing is sorted.
        rows = (
            sa.select(EVENTS.c.sender_id, EVENTS.c.data)
            .join(CONVERSATIONS, CONVERSATIONS.c.conversation == EVENTS.c.sender_id)
            .where(CONVERSATIONS.c.active_at >= since)
            .order_by(EVENTS.c.sender_id, EVENTS.c.id)
        )
        with engine.connect() as connection:
            found = connection.execution_options(yield_per=2000).execute(rows)
            for _, own in groupby(found, key=lambda row: row.sender_id):
                yield [json.loads(row.data) for row in own]
    finally:
        engine.dispose()
