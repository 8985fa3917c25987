"""Rasa's table of events with the ids of turns and 64-bit keys, and a row for each conversation."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "conversations_2"
down_revision = "conversations_1"

_AT_ONCE = 1000
_LONGEST_ID = 255
_UNSENT_SLOTS = ("request_draft", "request_left_unsent", "request_waiting")


def upgrade() -> None:
    """Creates the tables, or brings Rasa's own to the same shape and reads from it what the rows hold."""
    connection = op.get_bind()
    inspector = sa.inspect(connection)
    older = inspector.has_table("events")
    if older:
        _widen(connection)
        op.add_column("events", sa.Column("turn", sa.String(255)))
        for index in inspector.get_indexes("events"):
            op.drop_index(index["name"], "events")
    else:
        op.create_table(
            "events",
            sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
            sa.Column("sender_id", sa.String(255), nullable=False),
            sa.Column("type_name", sa.String(255), nullable=False),
            sa.Column("timestamp", sa.Float),
            sa.Column("intent_name", sa.String(255)),
            sa.Column("action_name", sa.String(255)),
            sa.Column("data", sa.Text),
            sa.Column("turn", sa.String(255)),
        )
    op.create_table(
        "chat_conversations",
        sa.Column("conversation", sa.String(255), primary_key=True),
        sa.Column("saves", sa.Integer, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("active_at", sa.Float(53), nullable=False),
        sa.Column("unsent", sa.Boolean, nullable=False),
        sa.Column("window_after", sa.BigInteger),
        sa.Column("before_window", sa.Text),
    )
    op.create_index("ix_events_conversation", "events", ["sender_id", "id"])
    if older:
        _fill(connection)
    op.create_index("ix_chat_conversations_due", "chat_conversations", ["unsent", "active_at"])
    op.create_index("ix_chat_conversations_active", "chat_conversations", ["active_at", "conversation"])
    named = sa.text("turn IS NOT NULL")
    op.create_index(
        "ix_events_turn", "events", ["sender_id", "turn"], unique=True, sqlite_where=named, postgresql_where=named
    )


def _widen(connection: Any) -> None:
    if connection.dialect.name == "postgresql":
        op.execute("ALTER TABLE events ALTER COLUMN id TYPE BIGINT")
        sequence = connection.scalar(sa.text("SELECT pg_get_serial_sequence('events', 'id')"))
        if sequence:
            op.execute(f"ALTER SEQUENCE {sequence} AS BIGINT")


def _fill(connection: Any) -> None:
    turns: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for rows in _messages(connection):
        named = []
        for row in rows:
            event = json.loads(row.data)
            turns[row.sender_id] += 1
            characters[row.sender_id] += len((event.get("metadata") or {}).get("title") or event.get("text") or "")
            turn = event.get("message_id")
            # Rasa's own store took the same message twice where two servers raced.
            if turn and len(turn) <= _LONGEST_ID and (row.sender_id, turn) not in seen:
                seen.add((row.sender_id, turn))
                named.append({"event": row.id, "name": turn})
        if named:
            connection.execute(sa.text("UPDATE events SET turn = :name WHERE id = :event"), named)
    unsent = _with_unsent(connection)
    found = connection.execute(
        sa.text("SELECT sender_id, max(timestamp) AS active_at FROM events GROUP BY sender_id")
    ).all()
    rows = [
        {
            "conversation": row.sender_id,
            "saves": 0,
            "turns": turns[row.sender_id],
            "characters": characters[row.sender_id],
            "active_at": row.active_at or 0.0,
            "unsent": row.sender_id in unsent,
        }
        for row in found
    ]
    if rows:
        connection.execute(
            sa.text(
                "INSERT INTO chat_conversations (conversation, saves, turns, characters, active_at, unsent)"
                " VALUES (:conversation, :saves, :turns, :characters, :active_at, :unsent)"
            ),
            rows,
        )


def _messages(connection: Any) -> Iterator[list[Any]]:
    last = 0
    query = sa.text(
        "SELECT id, sender_id, data FROM events WHERE type_name = 'user' AND id > :last ORDER BY id LIMIT :limit"
    )
    while rows := connection.execute(query, {"last": last, "limit": _AT_ONCE}).all():
        yield rows
        last = rows[-1].id


def _with_unsent(connection: Any) -> set[str]:
    slots = sa.bindparam("slots", _UNSENT_SLOTS, expanding=True)
    latest = sa.text(
        "SELECT sender_id, data FROM events WHERE id IN (SELECT max(id) FROM events"
        " WHERE type_name = 'slot' AND action_name IN :slots GROUP BY sender_id, action_name)"
    ).bindparams(slots)
    return {row.sender_id for row in connection.execute(latest).all() if json.loads(row.data)["value"]}
