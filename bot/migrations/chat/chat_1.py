"""The chat's first tables: sessions, which may be older than the migrations, and what was announced."""

import sqlalchemy as sa
from alembic import op

revision = "chat_1"
down_revision = None


def upgrade() -> None:
    """Creates the sessions where they are missing, and the announcements."""
    if not sa.inspect(op.get_bind()).has_table("chat_sessions"):
        op.create_table(
            "chat_sessions",
            sa.Column("digest", sa.String(64), primary_key=True),
            sa.Column("conversation", sa.String(64), nullable=False, index=True),
            sa.Column("opened_at", sa.Float, nullable=False),
        )
    op.create_table(
        "chat_announcements",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("what", sa.String(20), nullable=False, index=True),
        sa.Column("text", sa.String(500), nullable=False),
    )
