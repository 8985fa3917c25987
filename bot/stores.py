"""Where conversations and their locks are kept: SQLite and memory, or PostgreSQL and Redis."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Query, Session, sessionmaker

from common import private
from common.databases import empty_log, open_database
from common.settings import Settings

# Rasa looks through all classes for each stored event: two thirds of the time that it takes to load a conversation.
_class_of = lru_cache(maxsize=None)(Event.resolve_by_type)


class Conversations(SQLTrackerStore):
    """Rasa's SQL store: off the event loop, fast for long conversations, and with nothing left of what is erased.

    What the database cannot do raises its error: an answer from a conversation that only seems to be empty, or that
    is kept beside the database, would be worse than none.
    """

    def __init__(self, database: str) -> None:
        """`database`: an SQLAlchemy address. Waits until it answers."""
        # Rasa's store takes a whole address as its host.
        super().__init__(Domain.empty(), host=database)
        # Rasa's own engine repeats in its errors what was to be written.
        self.engine.dispose()
        self.engine: Engine = open_database(database, **create_engine_kwargs(database))
        self.sessionmaker = sessionmaker(bind=self.engine)

    @contextmanager
    def session_scope(self) -> Iterator[Session]:
        """A session. Rasa's ends the whole server at a ValueError, which a single stored value can raise."""
        with self.sessionmaker() as session:
            yield session

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Writes what is new, all or nothing. Other requests go on meanwhile."""
        await asyncio.to_thread(asyncio.run, super().save(tracker))

    def forget(self, conversation: str) -> None:
        """Erases a conversation with everything in it. Rasa's stores have no word for this."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=conversation).delete()
            session.commit()
        empty_log(self.engine)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        # What Rasa's two methods to retrieve a conversation have in common.
        return await asyncio.to_thread(self._load, sender_id)

    def _load(self, conversation: str) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            rows = self._event_query(session, conversation, True).all()
        if not rows:
            return None
        stored = [json.loads(row.data) for row in rows]
        events = [_class_of(event["event"])._from_parameters(event) for event in stored]
        return DialogueStateTracker.from_events(conversation, events, self.domain.slots)

    def _event_query(self, session: Session, sender_id: str, fetch_events_from_all_sessions: bool) -> "Query[Any]":
        # A conversation is one session here (domain/labels.yml). Rasa's query looks up its start once for each event:
        # 3 seconds at 2,500 events, three times a turn.
        event = self.SQLEvent
        return session.query(event.data).filter(event.sender_id == sender_id).order_by(event.id)


def tracker_store(settings: Settings) -> Conversations:
    """The conversations in DATABASE_URL or in an SQLite file under the data folder."""
    keep_private(settings.database("conversations"))
    return Conversations(settings.database("conversations"))


def keep_private(database: str) -> None:
    """Before an SQLite address is opened: makes its file and folder for the owner alone, and takes others' rights away.

    What SQLite puts beside the file has the file's rights. Other databases see to their own.
    """
    place = make_url(database)
    if place.get_backend_name() == "sqlite":
        private.keep_private(Path(str(place.database)))


def lock_store(settings: Settings) -> LockStore:
    """Rasa's locks: in Redis where several servers share conversations."""
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
