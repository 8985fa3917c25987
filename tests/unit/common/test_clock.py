"""The clock, which NOW may set and which then runs on."""

import pytest

from common import clock


def test_now_starts_where_it_is_told_and_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOW", "2026-12-01T09:00:00Z")
    monkeypatch.setattr(clock, "_STARTED", clock.time.monotonic() - 90)
    moment = clock.now()
    assert moment.isoformat(timespec="minutes") == "2026-12-01T10:01+01:00"


def test_summer_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOW", "2026-10-25T02:59:50+02:00")
    monkeypatch.setattr(clock, "_STARTED", clock.time.monotonic() - 20)
    assert clock.now().isoformat(timespec="minutes") == "2026-10-25T02:00+01:00"
