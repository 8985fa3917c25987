"""Erases what citizens wrote when the privacy notice says so: conversations, and files that were made of them."""

import asyncio
import json
import time

import sqlalchemy as sa
from rasa.shared.core.events import SlotSet
from sanic.log import logger

from bot.citizen_files import erase_old
from bot.stores import Conversations
from common.settings import Settings

_EVERY_SECONDS = 3600
_DAY, _HOUR = 86400, 3600
# Slots that hold something while a request is not sent.
_UNSENT = ("request_draft", "request_left_unsent", "request_waiting")


async def keep_cleaning(store: Conversations, config: Settings) -> None:
    """Cleans now and then every hour, for as long as the server runs."""
    while True:
        try:
            await clean(store, config, time.time())
        except Exception as error:
            # A database that is away for a while must not end the cleaning for good.
            logger.error("Old conversations could not be erased: %s", type(error).__name__)
        await asyncio.to_thread(erase_old, config.data_dir / "citizens", config.conversation_days, time.time())
        await asyncio.sleep(_EVERY_SECONDS)


async def clean(store: Conversations, config: Settings, now: float) -> int:
    """Erases conversations that are too old, and those whose request was left or stopped unsent; returns how many."""
    active, unsent = await asyncio.to_thread(_last_active, store), await asyncio.to_thread(_with_unsent, store)
    oldest = now - config.conversation_days * _DAY
    oldest_unsent = max(oldest, now - config.unfinished_hours * _HOUR)
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
    """The conversations in which a request was begun and not sent: left as it was, stopped, or begun anew."""
    event = store.SQLEvent
    # Rasa's store writes a slot's name where it writes an action's. To load every conversation would take minutes.
    slots = sa.and_(event.type_name == SlotSet.type_name, event.action_name.in_(_UNSENT))
    with store.session_scope() as session:
        latest = session.query(sa.func.max(event.id)).filter(slots).group_by(event.sender_id, event.action_name)
        rows = session.query(event.sender_id, event.data).filter(event.id.in_(latest)).all()
    return {row.sender_id for row in rows if json.loads(row.data)["value"]}
