"""Which responses the staff have published: rows in the database that all servers share.

Each change is a row, so that the table is also the record of who published and took back what, and when.
"""

import json
from dataclasses import dataclass
from datetime import UTC

import sqlalchemy as sa

from bot.channel.tables import MIGRATIONS, PUBLISHED
from bot.responses import Responses, digest_of, names_of
from common.clock import now
from common.databases import keep_private, migrate, open_database

PUBLISH, UNDO, START = "publish", "undo", "start"
LONGEST_WHY = 500
# Who begins to use the files, where no one published anything.
_SERVER = "assistenten"
_SHOWN = [column for column in PUBLISHED.c if column.name != "responses"]


@dataclass(frozen=True)
class Publication:
    """A row without its responses: `what` is PUBLISH, UNDO or START; `at` is RFC 3339, UTC.

    `again`: the number of the row that it repeats; `used`: how many servers have begun to use it, each restart anew.
    """

    number: int
    at: str
    who: str
    what: str
    why: str
    again: int | None
    names: str
    digest: str
    used: int


class Published:
    """The table of what was published. What stands is the newest row with the names that a model knows."""

    def __init__(self, database: str) -> None:
        """`database`: an SQLAlchemy URL. Creates the table when missing."""
        keep_private(database)
        self._engine = open_database(database, future=True)
        migrate(self._engine, MIGRATIONS)

    def add(self, who: str, what: str, responses: Responses, why: str = "", again: int | None = None) -> int:
        """Publishes responses; servers use them within a second. Returns the row's number."""
        row = {
            "at": now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "who": who[:40],
            "what": what,
            "why": why,
            "again": again,
            "names": names_of(responses),
            "digest": digest_of(responses),
            "used": 0,
            "responses": json.dumps(responses, ensure_ascii=False),
        }
        with self._engine.begin() as connection:
            return int(connection.execute(sa.insert(PUBLISHED).values(**row)).inserted_primary_key[0])

    def standing(self, names: str) -> Publication | None:
        """What stands for a model with these names."""
        return next(iter(self._rows(PUBLISHED.c.names == names, count=1)), None)

    def latest(self, count: int) -> list[Publication]:
        """The last `count` rows, newest first."""
        return self._rows(count=count)

    def known(self, names: str, digest: str) -> Publication | None:
        """The last row with the same responses."""
        return next(iter(self._rows(PUBLISHED.c.names == names, PUBLISHED.c.digest == digest, count=1)), None)

    def before(self, standing: Publication) -> Publication | None:
        """What stood before: undoing again and again goes back to the first row."""
        earlier = self._rows(
            PUBLISHED.c.names == standing.names,
            PUBLISHED.c.digest != standing.digest,
            PUBLISHED.c.number < (standing.again or standing.number),
            count=1,
        )
        return earlier[0] if earlier else None

    def responses(self, number: int) -> Responses:
        """The responses of a row."""
        with self._engine.connect() as connection:
            found = connection.execute(
                sa.select(PUBLISHED.c.responses).where(PUBLISHED.c.number == number)
            ).scalar_one()
        responses: Responses = json.loads(found)
        return responses

    def begin(self, responses: Responses) -> None:
        """A server starts with a model of these responses' names: they stand where nothing was published for it yet."""
        names = names_of(responses)
        standing, newest = self.standing(names), next(iter(self.latest(1)), None)
        if standing is None:
            self.add(_SERVER, START, responses)
        elif newest and newest.names != names:
            # The newest row tells which names the running model has.
            again = standing.again or standing.number
            self.add(_SERVER, START, self.responses(standing.number), again=again)

    def used(self, number: int) -> int:
        """How many servers have begun to use a row."""
        return next((row.used for row in self._rows(PUBLISHED.c.number == number, count=1)), 0)

    def note_use(self, number: int) -> None:
        """Counts a server that has begun to use a row."""
        row = sa.update(PUBLISHED).where(PUBLISHED.c.number == number)
        with self._engine.begin() as connection:
            connection.execute(row.values(used=PUBLISHED.c.used + 1))

    def _rows(self, *wanted: sa.sql.ColumnElement, count: int) -> list[Publication]:
        query = sa.select(*_SHOWN).where(*wanted).order_by(PUBLISHED.c.number.desc()).limit(count)
        with self._engine.connect() as connection:
            return [Publication(**row._mapping) for row in connection.execute(query)]
