"""The inbox's database: requests with their state, and values that the login keeps."""

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
from legal.upgrade import upgraded

# Many may send at once to a slow disk: they wait rather than being refused.
_BUSY_SECONDS = 30.0

State = Literal["new", "active", "forwarded", "closed"]


@dataclass(frozen=True)
class Received:
    """A received request: its payload (`content`, request.md), its state, and who set that when."""

    received_at: datetime
    content: dict[str, Any]
    state: State
    changed_by: str
    changed_at: datetime | None


@dataclass(frozen=True)
class Filter:
    """Which requests are wanted; empty or None: all. `first` and `last` are days of arrival, both included.

    `department`: of any of its meetings. `words`: each must be in the reference or the names, in any case.
    """

    state: str = ""
    type: str = ""
    department: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""

    def where(self) -> Any:
        """The filter as a condition on the table."""
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


def _search_columns(payload: Mapping[str, Any]) -> dict[str, str]:
    """The columns that a request is found by."""
    request = upgraded(payload)
    keys = dict.fromkeys(meeting["department"] for meeting in request["meetings"])
    names = [part["name"] for part in (request["applicant"], request["behalf"]) if part and part["name"]]
    words = " ".join([request["reference"], *map(cleaned, names)])
    return {"departments": f" {' '.join(keys)} " if keys else "", "words": words.casefold()[:500]}


class InboxStore:
    """All received requests. What `add` has returned for is on disk."""

    def __init__(self, url: str) -> None:
        """Opens the database at an SQLAlchemy address and migrates it."""
        self._engine = connect(url, _BUSY_SECONDS)
        migrate(self._engine, "inbox")
        self.trail = Trail(self._engine)
        self.sessions = Sessions(self._engine)

    def add(self, payload: Mapping[str, Any]) -> Literal["new", "same", "other"]:
        """Stores a valid request: `same` if it is stored already, `other` if its id is, with other content."""
        content = json.dumps(payload, ensure_ascii=False, sort_keys=True)
        row = {
            "id": payload["id"],
            "reference": payload["reference"],
            "received_at": clock.now().isoformat(timespec="seconds"),
            "content": content,
            "type": payload["type"],
            "state": "new",
            **_search_columns(payload),
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
        """The number of requests."""
        return sum(self.counts(which or Filter()).values())

    def counts(self, which: Filter) -> dict[str, int]:
        """The number of requests in each state that has any."""
        wanted = select(REQUESTS.c.state, func.count()).where(which.where()).group_by(REQUESTS.c.state)
        with self._engine.begin() as connection:
            return {state: int(count) for state, count in connection.execute(wanted)}

    def page(self, first: int, size: int | None, which: Filter | None = None) -> list[Received]:
        """`size` requests (None: all) from number `first` on, newest first."""
        wanted = select(REQUESTS).where((which or Filter()).where()).order_by(REQUESTS.c.number.desc())
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted.offset(first).limit(size))]

    def departments(self) -> list[str]:
        """The keys of the requests' departments."""
        wanted = select(REQUESTS.c.departments).distinct()
        with self._engine.begin() as connection:
            found = connection.execute(wanted).scalars().all()
        return sorted({key for keys in found for key in keys.split()})

    def by_reference(self, reference: str) -> list[Received]:
        """The requests with this reference (K7QF-3MX5): nearly always one or none."""
        wanted = select(REQUESTS).where(REQUESTS.c.reference == reference).order_by(REQUESTS.c.number)
        with self._engine.begin() as connection:
            return [_received(row) for row in connection.execute(wanted)]

    def change_state(self, id: str, state: State, who: str, what: str) -> bool:
        """Sets a request's state and notes it in the trail; False if there is no such request."""
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
        """Deletes requests closed over `days` ago, and the trail as old; `dry_run` only counts.

        Returns the references, and the number of requests as old that are not closed: those are kept.
        """
        before = (clock.now() - timedelta(days=days)).isoformat(timespec="seconds")
        old = and_(REQUESTS.c.state == "closed", REQUESTS.c.changed_at < before)
        still_open = and_(REQUESTS.c.state != "closed", REQUESTS.c.received_at < before)
        with self._engine.begin() as connection:
            references = list(connection.execute(select(REQUESTS.c.reference).where(old)).scalars())
            left = int(connection.execute(select(func.count()).select_from(REQUESTS).where(still_open)).scalar_one())
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
        """The value stored under a name; if there is none, stores what `make` returns, in one process only."""
        with self._engine.begin() as connection:
            value = connection.execute(select(KEPT.c.value).where(KEPT.c.name == name)).scalar_one_or_none()
            if value is None:
                value = make()
                connection.execute(insert(KEPT).values(name=name, value=value))
            return str(value)

    def keep(self, name: str, value: str) -> None:
        """Stores a value under a name."""
        with self._engine.begin() as connection:
            connection.execute(delete(KEPT).where(KEPT.c.name == name))
            connection.execute(insert(KEPT).values(name=name, value=value))
