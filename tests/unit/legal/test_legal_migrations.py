"""Migrations upgrade every older database to the tables of the code, with its requests."""

import json
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from legal.database import connect, migrate
from legal.entry import Withdrawal
from legal.inbox.store import Filter, InboxStore
from legal.inbox.tables import METADATA as INBOX
from legal.outbox import Outbox
from legal.outbox_tables import METADATA as OUTBOX

Make = Callable[..., dict[str, Any]]
KINDS = ("recording", "notes", "question")


@pytest.mark.parametrize("which, metadata", [("outbox", OUTBOX), ("inbox", INBOX)])
def test_migrations_create_the_tables_of_the_code(which: Any, metadata: Any, tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'x.db'}")
    migrate(engine, which)
    migrate(engine, which)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    # Alembic's own table is left out.
    assert [change for change in found if f"{which}_version" not in str(change)] == []


def _old_outbox(file: Path, rows: list[tuple[Any, ...]]) -> None:
    """An outbox from before migrations."""
    with sqlite3.connect(file) as old:
        old.executescript("""
            CREATE TABLE outbox_requests (id VARCHAR(36) NOT NULL PRIMARY KEY, reference VARCHAR(9) NOT NULL UNIQUE,
              origin VARCHAR(200) NOT NULL UNIQUE, conversation VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL,
              payload TEXT NOT NULL, state VARCHAR(10) NOT NULL, created_at FLOAT NOT NULL,
              next_attempt_at FLOAT NOT NULL, claimed_until FLOAT NOT NULL, attempts INTEGER NOT NULL,
              reason VARCHAR(200));
            CREATE INDEX ix_outbox_requests_conversation ON outbox_requests (conversation);
            CREATE TABLE outbox_attempts (number INTEGER NOT NULL PRIMARY KEY, request VARCHAR(36) NOT NULL
              REFERENCES outbox_requests (id) ON DELETE CASCADE, at FLOAT NOT NULL, status INTEGER,
              reason VARCHAR(200) NOT NULL);
        """)
        old.executemany("INSERT INTO outbox_requests VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)


def test_an_outbox_from_before_migrations_is_upgraded_with_its_requests(
    payload: Make, draft: Make, tmp_path: Path
) -> None:
    tried, fresh = payload(version=1), payload(version=1)
    fresh["id"] = fresh["id"][:-1] + "c"
    rows = [
        (one["id"], one["reference"], origin, "c", "recording", json.dumps(one), "pending", 1.0, 1.0, 0.0, tries, None)
        for one, origin, tries in ((tried, "o-1", 3), (fresh, "o-2", 0))
    ]
    _old_outbox(tmp_path / "outbox.db", rows)
    box = Outbox(f"sqlite:///{tmp_path / 'outbox.db'}")
    assert box.store(draft(), "o-1", "c").payload == tried, "the same origin is still the same request"
    assert box.waiting()[0] == 2
    # An older attempt may have arrived: it was not recorded.
    assert box.withdraw(tried["reference"], "c") is Withdrawal.MAY_HAVE_ARRIVED
    assert box.withdraw(fresh["reference"], "c") is Withdrawal.DONE
    with sqlite3.connect(tmp_path / "outbox.db") as file:
        origins = {row[0] for row in file.execute("SELECT origin FROM outbox_requests")}
    assert origins == {sha256(origin.encode()).hexdigest() for origin in ("o-1", "o-2")}


def test_an_inbox_from_before_migrations_is_upgraded_with_its_requests(payload: Make, tmp_path: Path) -> None:
    content = payload(version=1)
    with sqlite3.connect(tmp_path / "inbox.db") as old:
        old.executescript("""
            CREATE TABLE inbox_requests (number INTEGER NOT NULL PRIMARY KEY, id VARCHAR(36) NOT NULL UNIQUE,
              reference VARCHAR(9) NOT NULL, received_at VARCHAR(40) NOT NULL, content TEXT NOT NULL);
            CREATE INDEX ix_inbox_requests_reference ON inbox_requests (reference);
            CREATE TABLE inbox_kept (name VARCHAR(40) NOT NULL PRIMARY KEY, value TEXT NOT NULL);
        """)
        row = (content["id"], content["reference"], "2026-12-01T10:00:00+01:00", json.dumps(content))
        old.execute("INSERT INTO inbox_requests (id, reference, received_at, content) VALUES (?,?,?,?)", row)
        old.execute("INSERT INTO inbox_kept VALUES ('password', 'hash')")
    store = InboxStore(f"sqlite:///{tmp_path / 'inbox.db'}")
    assert store.kept("password", lambda: "another") == "hash"
    (found,) = store.page(0, 9, Filter(state="new", type="recording", department="jobcenter", words="ØRSTED"))
    assert found.content == content


def test_an_inbox_of_migration_2_is_upgraded_with_its_requests(payload: Make, tmp_path: Path) -> None:
    """The inbox as migration inbox_2 left it, with version 1 requests that staff have worked on."""
    url = f"sqlite:///{tmp_path / 'inbox.db'}"
    old = connect(url)
    migrate(old, "inbox", "inbox_2")
    contents = [
        payload(kind, 1) | {"id": f"01936f2e-7c00-7abc-8def-{number:012x}"} for number, kind in enumerate(KINDS)
    ]
    with old.begin() as connection:
        for content in contents:
            connection.exec_driver_sql(
                "INSERT INTO inbox_requests (id, reference, received_at, content, type, department, words, state,"
                " changed_by, changed_at) VALUES (?,?,?,?,?,?,?,'closed','ABC','2026-12-02T10:00:00+01:00')",
                (
                    *(content["id"], content["reference"], "2026-12-01T10:00:00+01:00", json.dumps(content)),
                    *(content["type"], (content["meeting"] or {}).get("department", ""), "k7qf anne-marie ørsted ng"),
                ),
            )
    old.dispose()
    store = InboxStore(url)
    found = store.page(0, 9, Filter(state="closed", words="ørsted"))
    assert [one.content for one in found] == contents[::-1] and {one.changed_by for one in found} == {"ABC"}
    assert [one.content["type"] for one in store.page(0, 9, Filter(department="jobcenter"))] == ["notes", "recording"]
    assert store.departments() == ["jobcenter"]
    # Order, constraints and indexes are kept, and numbering continues.
    assert store.add(contents[0]) == "other" or store.add(contents[0]) == "same"
    assert store.add(payload("question") | {"id": "01936f2e-7c00-7abc-8def-0000000000ff"}) == "new"
    assert store.page(0, 1)[0].content["schema"] == "legal-request/2" and store.count() == 4
