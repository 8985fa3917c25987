"""A request in the outbox, and the results of withdrawing one."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Literal

State = Literal["pending", "delivered", "refused", "withdrawn"]


@dataclass(frozen=True)
class Entry:
    """A request in the outbox. `reason` is the last attempt's; `next_attempt_at` matters while pending.

    `payload` is empty once its content has been deleted (`Outbox.forget`).
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
    """The result of withdrawing a request; true if it was withdrawn."""

    DONE = "done"
    UNKNOWN = "unknown"  # no such request, or another conversation's
    ON_ITS_WAY = "on_its_way"  # being delivered: try again in half a minute
    MAY_HAVE_ARRIVED = "may_have_arrived"  # an attempt was cut off
    DELIVERED = "delivered"
    REFUSED = "refused"  # by Jura's system; staff look at it
    ALREADY = "already"

    def __bool__(self) -> bool:
        return self is Withdrawal.DONE


# Why a request that is not pending cannot be withdrawn.
WITHDRAWAL_OF_STATE = {
    "delivered": Withdrawal.DELIVERED,
    "refused": Withdrawal.REFUSED,
    "withdrawn": Withdrawal.ALREADY,
}


def entry_of(row: Any) -> Entry:
    """An Entry from a row of the outbox's table."""
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
    """A payload (JSON) without its content: only when it was sent."""
    return json.dumps({"submitted_at": json.loads(payload)["submitted_at"]})
