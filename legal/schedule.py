"""How long to wait before a request is tried again, and for how long it is tried at all."""

import random

FIRST_PAUSE = 10.0
LONGEST_PAUSE = 3600.0
LONGEST_RETRY_AFTER = 86_400.0
GIVE_UP_AFTER = 14 * 86_400.0
# A clock that jumps weeks ahead must not end a request that has hardly been tried.
GIVE_UP_ATTEMPTS = 10


def pause(attempts: int, retry_after: float | None) -> float:
    """Seconds until the next attempt, after `attempts` that failed (1 or more).

    Chance spreads the attempts over the whole pause ('full jitter'), whose end doubles from 10 seconds to an hour. The
    time that the other side asked for is kept, up to a day.
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempts - 1, 20))
    asked = min(retry_after or 0.0, LONGEST_RETRY_AFTER)
    return max(random.uniform(1.0, longest), asked)


def given_up(age: float, attempts: int) -> bool:
    """Whether a request of this age in seconds has been tried long enough."""
    return age >= GIVE_UP_AFTER and attempts >= GIVE_UP_ATTEMPTS
