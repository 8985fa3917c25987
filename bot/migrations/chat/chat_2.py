"""The responses that were published, newest last."""

import sqlalchemy as sa
from alembic import op

revision = "chat_2"
down_revision = "chat_1"


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "chat_published",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("why", sa.String(500), nullable=False),
        sa.Column("again", sa.Integer, nullable=True),
        sa.Column("names", sa.String(16), nullable=False, index=True),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("responses", sa.Text, nullable=False),
    )
