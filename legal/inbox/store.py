"""Jura's room: the inbox's database: each request once, and the few things that the log-in keeps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from common import clock
from legal.database import connect, migrate
from legal.inbox.tables import KEPT, REQUESTS


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
        """Opens the database at an SQLAlchemy address and brings its tables up to date."""
        self._engine = connect(url)
        migrate(self._engine, "inbox")

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
                connection.execute(insert(REQUESTS).values(**row))
        except IntegrityError:
            with self._engine.begin() as connection:
                kept = connection.execute(select(REQUESTS.c.content).where(REQUESTS.c.id == payload["id"])).scalar_one()
            return "same" if kept == content else "other"
        return "new"

    def count(self) -> int:
        """How many requests there are."""
        with self._engine.begin() as connection:
            return int(connection.execute(select(func.count()).select_from(REQUESTS)).scalar_one())

    def page(self, first: int, size: int) -> list[Received]:
        """`size` requests, newest first, leaving out the `first` newest."""
        wanted = select(REQUESTS).order_by(REQUESTS.c.number.desc()).offset(first).limit(size)
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted)]

    def by_reference(self, reference: str) -> list[Received]:
        """The requests with this reference (K7QF-3MXP), as good as always one or none."""
        wanted = select(REQUESTS).where(REQUESTS.c.reference == reference).order_by(REQUESTS.c.number)
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted)]

    def kept(self, name: str, make: Callable[[], str]) -> str:
        """The value kept under a name; made and kept where there is none, by one process alone."""
        with self._engine.begin() as connection:
            value = connection.execute(select(KEPT.c.value).where(KEPT.c.name == name)).scalar_one_or_none()
            if value is None:
                value = make()
                connection.execute(insert(KEPT).values(name=name, value=value))
            return str(value)

    def keep(self, name: str, value: str) -> None:
        """Keeps a value under a name in place of what was there."""
        with self._engine.begin() as connection:
            connection.execute(delete(KEPT).where(KEPT.c.name == name))
            connection.execute(insert(KEPT).values(name=name, value=value))
