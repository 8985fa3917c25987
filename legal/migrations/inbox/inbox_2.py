"""The inbox's states, filters and search, sessions, and audit trail."""

import json

import sqlalchemy as sa
from alembic import op

revision = "inbox_2"
down_revision = "inbox_1"


def upgrade() -> None:
    """Adds columns, filled from the stored requests, and two tables."""
    for name, length in (("type", 20), ("department", 40), ("words", 300), ("changed_by", 10), ("changed_at", 40)):
        op.add_column("inbox_requests", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.add_column("inbox_requests", sa.Column("state", sa.String(10), nullable=False, server_default="new"))
    op.create_index("ix_inbox_requests_received_at", "inbox_requests", ["received_at"])
    connection = op.get_bind()
    change = sa.text(
        "UPDATE inbox_requests SET type = :type, department = :department, words = :words WHERE number = :number"
    )
    for number, text in connection.execute(sa.text("SELECT number, content FROM inbox_requests")).all():
        content = json.loads(text)
        values = {
            "number": number,
            "type": content["type"],
            "department": (content["meeting"] or {}).get("department", ""),
            "words": f"{content['reference']} {content['applicant']['name']}".casefold()[:300],
        }
        connection.execute(change, values)
    op.create_table(
        "inbox_sessions",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("who", sa.String(10), nullable=False),
        sa.Column("password", sa.String(16), nullable=False),
        sa.Column("ends_at", sa.Float(53), nullable=False),
    )
    op.create_table(
        "inbox_trail",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(40), nullable=False, index=True),
        sa.Column("who", sa.String(10), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("reference", sa.String(9), nullable=False, server_default="", index=True),
    )
