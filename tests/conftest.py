"""Tests: what holds for each of them."""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from slowest import Slowest

from common import clock


def pytest_addoption(parser: pytest.Parser) -> None:
    # Here and not beside the fuzz: pytest knows no other file of ours when it reads what `script/test` was called with.
    parser.addoption(
        "--fuzz-turns", type=int, default=1_000, help="how long the fuzz of conversations talks (10000: 15 minutes)"
    )
    parser.addoption("--fuzz-seed", type=int, default=1, help="which walks the fuzz of conversations takes")
    parser.addoption(
        "--hostile-inputs", type=int, default=300, help="how many hostile texts are read (10000: 20 minutes)"
    )
    parser.addoption("--hostile-first", type=int, default=0, help="the number of the first of them")
    parser.addoption("--hostile-seed", type=int, default=1, help="which hostile texts they are")


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / f"optagelser-tests-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def alone() -> Callable[[], AbstractContextManager[None]]:
    """Holds up the other process of tests (script/test) for as long as something is installed."""
    return _alone


@pytest.fixture
def slowest(request: pytest.FixtureRequest) -> Iterator[Slowest]:
    """Times hostile texts; the slowest ones are shown when the run is over."""
    found = Slowest(request.config.getoption("--hostile-seed"))
    yield found
    request.node.user_properties.append(("summary", str(found)))


@pytest.fixture(scope="session")
def leave_out() -> Callable[[str], None]:
    """Says what is missing on this machine: in CI, which installs it, a failure, and so never left out unseen."""

    def missing(what: str) -> None:
        if os.environ.get("CI"):
            pytest.fail(what, pytrace=False)
        # Who may install nothing can run the other tests; the end of the run names this one ('UDELADT').
        pytest.skip(what)

    return missing


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted and what was left out, by their reports: so also where another process ran them."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    told = [value for one in reports for name, value in getattr(one, "user_properties", ()) if name == "summary"]
    skipped = [one.longrepr for one in terminalreporter.stats.get("skipped", ()) if isinstance(one.longrepr, tuple)]
    left_out = [f"UDELADT: {reason.removeprefix('Skipped: ')}" for _, _, reason in skipped]
    for line in dict.fromkeys([*map(str, told), *sorted(left_out)]):
        terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def clock_starts_with_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NOW` is when a process's clock starts; tests share a process, and each sets its own `NOW`."""
    monkeypatch.setattr(clock, "_STARTED", time.monotonic())
