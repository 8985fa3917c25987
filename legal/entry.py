"""A request in the outbox, as the rest of the project sees it, and why it can be taken back or not."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal

State = Literal["pending", "delivered", "refused", "withdrawn"]


@dataclass(frozen=True)
class Entry:
    """A request in the outbox. `attempts` and `reason` tell of delivery so far; `reason` is the last attempt's.

    `payload` is empty once its content has been deleted (`Outbox.forget`). `next_attempt_at` is of use while pending.
    """

    id: str
    reference: str
    type: str
    state: State
    submitted_at: datetime
    payload: dict[str, Any]
    attempts: int
    reason: str | None
    next_attempt_at: datetime


class Withdrawal(Enum):
    """What became of a wish to take a request back. True where it was done."""

    DONE = "done"
    UNKNOWN = "unknown"  # no such request, or another conversation's
    ON_ITS_WAY = "on_its_way"  # is being delivered just now: try again in half a minute
    MAY_HAVE_ARRIVED = "may_have_arrived"  # an attempt was cut off: Jura may have it
    DELIVERED = "delivered"
    REFUSED = "refused"  # staff have it
    ALREADY = "already"

    def __bool__(self) -> bool:
        return self is Withdrawal.DONE


def entry_of(row: Any) -> Entry:
    """A row of the outbox's table as an Entry."""
    kept = json.loads(row.payload)
    return Entry(
        id=row.id,
        reference=row.reference,
        type=row.type,
        state=row.state,
        submitted_at=datetime.fromisoformat(kept["submitted_at"]),
        payload=kept if "id" in kept else {},
        attempts=row.attempts,
        reason=row.reason,
        next_attempt_at=datetime.fromtimestamp(row.next_attempt_at, UTC),
    )


def emptied(payload: str) -> str:
    """What is kept of a payload (JSON) whose content is deleted: when it was sent, nothing more."""
    return json.dumps({"submitted_at": json.loads(payload)["submitted_at"]})
