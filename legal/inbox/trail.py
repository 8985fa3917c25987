"""The inbox's audit trail: who did what, and when. Names requests by reference, and no citizens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from common import clock
from legal.inbox.tables import TRAIL

SYSTEM = "(system)"


@dataclass(frozen=True)
class Event:
    """An event: `who` is initials, `what` is Danish, `reference` may be empty."""

    at: datetime
    who: str
    what: str
    reference: str


def note(connection: Any, who: str, what: str, reference: str = "") -> None:
    """Writes an event in a running transaction, together with what it is about."""
    at = clock.now().isoformat(timespec="seconds")
    connection.execute(insert(TRAIL).values(at=at, who=who, what=what, reference=reference))


class Trail:
    """Reads the trail, and writes events that change no request."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def add(self, who: str, what: str, reference: str = "") -> None:
        """Writes an event; when this returns, it is on disk."""
        with self._engine.begin() as connection:
            note(connection, who, what, reference)

    def count(self) -> int:
        """The number of events."""
        with self._engine.begin() as connection:
            return int(connection.execute(select(func.count()).select_from(TRAIL)).scalar_one())

    def page(self, first: int, size: int) -> list[Event]:
        """`size` events from number `first` on, newest first."""
        return self._events(select(TRAIL).order_by(TRAIL.c.number.desc()).offset(first).limit(size))

    def of(self, reference: str) -> list[Event]:
        """The events of one request, oldest first."""
        return self._events(select(TRAIL).where(TRAIL.c.reference == reference).order_by(TRAIL.c.number))

    def _events(self, wanted: Any) -> list[Event]:
        with self._engine.begin() as connection:
            rows = connection.execute(wanted).all()
        return [Event(datetime.fromisoformat(row.at), row.who, row.what, row.reference) for row in rows]
