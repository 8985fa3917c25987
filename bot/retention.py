"""Erases expired conversations, and the files that `script/bot log` made of them."""

import asyncio
import json
import time

import sqlalchemy as sa
from rasa.shared.core.events import SlotSet
from sanic.log import logger

from bot.citizen_files import DAY_SECONDS, erase_old
from bot.stores import Conversations
from common.settings import Settings

_HOUR_SECONDS = 3600
# Slots with a value while a request is not sent.
_UNSENT_SLOTS = ("request_draft", "request_left_unsent", "request_waiting")


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
    """Erases old conversations; returns how many.

    CONVERSATION_DAYS after the last message, or UNFINISHED_HOURS where a request was not sent. `now`: Unix time.
    """
    active, unsent = await asyncio.to_thread(_last_active, store), await asyncio.to_thread(_with_unsent, store)
    oldest = now - config.conversation_days * DAY_SECONDS
    oldest_unsent = max(oldest, now - config.unfinished_hours * _HOUR_SECONDS)
    erased = 0
    for conversation, last in active:
        if last < (oldest_unsent if conversation in unsent else oldest):
            await asyncio.to_thread(store.forget, conversation)
            erased += 1
    return erased


def _last_active(store: Conversations) -> list[tuple[str, float]]:
    event = store.SQLEvent
    with store.session_scope() as session:
        return list(session.query(event.sender_id, sa.func.max(event.timestamp)).group_by(event.sender_id))


def _with_unsent(store: Conversations) -> set[str]:
    """The conversations with a request that was begun and not sent."""
    event = store.SQLEvent
    # Queried in SQL, since loading every conversation takes minutes. Rasa stores a slot's name as `action_name`.
    slots = sa.and_(event.type_name == SlotSet.type_name, event.action_name.in_(_UNSENT_SLOTS))
    with store.session_scope() as session:
        latest = session.query(sa.func.max(event.id)).filter(slots).group_by(event.sender_id, event.action_name)
        rows = session.query(event.sender_id, event.data).filter(event.id.in_(latest)).all()
    return {row.sender_id for row in rows if json.loads(row.data)["value"]}
