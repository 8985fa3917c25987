"""Erases what citizens wrote when the privacy notice says so: conversations, and files that were made of them."""

import asyncio
import time

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sanic.log import logger

from bot.log.keeping import erase_old
from bot.stores import forget
from common.settings import Settings

_EVERY_SECONDS = 3600
_DAY, _HOUR = 86400, 3600


async def keep_cleaning(store: SQLTrackerStore, config: Settings) -> None:
    """Cleans now and then every hour, for as long as the server runs."""
    while True:
        try:
            await clean(store, config, time.time())
        except Exception as error:
            # A database that is away for a while must not end the cleaning for good.
            logger.error("Old conversations could not be erased: %s", type(error).__name__)
        await asyncio.to_thread(erase_old, config.data_dir / "citizens", config.conversation_days, time.time())
        await asyncio.sleep(_EVERY_SECONDS)


async def clean(store: SQLTrackerStore, config: Settings, now: float) -> int:
    """Erases conversations that are too old, and those whose request was left or stopped unsent; returns how many."""
    erased = 0
    for conversation, last in await asyncio.to_thread(_last_active, store):
        too_old = last < now - config.conversation_days * _DAY
        if too_old or (last < now - config.unfinished_hours * _HOUR and await _has_unsent(store, conversation)):
            await asyncio.to_thread(forget, store, conversation)
            erased += 1
    return erased


def _last_active(store: SQLTrackerStore) -> list[tuple[str, float]]:
    event = SQLTrackerStore.SQLEvent
    with store.session_scope() as session:
        return list(session.query(event.sender_id, sa.func.max(event.timestamp)).group_by(event.sender_id))


async def _has_unsent(store: SQLTrackerStore, conversation: str) -> bool:
    """Whether a request was begun and not sent: left as it was, stopped, or begun anew."""
    tracker = await store.retrieve(conversation)
    return bool(tracker and any(tracker.get_slot(slot) for slot in ("request_draft", "request_left_unsent")))
