"""The tables of conversations. bot/migrations/conversations creates them; a test checks that both agree."""

from pathlib import Path

import sqlalchemy as sa

MIGRATIONS = Path(__file__).parents[1] / "migrations" / "conversations"
METADATA = sa.MetaData()

_TURN_OF_A_MESSAGE = sa.text("turn IS NOT NULL")
# Rasa's table, with its names. SQLite numbers rows by itself where the key is an INTEGER alone.
EVENTS = sa.Table(
    "events",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
    # The id that the page gave a message, for its event alone: a turn is stored once.
    sa.Column("turn", sa.String(255)),
    sa.Index("ix_events_conversation", "sender_id", "id"),
    sa.Index(
        "ix_events_turn",
        "sender_id",
        "turn",
        unique=True,
        sqlite_where=_TURN_OF_A_MESSAGE,
        postgresql_where=_TURN_OF_A_MESSAGE,
    ),
)

# What is needed of a whole conversation, without reading it.
CONVERSATIONS = sa.Table(
    "chat_conversations",
    METADATA,
    sa.Column("conversation", sa.String(255), primary_key=True),
    # How often it was saved: who has loaded it at another number has not all of it, and may not save.
    sa.Column("saves", sa.Integer, nullable=False),
    # The citizen's messages, and the characters in them.
    sa.Column("turns", sa.Integer, nullable=False),
    sa.Column("characters", sa.Integer, nullable=False),
    # The last event, in seconds since 1970, and whether a request was begun and not sent.
    sa.Column("active_at", sa.Float(53), nullable=False),
    sa.Column("unsent", sa.Boolean, nullable=False),
    # The last event before the window, and what stands for all events up to it (JSON); empty in a short conversation.
    sa.Column("window_after", sa.BigInteger),
    sa.Column("before_window", sa.Text),
    sa.Index("ix_chat_conversations_due", "unsent", "active_at"),
    sa.Index("ix_chat_conversations_active", "active_at", "conversation"),
)

FEEDBACK = sa.Table(
    "chat_feedback",
    METADATA,
    sa.Column("conversation", sa.String(255), primary_key=True),
    sa.Column("message", sa.String(60), primary_key=True),
    # The response that the message came from (`utter_faq_notes`); empty where it has none.
    sa.Column("answer", sa.String(200), nullable=False),
    sa.Column("helped", sa.Boolean, nullable=False),
    sa.Column("at", sa.Float(53), nullable=False),
)
