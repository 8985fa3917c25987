"""What came of one attempt to deliver a request."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["delivered", "retry", "refused"]


@dataclass(frozen=True)
class Outcome:
    """`status` is the HTTP status, None where there was no whole answer; `reason` is Danish, for staff, and holds
    nothing of the request or the answer; `retry_after` is in seconds, None where the other side named no time;
    `reached` is False only where it is certain that not a byte of the request left this machine's side."""

    kind: Kind
    status: int | None
    reason: str
    retry_after: float | None = None
    reached: bool = True
