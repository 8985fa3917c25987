"""The inbox's first tables; does nothing if they are older than the migrations."""

import sqlalchemy as sa
from alembic import op

revision = "inbox_1"
down_revision = None


def upgrade() -> None:
    """Creates requests and the login's values."""
    if sa.inspect(op.get_bind()).has_table("inbox_requests"):
        return
    op.create_table(
        "inbox_requests",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("reference", sa.String(9), nullable=False, index=True),
        sa.Column("received_at", sa.String(40), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "inbox_kept",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
