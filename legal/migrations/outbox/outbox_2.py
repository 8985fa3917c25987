"""What withdrawing, retrying and forgetting need to know of a request in the outbox."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "outbox_2"
down_revision = "outbox_1"


def upgrade() -> None:
    """Adds columns and an index for due requests, and hashes origins."""
    op.add_column("outbox_requests", sa.Column("maybe_arrived", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox_requests", sa.Column("trying_since", sa.Float(53), nullable=False, server_default="0"))
    op.add_column("outbox_requests", sa.Column("settled_at", sa.Float(53)))
    op.create_index("ix_outbox_requests_due", "outbox_requests", ["state", "next_attempt_at"])
    # It was not recorded whether earlier attempts arrived: each may have.
    op.execute(
        "UPDATE outbox_requests SET trying_since = created_at,"
        " maybe_arrived = attempts + CASE WHEN claimed_until > 0 THEN 1 ELSE 0 END,"
        " settled_at = CASE WHEN state = 'pending' THEN NULL ELSE created_at END"
    )
    connection = op.get_bind()
    for id, origin in connection.execute(sa.text("SELECT id, origin FROM outbox_requests")).all():
        hashed = {"id": id, "origin": sha256(origin.encode()).hexdigest()}
        connection.execute(sa.text("UPDATE outbox_requests SET origin = :origin WHERE id = :id"), hashed)
