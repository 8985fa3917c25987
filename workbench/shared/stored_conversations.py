"""Opens the database of conversations for reading alone, counts whether answers helped; makes a conversation older."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.conversations.feedback import Helped, counted
from bot.conversations.tables import CONVERSATIONS, EVENTS

_SQLITE = "sqlite:///"


class NoConversations(RuntimeError):
    """Nothing has been stored yet: no file or no table."""


def reading(database: str) -> Engine:
    """An engine that cannot write; raises NoConversations where the file is missing.

    `database`: Settings.database("conversations").
    """
    if not database.startswith(_SQLITE):
        return sa.create_engine(database, execution_options={"postgresql_readonly": True})
    file = Path(database.removeprefix(_SQLITE))
    if not file.is_file():
        raise NoConversations(f"{file.name} is missing")
    return sa.create_engine(f"{_SQLITE}file:{quote(str(file))}?mode=ro&uri=true")


def backdate(engine: Engine, conversation: str, seconds: float) -> None:
    """Makes all events of a conversation older by so many seconds."""
    with engine.begin() as connection:
        for row in connection.execute(sa.select(EVENTS).where(EVENTS.c.sender_id == conversation)).all():
            (event,) = _older([json.loads(row.data)], seconds)
            older = {"timestamp": event["timestamp"], "data": json.dumps(event)}
            connection.execute(sa.update(EVENTS).where(EVENTS.c.id == row.id).values(**older))
        own = CONVERSATIONS.c.conversation == conversation
        row = connection.execute(sa.select(CONVERSATIONS).where(own)).one()
        before = json.dumps(_older(json.loads(row.before_window), seconds)) if row.before_window else None
        changed = {"active_at": row.active_at - seconds, "before_window": before}
        connection.execute(sa.update(CONVERSATIONS).where(own).values(**changed))


def _older(events: list[dict[str, Any]], seconds: float) -> list[dict[str, Any]]:
    return [event | {"timestamp": event["timestamp"] - seconds} for event in events]


def feedback(database: str, since: float = 0.0) -> list[Helped]:
    """By answer, how many it helped since a time (seconds since 1970); empty where nothing can be read."""
    try:
        engine = reading(database)
        try:
            with engine.connect() as connection:
                return counted(connection, since)
        finally:
            engine.dispose()
    except (NoConversations, SQLAlchemyError):
        return []
