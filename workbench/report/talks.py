"""Compares the last two runs of `dialogues`: which hold, which changed, what none reaches."""

from dataclasses import dataclass
from typing import Any

from workbench.shared.results import Result


@dataclass(frozen=True)
class Covered:
    """How many names of a kind the dialogues reach, and which they do not."""

    title: str
    tried: int
    known: int
    left: list[str]


@dataclass(frozen=True)
class Dialogue:
    """A dialogue as `dialogues` kept it: `failure` (None when it held) and `spoken` are JSON of its verdict."""

    name: str
    file: str
    failure: dict[str, Any] | None
    spoken: list[dict[str, Any]]


@dataclass(frozen=True)
class Talks:
    """The dialogues of the last run, compared with the run before.

    `mended` failed before and `broken` held before; `gone` were in the run before only.
    """

    at: str
    before_at: str | None
    seconds: int
    count: int
    failed: list[Dialogue]
    mended: list[Dialogue]
    broken: list[Dialogue]
    new: list[Dialogue]
    gone: list[Dialogue]
    coverage: list[Covered]


def talks(last: Result, before: Result | None) -> Talks:
    """The last result of `dialogues`, compared with the one before."""
    now = _by_name(last)
    old = _by_name(before) if before else {}
    both = [key for key in now if key in old]
    return Talks(
        at=last["at"],
        before_at=before["at"] if before else None,
        seconds=int(last.get("timing", {}).get("seconds", 0)),
        count=len(now),
        failed=[one for one in now.values() if one.failure],
        mended=[now[key] for key in both if old[key].failure and not now[key].failure],
        broken=[now[key] for key in both if now[key].failure and not old[key].failure],
        new=[one for key, one in now.items() if before and key not in old],
        gone=[one for key, one in old.items() if key not in now],
        coverage=[
            Covered(title, known - len(last["untried"].get(title, [])), known, last["untried"].get(title, []))
            for title, known in last["known"].items()
        ],
    )


def _by_name(result: Result) -> dict[tuple[str, str], Dialogue]:
    return {(one["file"], one["name"]): _dialogue(one) for one in result["dialogues"]}


def _dialogue(kept: dict[str, Any]) -> Dialogue:
    return Dialogue(kept["name"], kept["file"], kept["failure"], kept.get("spoken", []))
