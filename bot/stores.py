"""Bot room: where conversations and their locks are kept: SQLite and memory, or PostgreSQL and Redis."""

from pathlib import Path
from urllib.parse import urlsplit

from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.engine import make_url

from common import private
from common.settings import Settings


def tracker_store(settings: Settings) -> SQLTrackerStore:
    """Rasa's SQL store, in DATABASE_URL or in an SQLite file under the data folder."""
    keep_private(settings.database("conversations"))
    # Rasa's store takes a whole address as its host.
    return SQLTrackerStore(Domain.empty(), host=settings.database("conversations"))


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


def forget(store: TrackerStore, conversation: str) -> None:
    """Erases a conversation with everything in it. Rasa's stores have no word for this."""
    inner = getattr(store, "_tracker_store", store)
    if isinstance(inner, SQLTrackerStore):
        with inner.session_scope() as session:
            session.query(SQLTrackerStore.SQLEvent).filter_by(sender_id=conversation).delete()
            session.commit()
    elif isinstance(inner, InMemoryTrackerStore):
        inner.store.pop(conversation, None)
    else:
        raise TypeError(f"conversations in {type(inner).__name__} cannot be erased; use the SQL store")
