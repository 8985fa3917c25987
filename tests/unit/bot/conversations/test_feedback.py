"""Feedback is kept beside the conversation, the last word counts, and it is erased with the conversation."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel import tables
from bot.conversations import tables as conversation_tables
from bot.conversations.feedback import Helped, counted
from bot.conversations.retention import clean
from bot.conversations.store import Conversations
from bot.stores import tracker_store
from common.databases import migrate, open_database
from common.settings import read_settings


@pytest.fixture
def store(tmp_path: Path) -> Conversations:
    return tracker_store(read_settings({"DATA_DIR": str(tmp_path)}))


def said(store: Conversations) -> list[Helped]:
    with store.engine.connect() as connection:
        return counted(connection)


def test_the_last_word_about_a_message_counts(store: Conversations) -> None:
    for helped in (True, False, False):
        store.note_feedback("chat-1", "1.0", "utter_faq_notes", helped)
    store.note_feedback("chat-1", "1.1", "utter_faq_contact", True)
    store.note_feedback("chat-2", "1.0", None, True)
    assert said(store) == [Helped("utter_faq_notes", 0, 1), Helped("", 1, 0), Helped("utter_faq_contact", 1, 0)]


def test_forgetting_a_conversation_erases_its_feedback(store: Conversations, tmp_path: Path) -> None:
    for conversation in ("chat-1", "chat-2"):
        store.note_feedback(conversation, "1.0", "utter_faq_notes", True)
    store.forget("chat-1")
    assert said(store) == [Helped("utter_faq_notes", 1, 0)]
    assert b"chat-1" not in (tmp_path / "conversations.db").read_bytes()


def test_it_keeps_no_conversation_longer(store: Conversations) -> None:
    config = read_settings({"CONVERSATION_DAYS": "1"})

    async def old_and_rated() -> int:
        events = [UserUttered("hej", message_id="1", timestamp=1000.0)]
        await store.save(DialogueStateTracker.from_events("chat-1", events))
        store.note_feedback("chat-1", "1.0", "utter_faq_notes", True)
        return await clean(store, config, 1000.0 + 2 * 86400)

    assert asyncio.run(old_and_rated()) == 1 and said(store) == []


@pytest.mark.parametrize(
    ("versions", "metadata"),
    [(conversation_tables.MIGRATIONS, conversation_tables.METADATA), (tables.MIGRATIONS, tables.METADATA)],
)
def test_migrations_create_the_tables_of_the_code(versions: Path, metadata: Any, tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'x.db'}", future=True)
    migrate(engine, versions)
    migrate(engine, versions)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    # Alembic's own table is left out.
    assert [change for change in found if f"{versions.name}_version" not in str(change)] == []


def test_conversations_and_sessions_from_before_migrations_stay(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.executescript("""
            CREATE TABLE chat_sessions (digest VARCHAR(64) NOT NULL PRIMARY KEY, conversation VARCHAR(64) NOT NULL,
              opened_at FLOAT NOT NULL);
            CREATE INDEX ix_chat_sessions_conversation ON chat_sessions (conversation);
            INSERT INTO chat_sessions VALUES ('d', 'chat-1', 1.0);
        """)
    engine = open_database(f"sqlite:///{tmp_path / 'old.db'}", future=True)
    migrate(engine, tables.MIGRATIONS)
    with engine.connect() as connection:
        assert connection.execute(tables.SESSIONS.select()).all() == [("d", "chat-1", 1.0)]
        assert connection.execute(tables.ANNOUNCEMENTS.select()).all() == []
        assert connection.execute(tables.PUBLISHED.select()).all() == []
