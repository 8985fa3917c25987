"""The outbox: a request is stored once per origin, kept, and leased by one process at a time."""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from legal import outbox as outbox_module
from legal.outbox import Outbox
from legal.outcome import Outcome
from legal.reference import display, new_reference

Make = Callable[..., dict[str, Any]]
DELIVERED = Outcome("delivered", 201, "modtaget")
RETRY = Outcome("retry", 503, "svarede HTTP 503")
REFUSED = Outcome("refused", 422, "afvist med HTTP 422")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the outbox's clock by so many seconds."""
    start = time.time()

    def move(seconds: float) -> None:
        monkeypatch.setattr("legal.outbox.time.time", lambda: start + seconds)

    return move


def test_a_stored_request_is_complete(outbox: Outbox, draft: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOW", "2026-12-01T10:00:00+01:00")
    entry = outbox.store(draft(), "c-1:turn-9", "c-1")
    assert entry.state == "pending"
    assert entry.submitted_at.isoformat().startswith("2026-12-01T10:0")
    assert entry.payload["reference"] == entry.reference
    assert entry.payload["id"] == entry.id
    assert {key: entry.payload[key] for key in draft()} == draft()


def test_a_stored_request_is_found_after_a_restart(outbox: Outbox, draft: Make, tmp_path: Path) -> None:
    entry = outbox.store(draft(), "o", "c")
    outbox.close()
    again = Outbox(f"sqlite:///{tmp_path / 'outbox.db'}")
    assert again.find(entry.reference.lower().replace("-", " ")) == entry


def test_a_database_error_after_the_commit_still_returns_the_request(
    outbox: Outbox, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, reads = outbox._row, []

    def row(which: Any) -> Any:
        reads.append(which)
        if len(reads) > 1:
            raise OSError("away")
        return real(which)

    monkeypatch.setattr(outbox, "_row", row)
    entry = outbox.store(draft(), "o", "c")
    monkeypatch.undo()
    assert outbox.get(entry.id) == entry


def test_a_commit_is_on_disk_before_it_is_answered(outbox: Outbox) -> None:
    with outbox._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_storing_the_same_origin_twice_is_one_request(outbox: Outbox, draft: Make) -> None:
    first = outbox.store(draft(), "o", "c")
    assert outbox.store(draft(), "o", "c") == first
    assert outbox.waiting()[0] == 1
    outbox.record(first.id, DELIVERED)
    assert outbox.store(draft(), "o", "c").state == "delivered"


def test_storing_the_same_origin_concurrently_is_one_request(outbox: Outbox, draft: Make) -> None:
    with ThreadPoolExecutor(8) as pool:
        entries = list(pool.map(lambda _: outbox.store(draft(), "o", "c"), range(24)))
    assert len({entry.reference for entry in entries}) == 1
    assert outbox.waiting()[0] == 1


def _store_ten(url: str, made: dict[str, Any], ready: Any) -> None:
    ready.wait()
    box = Outbox(url)
    for number in range(10):
        box.store(made, f"origin-{number}", "c")


def test_processes_may_create_an_outbox_concurrently(draft: Make, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'outbox.db'}"
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    workers = [context.Process(target=_store_ten, args=(url, draft(), ready)) for _ in range(3)]
    for worker in workers:
        worker.start()
    ready.set()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert Outbox(url).waiting()[0] == 10


def test_two_origins_are_two_requests(outbox: Outbox, draft: Make) -> None:
    first, second = outbox.store(draft(), "o1", "c"), outbox.store(draft(), "o2", "c")
    assert first.id != second.id and first.reference != second.reference
    assert first.id < second.id


def test_a_reference_that_is_taken_is_drawn_again(outbox: Outbox, draft: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    first = outbox.store(draft(), "o1", "c")
    draws = iter([first.reference.replace("-", ""), new_reference()])
    monkeypatch.setattr(outbox_module, "new_reference", lambda: next(draws))
    assert outbox.store(draft(), "o2", "c").reference != first.reference
    assert outbox.waiting()[0] == 2


def test_an_invalid_request_is_not_stored_and_its_fields_are_named(outbox: Outbox, draft: Make) -> None:
    wrong = draft()
    wrong["applicant"]["phone"] = "en hemmelighed"
    with pytest.raises(ValueError, match=r"applicant\.phone") as error:
        outbox.store(wrong, "o", "c")
    assert "hemmelighed" not in str(error.value)
    assert outbox.waiting() == (0, None)
    assert outbox.store(draft(), "o", "c").state == "pending"


def test_the_senders_own_first_attempt_comes_before_the_delivery_process(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.claim(10, 30) == []
    assert outbox.claim_one(entry.id, 30) == entry
    later(11)
    assert outbox.claim(10, 30) == []
    later(31)
    assert [found.id for found in outbox.claim(10, 30)] == [entry.id]


def test_each_request_is_leased_by_one_process(outbox: Outbox, draft: Make, later: Callable[[float], None]) -> None:
    ids = {outbox.store(draft(), f"o{number}", "c").id for number in range(12)}
    later(11)
    with ThreadPoolExecutor(6) as pool:
        taken = [entry.id for entries in pool.map(lambda _: outbox.claim(3, 30), range(6)) for entry in entries]
    assert len(taken) == 12 and set(taken) == ids


def test_the_lease_of_a_dead_process_expires(outbox: Outbox, draft: Make, later: Callable[[float], None]) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.claim_one(entry.id, 30)
    assert outbox.claim_one(entry.id, 30) is None
    later(31)
    assert outbox.claim_one(entry.id, 30)


def test_a_clock_set_back_a_year_does_not_delay_a_request(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.claim_one(entry.id, 30)
    later(-365 * 86400)
    assert [found.id for found in outbox.claim(1, 30)] == [entry.id]


def test_delivered_is_never_sent_again(outbox: Outbox, draft: Make, later: Callable[[float], None]) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.claim_one(entry.id, 30)
    assert outbox.record(entry.id, DELIVERED) == "delivered"
    # A second, slower process reports a failure.
    assert outbox.record(entry.id, RETRY) == "delivered"
    assert outbox.record(entry.id, REFUSED) == "delivered"
    later(30 * 86400)
    assert outbox.claim(1, 30) == [] and outbox.claim_one(entry.id, 30) is None
    assert outbox.waiting() == (0, None)


def test_refused_is_kept_with_its_reason_and_shown(outbox: Outbox, draft: Make) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.record(entry.id, REFUSED) == "refused"
    (kept,) = outbox.entries("refused")
    assert (kept.id, kept.reason, kept.payload) == (entry.id, REFUSED.reason, entry.payload)
    assert outbox.claim_one(entry.id, 30) is None


def test_a_late_delivered_outcome_replaces_refused(outbox: Outbox, draft: Make) -> None:
    entry = outbox.store(draft(), "o", "c")
    outbox.record(entry.id, REFUSED)
    assert outbox.record(entry.id, DELIVERED) == "delivered"


def test_pauses_grow_and_retry_after_is_respected(outbox: Outbox, draft: Make, later: Callable[[float], None]) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.record(entry.id, RETRY) == "pending"
    later(10.5)
    assert outbox.claim(1, 1)
    outbox.record(entry.id, Outcome("retry", 503, "svarede HTTP 503", 7200))
    later(10.5 + 7199)
    assert outbox.claim(1, 1) == []
    later(10.5 + 7201)
    assert outbox.claim(1, 1)


def test_after_fourteen_days_of_attempts_a_request_is_refused_with_a_reason(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    for day in range(14):
        later(day * 86400)
        assert outbox.record(entry.id, RETRY) == "pending"
    later(14 * 86400 + 60)
    assert outbox.record(entry.id, RETRY) == "refused"
    assert "14 dage" in str(outbox.entries("refused")[0].reason)


def test_a_clock_that_jumps_a_month_ahead_refuses_no_request(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    later(31 * 86400)
    assert outbox.record(entry.id, RETRY) == "pending"


def test_only_its_own_conversation_withdraws_a_request(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert not outbox.withdraw(entry.reference, "another")
    assert not outbox.withdraw(display(new_reference()), "c")
    assert not outbox.withdraw("vrøvl", "c")
    assert outbox.withdraw(entry.reference.lower(), "c")
    assert outbox.get(entry.id).state == "withdrawn"
    assert not outbox.withdraw(entry.reference, "c")
    later(60)
    assert outbox.claim(1, 30) == []


def test_a_leased_or_delivered_request_cannot_be_withdrawn(outbox: Outbox, draft: Make) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.claim_one(entry.id, 30)
    assert not outbox.withdraw(entry.reference, "c")
    outbox.record(entry.id, DELIVERED)
    assert not outbox.withdraw(entry.reference, "c")


def test_the_outbox_counts_waiting_requests_and_their_age(outbox: Outbox, draft: Make) -> None:
    assert outbox.waiting() == (0, None)
    before = datetime.now(UTC)
    outbox.store(draft(), "o1", "c")
    outbox.store(draft(), "o2", "c")
    count, oldest = outbox.waiting()
    assert count == 2 and oldest is not None and before <= oldest <= datetime.now(UTC)


@pytest.mark.parametrize("reference", ["", "vrøvl", "K7QF-3MXX", "' OR 1=1 --"])
def test_an_unknown_reference_finds_nothing(outbox: Outbox, reference: str) -> None:
    assert outbox.find(reference) is None


def test_an_unknown_id_is_an_error(outbox: Outbox) -> None:
    with pytest.raises(KeyError):
        outbox.get("01936f2e-7c00-7abc-8def-0123456789ab")
