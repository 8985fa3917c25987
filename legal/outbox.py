"""The outbox: stores requests durably until Jura has them (request.md, Promises 1).

Scheduling uses the machine's clock (seconds since 1970), not `NOW`. Times too far ahead, left by a clock that was set
back, count as reached.
"""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import uuid_utils
from sqlalchemy import and_, func, insert, not_, or_, select, update
from sqlalchemy.exc import IntegrityError

from common import clock
from legal.database import connect, migrate, scrub
from legal.entry import WITHDRAWAL_OF_STATE, Entry, State, Withdrawal, emptied, entry_of
from legal.masking import masked
from legal.outbox_tables import ATTEMPTS, REQUESTS
from legal.outcome import Outcome
from legal.reference import display, new_reference, normalize
from legal.schedule import LONGEST_RETRY_AFTER, given_up, pause
from legal.schema import problems

__all__ = ["Entry", "Outbox", "State", "Withdrawal"]

# The sender makes the first attempt; the delivery process waits for it.
_FIRST_ATTEMPT_SECONDS = 3.0
_LONGEST_LEASE = 600.0
# Seconds: a time so far beyond the longest one ever set comes from a wrong clock.
_ASTRAY = 300.0
_EMPTIED_LENGTH = 100
# `next_attempt_at` of a request that staff retry: before all others, and recognized by it.
_AT_ONCE = 0.0


def _free(now: float) -> Any:
    """A condition: no process has claimed it; a lease too far ahead comes from a wrong clock."""
    return or_(REQUESTS.c.claimed_until <= now, REQUESTS.c.claimed_until > now + _LONGEST_LEASE + _ASTRAY)


def _due(now: float) -> Any:
    at = REQUESTS.c.next_attempt_at
    return or_(at <= now, at > now + LONGEST_RETRY_AFTER + _ASTRAY)


class Outbox:
    """All sent requests and their states. Any number of processes may open the same one."""

    def __init__(self, url: str) -> None:
        """Opens the database at an SQLAlchemy address and migrates it."""
        self._engine = connect(url)
        migrate(self._engine, "outbox")

    def close(self) -> None:
        """Closes its connections."""
        self._engine.dispose()

    def store(self, draft: Mapping[str, Any], origin: str, conversation: str) -> Entry:
        """Stores a request and returns it; when this returns, it is on disk.

        `draft`: the payload without `id`, `reference` and `submitted_at`. The same `origin` again, also concurrently,
        returns the stored entry. CPR numbers are masked here again. ValueError names the wrong fields (also a recording
        without accepted terms); then nothing is stored.
        """
        # A hash, so that the outbox does not lead back to the conversation.
        origin = sha256(origin.encode()).hexdigest()
        while True:
            if known := self._by_origin(origin):
                return known
            reference = display(new_reference())
            payload = {
                **masked(draft),
                "id": str(uuid_utils.uuid7()),
                "reference": reference,
                "submitted_at": clock.now().isoformat(timespec="seconds"),
            }
            if wrong := problems(payload):
                raise ValueError("; ".join(wrong))
            now = time.time()
            row = {
                "id": payload["id"],
                "reference": reference,
                "origin": origin,
                "conversation": conversation,
                "type": payload["type"],
                "payload": json.dumps(payload, ensure_ascii=False),
                "state": "pending",
                "created_at": now,
                "trying_since": now,
                "next_attempt_at": now + _FIRST_ATTEMPT_SECONDS,
                "claimed_until": 0.0,
                "attempts": 0,
                "reason": None,
            }
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(REQUESTS).values(**row))
            except IntegrityError:
                # Another process stored this origin first, or the reference is taken.
                continue
            # Not read back: the database may fail now, and the request is on disk.
            return entry_of(SimpleNamespace(**row))

    def get(self, id: str) -> Entry:
        """The entry with this id; KeyError if there is none."""
        row = self._row(REQUESTS.c.id == id)
        if row is None:
            raise KeyError(id)
        return entry_of(row)

    def find(self, reference: str) -> Entry | None:
        """The entry with this reference as a person types it, or None."""
        plain = normalize(reference)
        row = self._row(REQUESTS.c.reference == display(plain)) if plain else None
        return entry_of(row) if row else None

    def claim(self, limit: int, lease_seconds: float, hastened: bool = False) -> list[Entry]:
        """Claims up to `limit` due entries for `lease_seconds` (600 at most).

        `hastened`: only those that staff retry (`hasten_one`).
        """
        now = time.time()
        due = REQUESTS.c.next_attempt_at <= _AT_ONCE if hastened else _due(now)
        return self._claim(and_(due, _free(now)), limit, now + min(lease_seconds, _LONGEST_LEASE))

    def claim_one(self, id: str, lease_seconds: float) -> Entry | None:
        """Claims this entry for its first attempt, due or not; None if it is not pending or claimed already."""
        now = time.time()
        found = self._claim(and_(REQUESTS.c.id == id, _free(now)), 1, now + min(lease_seconds, _LONGEST_LEASE))
        return found[0] if found else None

    def _claim(self, which: Any, limit: int, until: float) -> list[Entry]:
        wanted = (
            select(REQUESTS)
            .where(REQUESTS.c.state == "pending", which)
            .order_by(REQUESTS.c.next_attempt_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(wanted).all()
            taken = REQUESTS.c.id.in_([row.id for row in rows])
            # The process may be killed during the attempt: it may have arrived until its end is recorded.
            begun = REQUESTS.c.maybe_arrived + 1
            connection.execute(update(REQUESTS).where(taken).values(claimed_until=until, maybe_arrived=begun))
        return [entry_of(row) for row in rows]

    def record(self, id: str, outcome: Outcome) -> State:
        """Records an attempt's outcome, ends the lease, and returns the new state.

        An entry that is not pending only changes to `delivered`.
        """
        now = time.time()
        with self._engine.begin() as connection:
            row = connection.execute(select(REQUESTS).where(REQUESTS.c.id == id).with_for_update()).one()
            connection.execute(
                insert(ATTEMPTS).values(request=id, at=now, status=outcome.status, reason=outcome.reason)
            )
            state: State = row.state
            change: dict[str, Any] = {"attempts": row.attempts + 1}
            if not outcome.reached:
                change["maybe_arrived"] = max(row.maybe_arrived - 1, 0)
            if outcome.kind == "delivered":
                state = "delivered"
                change |= {"state": state, "reason": outcome.reason, "claimed_until": 0.0}
            elif row.state == "pending":
                reason = outcome.reason
                if outcome.kind == "refused":
                    state = "refused"
                elif given_up(now - row.trying_since, row.attempts + 1):
                    state, reason = "refused", f"opgivet efter 14 dage: {reason}"
                wait = pause(row.attempts + 1, outcome.retry_after)
                change |= {"state": state, "reason": reason, "claimed_until": 0.0, "next_attempt_at": now + wait}
            if state != row.state:
                change["settled_at"] = now
            connection.execute(update(REQUESTS).where(REQUESTS.c.id == id).values(**change))
        return state

    def hasten(self) -> None:
        """Makes all pending entries due now: Jura's system answers again."""
        now = time.time()
        # New ones are left to their sender's first attempt.
        later = and_(REQUESTS.c.state == "pending", REQUESTS.c.attempts > 0, REQUESTS.c.next_attempt_at > now)
        with self._engine.begin() as connection:
            connection.execute(update(REQUESTS).where(later).values(next_attempt_at=now))

    def hasten_one(self, id: str) -> bool:
        """Makes a pending request the next one to try, for staff.

        False if it is not pending, is claimed, or waits for its sender's first attempt.
        """
        now = time.time()
        senders = and_(REQUESTS.c.attempts == 0, not_(_due(now)))
        waits = and_(REQUESTS.c.id == id, REQUESTS.c.state == "pending", _free(now), not_(senders))
        with self._engine.begin() as connection:
            return bool(connection.execute(update(REQUESTS).where(waits).values(next_attempt_at=_AT_ONCE)).rowcount)

    def withdraw(self, reference: str, conversation: str) -> Withdrawal:
        """Withdraws a request of this conversation, or says why not.

        Only one that certainly never reached Jura: it is pending, and no attempt got further than a refused connection.
        """
        plain = normalize(reference)
        if plain is None:
            return Withdrawal.UNKNOWN
        mine = and_(REQUESTS.c.reference == display(plain), REQUESTS.c.conversation == conversation)
        here = and_(REQUESTS.c.state == "pending", REQUESTS.c.maybe_arrived == 0)
        now = time.time()
        with self._engine.begin() as connection:
            taken = update(REQUESTS).where(mine, here).values(state="withdrawn", settled_at=now)
            if connection.execute(taken).rowcount:
                return Withdrawal.DONE
            row = connection.execute(select(REQUESTS).where(mine)).one_or_none()
            free = connection.execute(select(REQUESTS.c.id).where(mine, _free(now))).one_or_none()
        if row is None:
            return Withdrawal.UNKNOWN
        if row.state == "pending":
            return Withdrawal.MAY_HAVE_ARRIVED if free else Withdrawal.ON_ITS_WAY
        return WITHDRAWAL_OF_STATE[row.state]

    def retry(self, id: str) -> bool:
        """Tries a refused request again as if it were new; False if it is not refused."""
        now = time.time()
        anew = {"state": "pending", "trying_since": now, "next_attempt_at": now, "attempts": 0, "settled_at": None}
        refused = and_(REQUESTS.c.id == id, REQUESTS.c.state == "refused")
        with self._engine.begin() as connection:
            return bool(connection.execute(update(REQUESTS).where(refused).values(**anew)).rowcount)

    def forget(self, delivered_content_days: int = 30) -> int:
        """Deletes the content of requests delivered or withdrawn so many days ago; returns how many.

        Reference, state and times stay. Pending and refused requests are kept whole.
        """
        before = time.time() - delivered_content_days * 86_400
        old = and_(REQUESTS.c.state.in_(("delivered", "withdrawn")), REQUESTS.c.settled_at < before)
        # Emptied payloads are shorter.
        whole = func.length(REQUESTS.c.payload) > _EMPTIED_LENGTH
        with self._engine.begin() as connection:
            rows = connection.execute(select(REQUESTS.c.id, REQUESTS.c.payload).where(old, whole)).all()
            for row in rows:
                change = update(REQUESTS).where(REQUESTS.c.id == row.id).values(payload=emptied(row.payload))
                connection.execute(change)
        if rows:
            scrub(self._engine)
        return len(rows)

    def waiting(self) -> tuple[int, datetime | None]:
        """How many requests are pending, and since when the oldest is (UTC)."""
        wanted = select(func.count(), func.min(REQUESTS.c.created_at)).where(REQUESTS.c.state == "pending")
        with self._engine.begin() as connection:
            count, oldest = connection.execute(wanted).one()
        return count, None if oldest is None else datetime.fromtimestamp(oldest, UTC)

    def entries(self, state: State | None = None) -> list[Entry]:
        """All requests, or those in one state, oldest first."""
        wanted = select(REQUESTS).order_by(REQUESTS.c.created_at)
        if state:
            wanted = wanted.where(REQUESTS.c.state == state)
        with self._engine.begin() as connection:
            return [entry_of(row) for row in connection.execute(wanted)]

    def health(self) -> dict[str, int]:
        """For monitoring: requests waiting, seconds that the oldest has waited, requests refused."""
        wanted = select(REQUESTS.c.state, func.count(), func.min(REQUESTS.c.created_at)).group_by(REQUESTS.c.state)
        with self._engine.begin() as connection:
            found = {state: (count, oldest) for state, count, oldest in connection.execute(wanted)}
        now = time.time()
        count, oldest = found.get("pending", (0, now))
        refused, _ = found.get("refused", (0, now))
        return {"waiting": count, "oldest_seconds": max(0, int(now - oldest)), "refused": refused}

    def _by_origin(self, origin: str) -> Entry | None:
        row = self._row(REQUESTS.c.origin == origin)
        return entry_of(row) if row else None

    def _row(self, which: Any) -> Any:
        with self._engine.begin() as connection:
            return connection.execute(select(REQUESTS).where(which)).one_or_none()
