"""The outbox's first tables; does nothing if they are older than the migrations."""

import sqlalchemy as sa
from alembic import op

revision = "outbox_1"
down_revision = None


def upgrade() -> None:
    """Creates requests and attempts."""
    if sa.inspect(op.get_bind()).has_table("outbox_requests"):
        return
    op.create_table(
        "outbox_requests",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("reference", sa.String(9), nullable=False, unique=True),
        sa.Column("origin", sa.String(200), nullable=False, unique=True),
        sa.Column("conversation", sa.String(200), nullable=False, index=True),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", sa.Float(53), nullable=False),
        sa.Column("next_attempt_at", sa.Float(53), nullable=False),
        sa.Column("claimed_until", sa.Float(53), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(200)),
    )
    op.create_table(
        "outbox_attempts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "request",
            sa.String(36),
            sa.ForeignKey("outbox_requests.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("reason", sa.String(200), nullable=False),
    )
