"""Tests: what holds for each of them."""

import time

import pytest

from common import clock


def pytest_addoption(parser: pytest.Parser) -> None:
    # Here and not beside the fuzz: pytest knows no other file of ours when it reads what `script/test` was called with.
    parser.addoption(
        "--fuzz-turns", type=int, default=1_000, help="how long the fuzz of conversations talks (10000: 15 minutes)"
    )
    parser.addoption("--fuzz-seed", type=int, default=1, help="which walks the fuzz of conversations takes")


@pytest.fixture(autouse=True)
def clock_starts_with_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NOW` is when a process's clock starts; tests share a process, and each sets its own `NOW`."""
    monkeypatch.setattr(clock, "_STARTED", time.monotonic())
