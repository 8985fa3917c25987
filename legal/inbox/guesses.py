"""How often a password may be guessed: each guess is counted before it is checked, and a right one is given back.

Who guesses is unknown, so guesses are counted under several names at once, and one that is full refuses. A browser
that has logged in before has a count of its own: whatever others do, it gets in with the right password. So does an
address from which somebody has logged in, as far as its own count goes. All others share one count, which bounds what
an attacker can guess from any number of addresses.

The counts are this process's, and a restart forgets them.
"""

import math
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_MOST_NAMES = 500


@dataclass(frozen=True)
class Limit:
    """So many guesses in so many seconds."""

    count: int
    seconds: float


_MINUTE, _HOUR = 60.0, 3600.0
# A browser that has logged in with this password.
KNOWN_BROWSER = (Limit(5, _MINUTE), Limit(30, _HOUR))
# One person's initials at one address: who has forgotten the password leaves the colleagues behind the same address
# some guesses.
PERSON = (Limit(5, _MINUTE), Limit(15, _HOUR))
ADDRESS = (Limit(10, _MINUTE), Limit(40, _HOUR))
# All browsers and addresses from which nobody has logged in, together: 2,400 guesses a day.
STRANGERS = (Limit(100, _HOUR),)


class TooMany(Exception):
    """No more guesses for now; `seconds` until the next."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = math.ceil(seconds)


@dataclass(frozen=True)
class Guess:
    """A guess that was counted: when, and under which names."""

    at: float
    names: tuple[str, ...]


def now() -> float:
    """Seconds, whatever is done to the clock."""
    return time.monotonic()


def names_of(browser: str | None, address: str, at_home: bool, initials: str) -> Mapping[str, Sequence[Limit]]:
    """Under which names a guess is counted. `browser`: its id, where it is known; `at_home`: a known address."""
    if browser:
        return {f"browser {browser}": KNOWN_BROWSER}
    names: dict[str, Sequence[Limit]] = {f"person {address} {initials}": PERSON, f"address {address}": ADDRESS}
    return names if at_home else names | {"strangers": STRANGERS}


class Guesses:
    """The counts of the last hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: dict[str, list[float]] = {}

    def take(self, names: Mapping[str, Sequence[Limit]]) -> Guess:
        """Counts a guess under all of these names, or, where one is full, under none: TooMany."""
        at = now()
        with self._lock:
            self._forget(at)
            wait = max(self._wait(name, limit, at) for name, limits in names.items() for limit in limits)
            if wait > 0:
                raise TooMany(wait)
            for name in names:
                self._times.setdefault(name, []).append(at)
        return Guess(at, tuple(names))

    def give_back(self, guess: Guess) -> None:
        """Takes a guess out of the counts: it was right, or was not checked."""
        with self._lock:
            for name in guess.names:
                times = self._times.get(name, [])
                if guess.at in times:
                    times.remove(guess.at)

    def _wait(self, name: str, limit: Limit, at: float) -> float:
        recent = [time for time in self._times.get(name, ()) if time > at - limit.seconds]
        return recent[-limit.count] + limit.seconds - at if len(recent) >= limit.count else 0.0

    def _forget(self, at: float) -> None:
        if len(self._times) < _MOST_NAMES:
            return
        self._times = {name: times for name, times in self._times.items() if times and times[-1] > at - _HOUR}
