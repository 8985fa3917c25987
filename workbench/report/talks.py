"""Which dialogues hold now, and beside the last time; what no dialogue tries."""

from dataclasses import dataclass
from typing import Any

from workbench.shared.results import Result


@dataclass(frozen=True)
class Covered:
    """How many names of a kind the dialogues came by, and which are left."""

    title: str
    tried: int
    known: int
    left: list[str]


@dataclass(frozen=True)
class Talks:
    """All that the report says about dialogues. A dialogue is a mapping as workbench/dialogues/outcome.py writes it."""

    at: str
    before_at: str | None
    seconds: int
    count: int
    failed: list[dict[str, Any]]
    mended: list[dict[str, Any]]
    broken: list[dict[str, Any]]
    new: list[dict[str, Any]]
    gone: list[dict[str, Any]]
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
        failed=[one for one in now.values() if one["failure"]],
        mended=[now[key] for key in both if old[key]["failure"] and not now[key]["failure"]],
        broken=[now[key] for key in both if now[key]["failure"] and not old[key]["failure"]],
        new=[one for key, one in now.items() if before and key not in old],
        gone=[one for key, one in old.items() if key not in now],
        coverage=[
            Covered(title, known - len(last["untried"].get(title, [])), known, last["untried"].get(title, []))
            for title, known in last["known"].items()
        ],
    )


def _by_name(result: Result) -> dict[tuple[str, str], dict[str, Any]]:
    return {(one["file"], one["name"]): one for one in result["dialogues"]}
