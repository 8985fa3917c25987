"""Jura's room: the outbox's tables: requests, and attempts to deliver them. Times are seconds since 1970, UTC."""

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()

REQUESTS = Table(
    "outbox_requests",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("reference", String(9), nullable=False, unique=True),
    # What made the request, such as a turn of a conversation: the same origin is the same request.
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
