"""What citizens thought of answers, beside Rasa's table of events."""

import sqlalchemy as sa
from alembic import op

revision = "conversations_1"
down_revision = None


def upgrade() -> None:
    """Creates the table of feedback."""
    op.create_table(
        "chat_feedback",
        sa.Column("conversation", sa.String(255), primary_key=True),
        sa.Column("message", sa.String(60), primary_key=True),
        sa.Column("answer", sa.String(200), nullable=False),
        sa.Column("helped", sa.Boolean, nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
    )
