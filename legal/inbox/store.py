"""Jura's room: the inbox's database: each request once, and the few things that the log-in keeps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from common import clock
from legal.database import connect, create_tables

_METADATA = MetaData()

_REQUESTS = Table(
    "inbox_requests",
    _METADATA,
    # The order of arrival, whatever the clock did.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    # Not unique: two senders may have made the same one, and neither request may be lost for that.
    Column("reference", String(9), nullable=False, index=True),
    Column("received_at", String(40), nullable=False),
    Column("content", Text, nullable=False),
)

_KEPT = Table(
    "inbox_kept", _METADATA, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False)
)


@dataclass(frozen=True)
class Received:
    """A request as it arrived; `content` is the payload of request.md."""

    received_at: datetime
    content: dict[str, Any]


def _received(row: Any) -> Received:
    return Received(datetime.fromisoformat(row.received_at), json.loads(row.content))


class InboxStore:
    """All that the inbox has received. What `add` has answered for is on disk."""

    def __init__(self, url: str) -> None:
        """Opens the database at an SQLAlchemy address and makes the tables that are missing."""
        self._engine = connect(url)
        create_tables(self._engine, _METADATA)

    def add(self, payload: Mapping[str, Any]) -> Literal["new", "same", "other"]:
        """Keeps a valid request; `same` where it is here already, `other` where its id is here with other content."""
        content = json.dumps(payload, ensure_ascii=False, sort_keys=True)
        row = {
            "id": payload["id"],
            "reference": payload["reference"],
            "received_at": clock.now().isoformat(timespec="seconds"),
            "content": content,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_REQUESTS).values(**row))
        except IntegrityError:
            with self._engine.begin() as connection:
                kept = connection.execute(
                    select(_REQUESTS.c.content).where(_REQUESTS.c.id == payload["id"])
                ).scalar_one()
            return "same" if kept == content else "other"
        return "new"

    def count(self) -> int:
        """How many requests there are."""
        with self._engine.begin() as connection:
            return int(connection.execute(select(func.count()).select_from(_REQUESTS)).scalar_one())

    def page(self, first: int, size: int) -> list[Received]:
        """`size` requests, newest first, leaving out the `first` newest."""
        wanted = select(_REQUESTS).order_by(_REQUESTS.c.number.desc()).offset(first).limit(size)
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted)]

    def by_reference(self, reference: str) -> list[Received]:
        """The requests with this reference (K7QF-3MXP), as good as always one or none."""
        wanted = select(_REQUESTS).where(_REQUESTS.c.reference == reference).order_by(_REQUESTS.c.number)
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted)]

    def kept(self, name: str, make: Callable[[], str]) -> str:
        """The value kept under a name; made and kept where there is none, by one process alone."""
        with self._engine.begin() as connection:
            value = connection.execute(select(_KEPT.c.value).where(_KEPT.c.name == name)).scalar_one_or_none()
            if value is None:
                value = make()
                connection.execute(insert(_KEPT).values(name=name, value=value))
            return str(value)

    def keep(self, name: str, value: str) -> None:
        """Keeps a value under a name in place of what was there."""
        with self._engine.begin() as connection:
            connection.execute(delete(_KEPT).where(_KEPT.c.name == name))
            connection.execute(insert(_KEPT).values(name=name, value=value))
