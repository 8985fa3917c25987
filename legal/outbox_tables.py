"""The outbox's tables: requests and delivery attempts. Times are seconds since 1970, UTC.

legal/migrations/outbox creates them; a test checks that both agree.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

REQUESTS = Table(
    "outbox_requests",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("reference", String(9), nullable=False, unique=True),
    # A hash of what made the request (conversation and draft): the same origin is the same request.
    Column("origin", String(200), nullable=False, unique=True),
    Column("conversation", String(200), nullable=False, index=True),
    Column("type", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("created_at", Float(53), nullable=False),
    Column("next_attempt_at", Float(53), nullable=False),
    Column("claimed_until", Float(53), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(200)),
    # Attempts that were begun and may have reached Jura.
    Column("maybe_arrived", Integer, nullable=False, server_default="0"),
    # When it was stored, or last retried by staff.
    Column("trying_since", Float(53), nullable=False, server_default="0"),
    # When it was delivered, refused or withdrawn.
    Column("settled_at", Float(53)),
    Index("ix_outbox_requests_due", "state", "next_attempt_at"),
)

ATTEMPTS = Table(
    "outbox_attempts",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("request", String(36), ForeignKey("outbox_requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Float(53), nullable=False),
    Column("status", Integer),
    Column("reason", String(200), nullable=False),
)
