"""Limits login attempts: each is counted before the password is checked, and a right one is taken out again.

A guess is counted under several names at once and refused if one is full. A browser that has logged in before has its
own count, so attacks by others do not lock it out; nor do they an address from which somebody has logged in, up to
its own limit. All others share one count. Counts are in memory: a restart clears them.
"""

import math
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_MOST_NAMES = 500


@dataclass(frozen=True)
class Limit:
    """At most `count` guesses in `seconds`."""

    count: int
    seconds: float


_MINUTE, _HOUR = 60.0, 3600.0
# A browser that has logged in with the present password.
KNOWN_BROWSER = (Limit(5, _MINUTE), Limit(30, _HOUR))
# Initials at an address: somebody who forgot the password leaves guesses to colleagues behind the same address.
PERSON = (Limit(5, _MINUTE), Limit(15, _HOUR))
ADDRESS = (Limit(10, _MINUTE), Limit(40, _HOUR))
# All unknown browsers and addresses together: 2,400 guesses a day.
STRANGERS = (Limit(100, _HOUR),)


class TooMany(Exception):
    """No more guesses now; `seconds` until the next."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = math.ceil(seconds)


@dataclass(frozen=True)
class Guess:
    """A counted guess: its time and names."""

    at: float
    names: tuple[str, ...]


def now() -> float:
    """Monotonic seconds."""
    return time.monotonic()


def names_of(browser: str | None, address: str, known_address: bool, initials: str) -> Mapping[str, Sequence[Limit]]:
    """The names that a guess is counted under, with their limits.

    `browser`: id of a known browser, or None; `known_address`: somebody has logged in from there.
    """
    if browser:
        return {f"browser {browser}": KNOWN_BROWSER}
    names: dict[str, Sequence[Limit]] = {f"person {address} {initials}": PERSON, f"address {address}": ADDRESS}
    return names if known_address else names | {"strangers": STRANGERS}


class Guesses:
    """The guesses of the last hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: dict[str, list[float]] = {}

    def take(self, names: Mapping[str, Sequence[Limit]]) -> Guess:
        """Counts a guess under all names; raises TooMany and counts nothing if one is full."""
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
