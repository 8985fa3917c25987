"""Fills a database with copies of a conversation, as months of use would."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from bot.conversations.tables import CONVERSATIONS, EVENTS
from common.databases import open_database
from common.settings import Settings

_DAY_SECONDS = 86_400
_AT_ONCE = 500


def fill(config: Settings, count: int, progress: Callable[[int], None]) -> int:
    """Copies the only conversation that is stored until there are `count`; returns how many of them are due.

    They are spread evenly over one day more than conversations are kept. `progress` gets how many are written.
    """
    engine = open_database(config.database("conversations"), future=True)
    now, days = time.time(), config.conversation_days + 1
    with engine.begin() as connection:
        row = dict(connection.execute(sa.select(CONVERSATIONS)).one()._mapping)
        columns = [column for column in EVENTS.c if column.name != "id"]
        events = [dict(each._mapping) for each in connection.execute(sa.select(*columns))]
    ages = [days * _DAY_SECONDS * number / count for number in range(count)]
    for first in range(0, count, _AT_ONCE):
        # `unsent` conversations are kept for hours only: these are finished.
        copies = [
            row | {"conversation": f"chat-copy-{first + number:09}", "active_at": now - age, "unsent": False}
            for number, age in enumerate(ages[first : first + _AT_ONCE])
        ]
        with engine.begin() as connection:
            connection.execute(sa.insert(CONVERSATIONS), copies)
            connection.execute(sa.insert(EVENTS), list(_events(copies, events)))
        progress(min(first + _AT_ONCE, count))
    due = due_count(engine, config, time.time())
    engine.dispose()
    return due


def due_count(engine: sa.engine.Engine, config: Settings, now: float) -> int:
    """How many stored conversations were to be erased at `now` (Unix time); more fall due all the time."""
    old = now - config.conversation_days * _DAY_SECONDS
    with engine.connect() as connection:
        return int(
            connection.scalar(
                sa.select(sa.func.count()).select_from(CONVERSATIONS).where(CONVERSATIONS.c.active_at < old)
            )
        )


def _events(copies: list[dict[str, Any]], events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for copy in copies:
        for number, event in enumerate(events):
            # An id of a turn is unique in its conversation; the events keep their order.
            yield event | {"sender_id": copy["conversation"], "timestamp": copy["active_at"] - len(events) + number}
