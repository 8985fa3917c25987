"""The stores that the settings ask for: of conversations, in SQLite or PostgreSQL, and of their locks."""

from rasa.core.lock_store import LockStore

from bot.conversations.locks import DatabaseLocks, FileLocks, LocalLocks
from bot.conversations.store import Conversations
from common.databases import keep_private
from common.settings import Settings


def tracker_store(settings: Settings) -> Conversations:
    """The store of conversations in DATABASE_URL, or in an SQLite file in the data folder."""
    keep_private(settings.database("conversations"))
    return Conversations(settings.database("conversations"))


def lock_store(settings: Settings) -> LockStore:
    """The locks of conversations: of all servers with DATABASE_URL, else of this server's workers."""
    if settings.database_url:
        return DatabaseLocks(settings.database_url)
    return FileLocks(settings.data_dir / "conversations.lock") if settings.rasa_workers > 1 else LocalLocks()
