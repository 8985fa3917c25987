"""The inbox's database: each request once, how far staff are with it, and what the log-in keeps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, delete, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from common import clock
from common.plain_text import cleaned
from legal.database import connect, migrate, scrub
from legal.inbox.sessions import Sessions
from legal.inbox.tables import KEPT, REQUESTS, TRAIL
from legal.inbox.trail import SYSTEM, Trail, note
from legal.versions import upgraded

# Whoever sends may be one of many at once, on a slow disk: it waits rather than being told to come again.
_BUSY_SECONDS = 30.0

State = Literal["new", "active", "forwarded", "closed"]


@dataclass(frozen=True)
class Received:
    """A request as it arrived (`content` is the payload of request.md), and its state: who gave it that, and when."""

    received_at: datetime
    content: dict[str, Any]
    state: State
    changed_by: str
    changed_at: datetime | None


@dataclass(frozen=True)
class Filter:
    """Which requests are wanted; what is empty or None leaves all. Days are days of arrival, both included.

    `department` is that of any of its meetings. `words` are looked for in reference and names (who writes, and for
    whom), each of them, in small letters or large.
    """

    state: str = ""
    type: str = ""
    department: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""

    def where(self) -> Any:
        """As a condition on the table of requests."""
        rules = [
            column == value
            for column, value in (
                (REQUESTS.c.state, self.state),
                (REQUESTS.c.type, self.type),
            )
            if value
        ]
        if self.department:
            rules.append(REQUESTS.c.departments.contains(f" {self.department} ", autoescape=True))
        if self.first:
            rules.append(REQUESTS.c.received_at >= self.first.isoformat())
        if self.last and self.last < date.max:
            rules.append(REQUESTS.c.received_at < (self.last + timedelta(days=1)).isoformat())
        rules += [REQUESTS.c.words.contains(word, autoescape=True) for word in self.words.casefold().split()]
        return and_(true(), *rules)


def _received(row: Any) -> Received:
    changed_at = datetime.fromisoformat(row.changed_at) if row.changed_at else None
    arrived = datetime.fromisoformat(row.received_at)
    return Received(arrived, json.loads(row.content), row.state, row.changed_by, changed_at)


def _sought(payload: Mapping[str, Any]) -> dict[str, str]:
    """What a request is found by."""
    request = upgraded(payload)
    keys = dict.fromkeys(meeting["department"] for meeting in request["meetings"])
    names = [part["name"] for part in (request["applicant"], request["behalf"]) if part and part["name"]]
    words = " ".join([request["reference"], *map(cleaned, names)])
    return {"departments": f" {' '.join(keys)} " if keys else "", "words": words.casefold()[:500]}


class InboxStore:
    """All that the inbox has received. What `add` has answered for is on disk."""

    def __init__(self, url: str) -> None:
        """Opens the database at an SQLAlchemy address and brings its tables up to date."""
        self._engine = connect(url, _BUSY_SECONDS)
        migrate(self._engine, "inbox")
        self.trail = Trail(self._engine)
        self.sessions = Sessions(self._engine)

    def add(self, payload: Mapping[str, Any]) -> Literal["new", "same", "other"]:
        """Keeps a valid request; `same` where it is here already, `other` where its id is here with other content."""
        content = json.dumps(payload, ensure_ascii=False, sort_keys=True)
        row = {
            "id": payload["id"],
            "reference": payload["reference"],
            "received_at": clock.now().isoformat(timespec="seconds"),
            "content": content,
            "type": payload["type"],
            "state": "new",
            **_sought(payload),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(REQUESTS).values(**row))
        except IntegrityError:
            with self._engine.begin() as connection:
                kept = connection.execute(select(REQUESTS.c.content).where(REQUESTS.c.id == payload["id"])).scalar_one()
            return "same" if kept == content else "other"
        return "new"

    def count(self, which: Filter | None = None) -> int:
        """How many requests there are."""
        return sum(self.counts(which or Filter()).values())

    def counts(self, which: Filter) -> dict[str, int]:
        """How many requests there are in each state that has any."""
        wanted = select(REQUESTS.c.state, func.count()).where(which.where()).group_by(REQUESTS.c.state)
        with self._engine.begin() as connection:
            return {state: int(count) for state, count in connection.execute(wanted)}

    def page(self, first: int, size: int | None, which: Filter | None = None) -> list[Received]:
        """`size` requests (None: all), newest first, leaving out the `first` newest."""
        wanted = select(REQUESTS).where((which or Filter()).where()).order_by(REQUESTS.c.number.desc())
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted.offset(first).limit(size))]

    def departments(self) -> list[str]:
        """The keys of the departments that requests are about."""
        wanted = select(REQUESTS.c.departments).distinct()
        with self._engine.begin() as connection:
            found = connection.execute(wanted).scalars().all()
        return sorted({key for keys in found for key in keys.split()})

    def by_reference(self, reference: str) -> list[Received]:
        """The requests with this reference (K7QF-3MX5), as good as always one or none."""
        wanted = select(REQUESTS).where(REQUESTS.c.reference == reference).order_by(REQUESTS.c.number)
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted)]

    def change_state(self, id: str, state: State, who: str, what: str) -> bool:
        """Gives a request another state and writes in the trail who did so; False where there is no such request."""
        now = clock.now().isoformat(timespec="seconds")
        change = update(REQUESTS).where(REQUESTS.c.id == id).values(state=state, changed_by=who, changed_at=now)
        with self._engine.begin() as connection:
            reference = connection.execute(select(REQUESTS.c.reference).where(REQUESTS.c.id == id)).scalar_one_or_none()
            if reference is None:
                return False
            connection.execute(change)
            note(connection, who, what, reference)
        return True

    def delete_old(self, days: int, dry_run: bool) -> tuple[list[str], int]:
        """Deletes what was closed so many days ago, and so old a trail; `dry_run`: only says what would be deleted.

        Returns the references, and how many requests are older than that but not closed: those are kept.
        """
        before = (clock.now() - timedelta(days=days)).isoformat(timespec="seconds")
        old = and_(REQUESTS.c.state == "closed", REQUESTS.c.changed_at < before)
        open_still = and_(REQUESTS.c.state != "closed", REQUESTS.c.received_at < before)
        with self._engine.begin() as connection:
            references = list(connection.execute(select(REQUESTS.c.reference).where(old)).scalars())
            left = int(connection.execute(select(func.count()).select_from(REQUESTS).where(open_still)).scalar_one())
            if not dry_run:
                connection.execute(delete(REQUESTS).where(old))
                connection.execute(delete(TRAIL).where(TRAIL.c.at < before))
                for reference in references:
                    note(
                        connection, SYSTEM, f"slettede anmodningen {days} dage efter, at den blev afsluttet", reference
                    )
        if references and not dry_run:
            scrub(self._engine)
        return references, left

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
