"""The chat's own tables. bot/migrations/chat creates them; a test checks that both agree."""

from pathlib import Path

import sqlalchemy as sa

MIGRATIONS = Path(__file__).parents[1] / "migrations" / "chat"
METADATA = sa.MetaData()

SESSIONS = sa.Table(
    "chat_sessions",
    METADATA,
    # A digest, so that the database does not contain tokens.
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.String(64), nullable=False, index=True),
    sa.Column("opened_at", sa.Float, nullable=False),
)

ANNOUNCEMENTS = sa.Table(
    "chat_announcements",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("who", sa.String(40), nullable=False),
    sa.Column("what", sa.String(20), nullable=False, index=True),
    sa.Column("text", sa.String(500), nullable=False),
)
