"""A circuit breaker: holds delivery back while Jura's system does not answer."""

import time

from legal.schedule import LONGEST_PAUSE, pause

_TOLERATED = 5


class Circuit:
    """Closed: everything due is tried. Open, after five failures in a row: one probe per pause."""

    def __init__(self) -> None:
        self._failures = 0
        self._next_probe = 0.0

    @property
    def open(self) -> bool:
        """Whether Jura's system counts as down."""
        return self._failures >= _TOLERATED

    def may_try(self) -> bool:
        """Whether an attempt may be made now."""
        return not self.open or time.monotonic() >= self._next_probe

    def failed(self, retry_after: float | None) -> None:
        """Records an attempt without a useful answer; `retry_after`: seconds that the other side asked to wait."""
        self._failures += 1
        if self.open:
            wait = pause(self._failures - _TOLERATED + 1, retry_after)
            self._next_probe = time.monotonic() + min(wait, LONGEST_PAUSE)

    def answered(self) -> None:
        """Records a useful answer."""
        self._failures = 0
