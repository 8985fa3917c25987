"""The inbox's tables. legal/migrations/inbox creates them; a test checks that both agree."""

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text

METADATA = MetaData()

REQUESTS = Table(
    "inbox_requests",
    METADATA,
    # The order of arrival, independent of the clock.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    # Not unique: two senders may create the same one.
    Column("reference", String(9), nullable=False, index=True),
    # ISO, in Danish time: begins with the day.
    Column("received_at", String(40), nullable=False, index=True),
    Column("content", Text, nullable=False),
    Column("type", String(20), nullable=False, server_default=""),
    # The key of each meeting's department, with a space before and after each: ' jobcenter ydelse '.
    Column("departments", String(250), nullable=False, server_default=""),
    # Reference and names in small letters, for searching.
    Column("words", String(500), nullable=False, server_default=""),
    Column("state", String(10), nullable=False, server_default="new"),
    # Who set the state, and when; empty while it is new.
    Column("changed_by", String(10), nullable=False, server_default=""),
    Column("changed_at", String(40), nullable=False, server_default=""),
)

# The password's hash and the secret that signs cookies.
KEPT = Table(
    "inbox_kept", METADATA, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False)
)

SESSIONS = Table(
    "inbox_sessions",
    METADATA,
    Column("key", String(64), primary_key=True),  # a hash: who reads this table cannot log in with it
    Column("who", String(10), nullable=False),
    Column("password", String(16), nullable=False),  # which password it was opened with
    Column("ends_at", Float(53), nullable=False),
)

TRAIL = Table(
    "inbox_trail",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False, index=True),
    Column("who", String(10), nullable=False),
    Column("what", String(200), nullable=False),
    Column("reference", String(9), nullable=False, server_default="", index=True),
)
