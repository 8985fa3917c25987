"""Options, fixtures and the summary of all tests."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import changed
import order
import pytest
import shares
from slowest import Slowest

from bot.lazy_tensorflow import load_tensorflow_when_used
from common import clock


def pytest_addoption(parser: pytest.Parser) -> None:
    # Here and not beside the fuzz: when pytest parses the arguments, it has loaded no other conftest.
    parser.addoption(
        "--fuzz-turns", type=int, default=1_000, help="how long the fuzz of conversations talks (10000: 15 minutes)"
    )
    parser.addoption("--fuzz-seed", type=int, default=1, help="which walks the fuzz of conversations takes")
    parser.addoption(
        "--hostile-inputs", type=int, default=150, help="how many hostile texts are read (10000: 20 minutes)"
    )
    parser.addoption("--hostile-first", type=int, default=0, help="the number of the first of them")
    parser.addoption("--hostile-seed", type=int, default=1, help="which hostile texts they are")
    parser.addoption(
        "--every-date", action="store_true", help="read each day of two years in all six ways, not in one (10 seconds)"
    )
    parser.addoption(
        "--chat-examples",
        type=int,
        default=30,
        help="how many requests schemathesis makes up for each operation, besides the limits of every field (60: more)",
    )
    parser.addoption(
        "--every-row",
        action="store_true",
        help="run all tests and read all rows that are alike and many, and not an even share of them",
    )
    parser.addoption(
        "--renew-faults",
        action="store_true",
        help="write what is read wrongly today into the rows of tests/nlu, instead of failing (with --every-row)",
    )
    parser.addoption(
        "--changed-only",
        action="store_true",
        help="leave out the tests of bot/channel and of legal where nothing there differs from main",
    )


def _is_one_of_several(config: pytest.Config) -> bool:
    """Whether this is one of the processes of script/test."""
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "one_in(number): of so many alike one is run, all of them with --every-row")
    # Here because modules of tests import Rasa. One process alone may run tests that need no part of it.
    if _is_one_of_several(config):
        load_tensorflow_when_used()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """What hands the tests to the processes of script/test; None for other ways to distribute them."""
    return order.Scheduling(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if _is_one_of_several(config):
        items[:] = order.by_turns(items)
    out: set[str] = set()
    if not config.getoption("--every-row") and not shares.are_named(config.args, config.option.keyword):
        marked = ((item.nodeid, item.get_closest_marker("one_in")) for item in items)
        out |= shares.beyond_the_shares((test, marker.args[0]) for test, marker in marked if marker)
    if config.getoption("--changed-only"):
        folders = [config.rootpath / folder for folder in changed.left_out()]
        out |= {item.nodeid for item in items if any(item.path.is_relative_to(folder) for folder in folders)}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in out])
    items[:] = [item for item in items if item.nodeid not in out]


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / f"optagelser-tests-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def alone() -> Callable[[], AbstractContextManager[None]]:
    """A lock between test processes (script/test), held while something is installed."""
    return _alone


@pytest.fixture(scope="session")
def debian_package() -> Callable[[str, Callable[[], bool]], None]:
    """Installs a Debian package, where this machine has apt-get and allows it, unless what it brings is found."""

    def install(package: str, found: Callable[[], bool]) -> None:
        with _alone():
            if found() or os.geteuid() != 0 or not shutil.which("apt-get"):
                return
            for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", package]):
                # What apt-get says is shown with the test that then fails.
                subprocess.run(command, timeout=280, check=False)

    return install


@pytest.fixture
def slowest(request: pytest.FixtureRequest) -> Iterator[Slowest]:
    """Times hostile texts; the slowest ones are shown when the run is over."""
    found = Slowest(request.config.getoption("--hostile-seed"))
    yield found
    request.node.user_properties.append(("summary", str(found)))


@pytest.fixture(scope="session")
def leave_out() -> Callable[[str], None]:
    """Skips a test for what this machine lacks; in CI, which installs everything, fails it."""

    def missing(what: str) -> None:
        if os.environ.get("CI"):
            pytest.fail(what, pytrace=False)
        # The summary at the end names it ('UDELADT').
        pytest.skip(what)

    return missing


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the tests' summaries and what was skipped, from their reports (which xdist hands over)."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    told = [value for one in reports for name, value in getattr(one, "user_properties", ()) if name == "summary"]
    skipped = [one.longrepr for one in terminalreporter.stats.get("skipped", ()) if isinstance(one.longrepr, tuple)]
    left_out = [f"UDELADT: {reason.removeprefix('Skipped: ')}" for _, _, reason in skipped]
    for line in dict.fromkeys([*map(str, told), *sorted(left_out)]):
        terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def clock_starts_with_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NOW` is the time at which a process's clock starts; each test of a process sets its own."""
    monkeypatch.setattr(clock, "_STARTED", time.monotonic())
