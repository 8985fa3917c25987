"""The stores that the settings ask for: of conversations, in SQLite or PostgreSQL, and of their locks."""

from rasa.core.lock_store import LockStore

from bot.conversations.locks import LocalLocks, SharedLocks
from bot.conversations.store import Conversations
from common.databases import keep_private
from common.settings import Settings


def tracker_store(settings: Settings) -> Conversations:
    """The store of conversations in DATABASE_URL, or in an SQLite file in the data folder."""
    keep_private(settings.database("conversations"))
    return Conversations(settings.database("conversations"))


def lock_store(settings: Settings) -> LockStore:
    """The locks of conversations: PostgreSQL's with DATABASE_URL, for several servers; else this process's."""
    return SharedLocks(settings.database_url) if settings.database_url else LocalLocks()
