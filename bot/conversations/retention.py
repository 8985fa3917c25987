"""Erases expired conversations, and the files that `script/bot log` made of them."""

import asyncio
import time

import sqlalchemy as sa
from sanic.log import logger
from sqlalchemy.engine import Connection

from bot.citizen_files import DAY_SECONDS, erase_old
from bot.conversations.store import Conversations, erase
from bot.conversations.tables import CONVERSATIONS
from common.databases import empty_log
from common.settings import Settings

_HOUR_SECONDS = 3600
# Erased in one transaction, for which turns on SQLite wait; and the pause after it, in which they go on.
_AT_ONCE = 2
_PAUSE_SECONDS = 0.02
_CLEANING_LOCK = 7_202_612
# From one conversation's events to the next one's by the index: there are many events to a conversation.
_WITHOUT_ROW = sa.text("""
    WITH RECURSIVE each (whose) AS (
        SELECT min(sender_id) FROM events
        UNION ALL SELECT (SELECT min(sender_id) FROM events WHERE sender_id > each.whose) FROM each
        WHERE each.whose IS NOT NULL
    )
    SELECT whose FROM each WHERE whose IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM chat_conversations WHERE conversation = each.whose)
""")


async def keep_cleaning(store: Conversations, config: Settings) -> None:
    """Erases every hour for as long as the server runs; a first time at once."""
    while True:
        try:
            await clean(store, config, time.time())
        except Exception as error:
            # Tried again in an hour, when the database may be back.
            logger.error("Old conversations could not be erased: %s", type(error).__name__)
        await asyncio.to_thread(erase_old, config.data_dir / "citizens", config.conversation_days, time.time())
        await asyncio.sleep(_HOUR_SECONDS)


async def clean(store: Conversations, config: Settings, now: float) -> int:
    """Erases old conversations, a few at a time; returns how many. On PostgreSQL one server at a time does it.

    CONVERSATION_DAYS after the last message, or UNFINISHED_HOURS where a request was not sent. `now`: Unix time.
    """
    oldest = now - config.conversation_days * DAY_SECONDS
    oldest_unsent = max(oldest, now - config.unfinished_hours * _HOUR_SECONDS)
    erased = 0
    while count := await asyncio.to_thread(_erase_some, store, oldest, oldest_unsent):
        erased += count
        await asyncio.sleep(_PAUSE_SECONDS)
    if erased:
        await asyncio.to_thread(empty_log, store.engine)
    for conversation in await asyncio.to_thread(_without_row, store):
        # Saving what is loaded gives it a row; it is erased when that is due.
        await store.save(await store.load(conversation))
    return erased


def _without_row(store: Conversations) -> list[str]:
    """The conversations that a server of an older version has begun; on SQLite there is none."""
    if store.engine.dialect.name == "sqlite":
        return []
    with store.engine.connect() as connection:
        return list(connection.scalars(_WITHOUT_ROW))


def _erase_some(store: Conversations, oldest: float, oldest_unsent: float) -> int:
    """Erases some that were active before these times, and returns how many; none while another server does."""
    with store.writing() as connection:
        if not _alone(connection):
            return 0
        due: list[str] = []
        for unsent, before in ((True, oldest_unsent), (False, oldest)):
            old = sa.and_(CONVERSATIONS.c.unsent == sa.literal(unsent), CONVERSATIONS.c.active_at < before)
            due += connection.scalars(sa.select(CONVERSATIONS.c.conversation).where(old).limit(_AT_ONCE - len(due)))
        if due:
            erase(connection, due)
        return len(due)


def _alone(connection: Connection) -> bool:
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(sa.text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _CLEANING_LOCK}))
