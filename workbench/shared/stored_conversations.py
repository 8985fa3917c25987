"""Opens the database of conversations for reading alone, and counts whether answers helped."""

from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.feedback import Helped, counted

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
