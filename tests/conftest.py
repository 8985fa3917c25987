"""Tests: what holds for each of them."""

import time

import pytest

from common import clock


@pytest.fixture(autouse=True)
def clock_starts_with_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NOW` is when a process's clock starts; tests share a process, and each sets its own `NOW`."""
    monkeypatch.setattr(clock, "_STARTED", time.monotonic())
