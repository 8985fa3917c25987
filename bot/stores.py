"""Bot room: where conversations and their locks are kept: SQLite and memory, or PostgreSQL and Redis."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from sanic.log import logger
from sqlalchemy.engine import make_url

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
    if place.get_backend_name() != "sqlite":
        return
    file = Path(str(place.database)).resolve()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # Only where there is none: to close an open database's file would end this process's locks on it.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        pass
    for path in (file.with_name(file.name + ending) for ending in ("", "-wal", "-shm", "-journal")):
        try:
            mode = path.stat().st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                path.chmod(0o600)
        except FileNotFoundError:
            pass
        except PermissionError:
            # Another user's, or a file system without rights: no reason to turn citizens away.
            logger.warning("%s can be read by others on this machine, and that cannot be changed", path)


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
