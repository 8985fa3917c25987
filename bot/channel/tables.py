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

PUBLISHED = sa.Table(
    "chat_published",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("who", sa.String(40), nullable=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("why", sa.String(500), nullable=False),
    # Of an undoing and of a start: the row whose responses it repeats.
    sa.Column("again", sa.Integer, nullable=True),
    # Digests (bot/responses.py) of the responses' names and of all that they hold.
    sa.Column("names", sa.String(16), nullable=False, index=True),
    sa.Column("digest", sa.String(16), nullable=False),
    # How many times a server has begun to use the row.
    sa.Column("used", sa.Integer, nullable=False),
    # JSON; last, because SQLite reads a row from its beginning.
    sa.Column("responses", sa.Text, nullable=False),
)
