"""Regular expressions with a time limit: every pattern for text from outside is compiled here.

Python's `re` can take minutes for a hundred characters and holds the GIL meanwhile. The package `regex` reads the same
patterns and stops at a time limit. Code that reads a message opens a `budget` for all matches on it; a match outside
of a budget has a limit of its own.

A match that exceeds its limit raises `OutOfTime`: treat the text as not understood, since a text read in part must not
be acted upon. The log names the pattern and the text's length, never the text.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter, thread_time
from typing import Any, TypeAlias
from weakref import WeakSet

import regex

IGNORECASE = regex.IGNORECASE
MULTILINE = regex.MULTILINE
DOTALL = regex.DOTALL
escape = regex.escape
error = regex.error
Match: TypeAlias = regex.Match[str]

# Limits of a match outside any budget and of all matches of one message, in seconds of CPU time, so that a busy machine
# still reads ordinary messages.
ONE_MATCH_SECONDS = 0.5
ONE_MESSAGE_SECONDS = 0.4
# Texts of at most this many characters are matched without a limit, which would cost more than the match.
SHORT = 20
# The clock of a thread costs a system call, more than most matches: it is asked after so much time on the wall.
_ASKED_AFTER_SECONDS = 0.01
_SHOWN_OF_A_PATTERN = 60

log = logging.getLogger("patterns")
_alive: "WeakSet[Pattern]" = WeakSet()


class OutOfTime(Exception):
    """A match exceeded its time limit. The message has the pattern and the text's length, not the text."""

    def __init__(self, pattern: str, length: int) -> None:
        shown = pattern if len(pattern) <= _SHOWN_OF_A_PATTERN else pattern[:_SHOWN_OF_A_PATTERN] + "..."
        super().__init__(f"{shown!r} took too long on a text of {length} characters")


@dataclass
class _Budget:
    """How many seconds of a core the matches of one text may take together, and what was matched so far.

    Time on the wall is collected and counts at most as much as the thread really ran: a machine that has much to do
    takes nothing from the budget.
    """

    seconds: float
    spent: float = 0.0
    found: dict[Any, Any] = field(default_factory=dict)
    _on_the_wall: float = 0.0
    _asked_at: float = field(default_factory=thread_time)

    @property
    def left(self) -> float:
        """What is left, in seconds; not more than is left in truth."""
        return self.seconds - self.spent - self._on_the_wall

    def took(self, seconds: float) -> None:
        """Counts a match that took so long on the wall."""
        self._on_the_wall += seconds
        if self._on_the_wall > _ASKED_AFTER_SECONDS:
            now = thread_time()
            self.spent += min(self._on_the_wall, now - self._asked_at)
            self._on_the_wall, self._asked_at = 0.0, now


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def budget(seconds: float = ONE_MESSAGE_SECONDS) -> Iterator[None]:
    """All matches in this block together take at most so many seconds. Inside another budget, that one holds.

    Raises OutOfTime out of the match that ran out, and out of each one after it.
    """
    if _budget.get() is not None:
        yield
        return
    token = _budget.set(_Budget(seconds))
    try:
        yield
    finally:
        _budget.reset(token)


class Pattern:
    """A compiled regular expression with the methods of Python's `re.Pattern`; each raises OutOfTime."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags
        self._matcher = regex.compile(pattern, flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """The first match, or None."""
        return self._once(self._matcher.search, text, start, end)

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """The match that begins at `start`, or None."""
        return self._once(self._matcher.match, text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> Match | None:
        """The match of the whole text, or None."""
        return self._once(self._matcher.fullmatch, text, start, end)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """All matches from left to right, not overlapping."""
        return iter(self._once(self._all, text, start, end))

    def _all(self, text: str, start: int, end: int | None, timeout: float | None = None) -> list[Match]:
        # With an iterator the limit would hold for each step, not for all of them.
        return list(self._matcher.finditer(text, start, end, timeout=timeout))

    def findall(self, text: str) -> list[Any]:
        """The text, or the groups, of each match."""
        return self._within(self._matcher.findall, text, text)

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        """The texts between the matches."""
        return self._within(self._matcher.split, text, text, maxsplit)

    def sub(self, replacement: str | Callable[[Match], str], text: str, count: int = 0) -> str:
        """The text with each match replaced."""
        return self._within(self._matcher.sub, text, replacement, text, count)

    def _once(self, method: Callable[..., Any], text: str, start: int, end: int | None) -> Any:
        """Matches inside a budget only what was not matched in it before: many rules ask the same of the same text."""
        if len(text) <= SHORT:
            return method(text, start, end)
        held = _budget.get()
        if held is None:
            return self._within(method, text, text, start, end)
        asked = (self, method.__name__, text, start, end)
        found = held.found
        if asked not in found:
            found[asked] = self._within(method, text, text, start, end)
        return found[asked]

    def _within(self, method: Callable[..., Any], text: str, *arguments: Any) -> Any:
        if len(text) <= SHORT:
            return method(*arguments)
        held = _budget.get() or _Budget(ONE_MATCH_SECONDS)
        left = held.left
        # Garbage collection can take a second in a large process, which must not count against the text.
        collects = gc.isenabled()
        gc.disable()
        started = perf_counter()
        try:
            if left <= 0:
                raise TimeoutError
            return method(*arguments, timeout=left)
        except TimeoutError:
            held.spent = held.seconds
            out_of_time = OutOfTime(self.pattern, len(text))
            log.warning("%s", out_of_time)
            raise out_of_time from None
        finally:
            held.took(perf_counter() - started)
            if collects:
                gc.enable()


def compile(pattern: str, flags: int = 0) -> Pattern:
    """A pattern in the syntax of Python's `re`; `flags` of this module. Raises `error` where it is invalid."""
    made = Pattern(pattern, flags)
    _alive.add(made)
    return made


def compiled() -> list[Pattern]:
    """All patterns of this process that are in use."""
    return list(_alive)


# For patterns that are used in one place and need no name.
_cached = lru_cache(maxsize=512)(compile)


def search(pattern: str, text: str, flags: int = 0) -> Match | None:
    """The first match, or None."""
    return _cached(pattern, flags).search(text)


def match(pattern: str, text: str, flags: int = 0) -> Match | None:
    """The match at the beginning of the text, or None."""
    return _cached(pattern, flags).match(text)


def fullmatch(pattern: str, text: str, flags: int = 0) -> Match | None:
    """The match of the whole text, or None."""
    return _cached(pattern, flags).fullmatch(text)


def finditer(pattern: str, text: str, flags: int = 0) -> Iterator[Match]:
    """All matches from left to right, not overlapping."""
    return _cached(pattern, flags).finditer(text)


def findall(pattern: str, text: str, flags: int = 0) -> list[Any]:
    """The text, or the groups, of each match."""
    return _cached(pattern, flags).findall(text)


def split(pattern: str, text: str, maxsplit: int = 0, flags: int = 0) -> list[Any]:
    """The texts between the matches."""
    return _cached(pattern, flags).split(text, maxsplit)


def sub(pattern: str, replacement: str | Callable[[Match], str], text: str, count: int = 0, flags: int = 0) -> str:
    """The text with each match replaced."""
    return _cached(pattern, flags).sub(replacement, text, count)
