"""The outcome of one delivery attempt."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["delivered", "retry", "refused"]


@dataclass(frozen=True)
class Outcome:
    """The outcome: `reason` is Danish, for staff, without content of the request.

    `status`: HTTP status, None without a complete answer; `retry_after`: seconds that the other side asked to wait, or
    None; `reached` is False only if certainly nothing was sent.
    """

    kind: Kind
    status: int | None
    reason: str
    retry_after: float | None = None
    reached: bool = True
