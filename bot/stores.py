"""Rasa's tracker store and lock store: SQLite and memory, or PostgreSQL and Redis."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Query, Session, sessionmaker

from bot import feedback
from bot.tracker import Tracker
from common.databases import empty_log, keep_private, migrate, open_database
from common.settings import Settings

# Cached, because Rasa searches all event classes for each stored event.
_event_class = lru_cache(maxsize=None)(Event.resolve_by_type)


class Conversations(SQLTrackerStore):
    """Rasa's SQL tracker store that runs off the event loop, loads long conversations fast and can erase them.

    Database errors are raised: an answer based on a conversation that only seems empty would be worse than none.
    """

    def __init__(self, database: str) -> None:
        """`database`: an SQLAlchemy URL. Waits until the database answers."""
        # Rasa's store takes a whole URL as its host.
        super().__init__(Domain.empty(), host=database)
        # The errors of Rasa's own engine repeat citizens' texts.
        self.engine.dispose()
        self.engine: Engine = open_database(database, **create_engine_kwargs(database))
        self.sessionmaker = sessionmaker(bind=self.engine)
        migrate(self.engine, feedback.MIGRATIONS)

    @contextmanager
    def session_scope(self) -> Iterator[Session]:
        """A database session. Rasa's version exits the process on a ValueError, which one stored value can raise."""
        with self.sessionmaker() as session:
            yield session

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Writes the new events in one transaction, in a thread."""
        await asyncio.to_thread(asyncio.run, super().save(tracker))

    def note_feedback(self, conversation: str, message: str, answer: str | None, helped: bool) -> None:
        """Keeps whether a message helped; `answer`: the response that it came from."""
        feedback.note(self.engine, conversation, message, answer, helped)

    def forget(self, conversation: str) -> None:
        """Erases a conversation and its feedback, also from SQLite's free pages and log."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=conversation).delete()
            feedback.forget(session.connection(), conversation)
            session.commit()
        empty_log(self.engine)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        # Overridden here, because both of Rasa's public methods to retrieve a conversation call it.
        return await asyncio.to_thread(self._load, sender_id)

    def _load(self, conversation: str) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            rows = self._event_query(session, conversation, True).all()
        if not rows:
            return None
        stored = [json.loads(row.data) for row in rows]
        events = [_event_class(event["event"])._from_parameters(event) for event in stored]
        return Tracker.from_events(conversation, events, self.domain.slots)

    def _event_query(self, session: Session, sender_id: str, fetch_events_from_all_sessions: bool) -> "Query[Any]":
        # All events: a conversation is one session here (domain/labels.yml). Rasa's own query is slow, because it
        # looks up the session's start for each event.
        event = self.SQLEvent
        return session.query(event.data).filter(event.sender_id == sender_id).order_by(event.id)


def tracker_store(settings: Settings) -> Conversations:
    """The tracker store in DATABASE_URL, or in an SQLite file in the data folder."""
    keep_private(settings.database("conversations"))
    return Conversations(settings.database("conversations"))


def lock_store(settings: Settings) -> LockStore:
    """The lock store: Redis with REDIS_URL, for several servers; else memory."""
    if not settings.redis_url:
        return InMemoryLockStore()
    parts = urlsplit(settings.redis_url)
    return RedisLockStore(
        host=parts.hostname or "localhost",
        port=parts.port or 6379,
        db=int(parts.path.strip("/") or 0),
        username=parts.username,
        password=parts.password,
        use_ssl=parts.scheme == "rediss",
    )
