"""Regular expressions over texts from outside: compiled here and nowhere else, each match bounded in time.

Python's `re` may take minutes for a hundred characters, and holds up the whole process meanwhile. The package `regex`
reads the same patterns and stops at a time limit. Whoever reads a message opens a `budget` for all of its patterns;
a pattern that is used outside of one has a limit of its own.

Running out raises `OutOfTime`: a text that was read in part must not be acted upon. Whoever opened the budget treats the
text as not understood. The log names the pattern and the length of the text, never the text.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import regex

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "Match",
    "OutOfTime",
    "Pattern",
    "budget",
    "compile",
    "compiled",
    "escape",
]

IGNORECASE = regex.IGNORECASE
MULTILINE = regex.MULTILINE
DOTALL = regex.DOTALL
escape = regex.escape
Match = regex.Match

# A match outside any budget, and all matches of one message, in seconds. A message of 4,000
# ordinary characters takes some hundredths of a second in all.
ONE_MATCH_SECONDS = 0.5
ONE_MESSAGE_SECONDS = 0.4
_SHOWN_OF_A_PATTERN = 60

log = logging.getLogger("patterns")
_compiled: dict[tuple[str, int], "Pattern"] = {}


class OutOfTime(Exception):
    """A text could not be matched within its time limit. Says which pattern and how long the text is, not the text."""

    def __init__(self, pattern: str, length: int) -> None:
        shown = pattern if len(pattern) <= _SHOWN_OF_A_PATTERN else pattern[:_SHOWN_OF_A_PATTERN] + "..."
        super().__init__(f"{shown!r} took too long on a text of {length} characters")


@dataclass
class _Budget:
    """How many seconds the matches of one text may take together, and how many they took so far."""

    seconds: float
    spent: float = 0.0


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

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match[str] | None:
        """The first place that matches."""
        return self._within(self._matcher.search, text, text, start, end)

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match[str] | None:
        """A match that begins at `start`."""
        return self._within(self._matcher.match, text, text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> Match[str] | None:
        """A match of the whole text."""
        return self._within(self._matcher.fullmatch, text, text, start, end)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match[str]]:
        """All places that match, from left to right, not overlapping."""
        return iter(self._within(lambda **limit: list(self._matcher.finditer(text, start, end, **limit)), text))

    def findall(self, text: str) -> list[Any]:
        """What matched at each place: the text, or its groups."""
        return self._within(self._matcher.findall, text, text)

    def split(self, text: str, most: int = 0) -> list[Any]:
        """The text between the places that match."""
        return self._within(self._matcher.split, text, text, most)

    def sub(self, replacement: str | Callable[[Match[str]], str], text: str, count: int = 0) -> str:
        """The text with each place that matches replaced."""
        return self._within(self._matcher.sub, text, replacement, text, count)

    def _within(self, method: Callable[..., Any], text: str, *arguments: Any) -> Any:
        held = _budget.get() or _Budget(ONE_MATCH_SECONDS)
        started = time.perf_counter()
        try:
            if held.spent >= held.seconds:
                raise TimeoutError
            return method(*arguments, timeout=held.seconds - held.spent)
        except TimeoutError:
            held.spent = held.seconds
            out_of_time = OutOfTime(self.pattern, len(text))
            log.warning("%s", out_of_time)
            raise out_of_time from None
        finally:
            held.spent += time.perf_counter() - started


def compile(pattern: str, flags: int = 0) -> Pattern:
    """A pattern, compiled once for each pair of pattern and flags (those of this module)."""
    known = _compiled.get((pattern, flags))
    if known is None:
        known = _compiled[pattern, flags] = Pattern(pattern, flags)
    return known


def compiled() -> list[Pattern]:
    """Every pattern that this process has compiled so far."""
    return list(_compiled.values())
