"""Tests marked `one_in`: many that are alike, of which a run without `--every-row` takes an even share."""

from collections import Counter
from collections.abc import Iterable, Sequence


def beyond_the_shares(tests: Iterable[tuple[str, int]]) -> set[str]:
    """The node ids to leave out, of node ids with how many of their function's tests one is taken of.

    The first of each function is always taken, and the same ones in every run.
    """
    before: Counter[str] = Counter()
    out: set[str] = set()
    for test, one_in in tests:
        function = test.partition("[")[0]
        if before[function] % one_in:
            out.add(test)
        before[function] += 1
    return out


def are_named(arguments: Sequence[str], keyword: str) -> bool:
    """Whether pytest was given single tests to run ('file.py::test', `-k`): all of them run then."""
    return bool(keyword) or any("::" in argument for argument in arguments)
