"""What the staff announce: a notice above the chat, or a pause in its place.

Each is a row, so that the table is also the record of who announced and took back what, and when.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

import sqlalchemy as sa

from bot.channel.tables import ANNOUNCEMENTS, MIGRATIONS
from common.clock import now
from common.databases import keep_private, migrate, open_database

PAUSE, RESUME, NOTICE, REMOVE = "pause", "resume", "notice", "remove"
LONGEST_TEXT = 500
# What is announced, and what takes it back.
_ANNOUNCED = ((PAUSE, RESUME), (NOTICE, REMOVE))
# Servers ask the database for what stands at most once in so many seconds.
_CACHED_SECONDS = 1.0


@dataclass(frozen=True)
class Announcement:
    """A row: `what` is PAUSE, RESUME, NOTICE or REMOVE; `at` is RFC 3339, UTC; `text` is empty where it takes back."""

    at: str
    who: str
    what: str
    text: str


@dataclass(frozen=True)
class Standing:
    """What stands: whether the chat is paused, and what citizens are told of it, or above the chat."""

    paused: bool = False
    notice: Announcement | None = None


class Announcements:
    """The table of announcements, in the database that all servers share."""

    def __init__(self, database: str) -> None:
        """`database`: an SQLAlchemy URL. Creates the table when missing."""
        keep_private(database)
        self._engine = open_database(database, future=True)
        migrate(self._engine, MIGRATIONS)

    def add(self, who: str, what: str, text: str = "") -> None:
        """Announces, or takes back what stands; servers go by it within a second."""
        at = now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        with self._engine.begin() as connection:
            connection.execute(sa.insert(ANNOUNCEMENTS).values(at=at, who=who[:40], what=what, text=text))

    def standing(self) -> Standing:
        """What stands now. A pause hides the notice, which stands again afterwards."""
        latest = self._latest(_ANNOUNCED)
        return Standing(True, latest[PAUSE]) if PAUSE in latest else Standing(False, latest.get(NOTICE))

    def notice(self) -> Announcement | None:
        """The notice that stands, also one that a pause hides."""
        return self._latest(((NOTICE, REMOVE),)).get(NOTICE)

    def latest(self, count: int) -> list[Announcement]:
        """The last `count` announcements, newest first."""
        return self._rows(sa.select(ANNOUNCEMENTS), count)

    def _latest(self, kinds: Sequence[tuple[str, str]]) -> dict[str, Announcement]:
        """The last announcement of each of the kinds, by what it is; in one statement."""
        last = [
            ANNOUNCEMENTS.c.number
            == sa.select(sa.func.max(ANNOUNCEMENTS.c.number)).where(ANNOUNCEMENTS.c.what.in_(kind)).scalar_subquery()
            for kind in kinds
        ]
        return {row.what: row for row in self._rows(sa.select(ANNOUNCEMENTS).where(sa.or_(*last)), len(kinds))}

    def _rows(self, wanted: sa.sql.Select, count: int) -> list[Announcement]:
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(ANNOUNCEMENTS.c.number.desc()).limit(count)).all()
        return [Announcement(row.at, row.who, row.what, row.text) for row in rows]


class LatestStanding:
    """What stands, read again when what was read is a second old."""

    def __init__(self, announcements: Announcements) -> None:
        self._announcements = announcements
        self._standing = Standing()
        self._read_at = -_CACHED_SECONDS
        self._reading = asyncio.Lock()

    async def current(self) -> Standing:
        """What stands, at most a second old; raises SQLAlchemy's errors where it cannot be read."""
        async with self._reading:
            begun = time.monotonic()
            if begun - self._read_at >= _CACHED_SECONDS:
                self._standing = await asyncio.to_thread(self._announcements.standing)
                self._read_at = begun
            return self._standing
