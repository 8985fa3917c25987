"""When a request is tried again, and when it is given up (request.md, Payload). All times in seconds."""

import random

FIRST_PAUSE = 10.0
LONGEST_PAUSE = 3600.0
LONGEST_RETRY_AFTER = 86_400.0
GIVE_UP_AFTER = 14 * 86_400.0
# At least so many attempts, in case the clock jumps weeks ahead.
GIVE_UP_ATTEMPTS = 10


def pause(attempts: int, retry_after: float | None) -> float:
    """Seconds until the next attempt, after `attempts` failed ones (1 or more).

    Random from 1 up to a limit that doubles from 10 seconds to an hour ('full jitter'), and at least `retry_after`, up
    to a day.
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempts - 1, 20))
    asked = min(retry_after or 0.0, LONGEST_RETRY_AFTER)
    return max(random.uniform(1.0, longest), asked)


def given_up(age: float, attempts: int) -> bool:
    """Whether a request of this age (seconds) and number of attempts is given up."""
    return age >= GIVE_UP_AFTER and attempts >= GIVE_UP_ATTEMPTS
