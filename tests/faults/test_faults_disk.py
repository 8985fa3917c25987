"""A full disk: citizens are told that nothing was sent, earlier requests stay, and sending works afterwards."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fault_services import Figures, Services, check_promises, limit_files, settle, wait_until

PAGE = 4096


def full(process: Any, room: int = PAGE) -> None:
    """Limits the files of a running process to `room` bytes."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))


def _check_integrity(services: Services) -> None:
    with services.outbox._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def _largest(services: Services) -> int:
    return max(file.stat().st_size for file in services.config.data_dir.glob("*.db*"))


def test_no_room_for_the_outbox(services: Services) -> None:
    """A file size limit for the sender gives the same errors as a full disk, without mounting one."""
    told: dict[str, set[str]] = {}
    free = services.sender()
    free.order("before")
    before = free.answer(10)
    assert before and before.reference
    told["before"] = {before.reference}
    tight = services.sender(partial(limit_files, _largest(services) + PAGE))
    refused = []
    for number in range(12):
        tight.order(f"o-{number}")
        answer = tight.answer(10)
        assert answer, "the sender died of a full disk"
        if answer.reference:
            told[f"o-{number}"] = {answer.reference}
        else:
            refused.append(f"o-{number}")
    assert refused, "the disk was never full"
    _check_integrity(services)
    # With space again, the citizen, whose answers were kept, tries again.
    for origin in refused:
        free.order(origin)
        answer = free.answer(10)
        assert answer and answer.reference
        told[origin] = {answer.reference}
    services.inbox()
    services.await_inbox()
    services.delivery_when_leases_are_over()
    settle(services, 60)
    check_promises(services, told, [received.content for received in services.received()], Figures())


def test_no_room_for_delivery_and_the_inbox(services: Services) -> None:
    """Neither process ends or confirms what it has not stored; with space again, everything arrives."""
    sender = services.sender()
    inbox = services.inbox()
    services.await_inbox()
    delivery = services.delivery()
    wait_until(lambda: "klar" in services.log("delivery"), 15, "delivery does not start")
    full(inbox)
    full(delivery)
    told: dict[str, set[str]] = {}
    for number in range(8):
        sender.order(f"o-{number}")
        answer = sender.answer(10)
        assert answer and answer.reference
        told[answer.origin] = {answer.reference}
    assert services.outbox.waiting()[0] == 8, "the inbox answered for what it cannot keep"
    wait_until(lambda: "databasen svarer ikke" in services.log("delivery"), 15, "delivery's disk was never full")
    assert delivery.is_alive() and inbox.is_alive()
    full(inbox, resource.RLIM_INFINITY)
    full(delivery, resource.RLIM_INFINITY)
    settle(services, 60)
    _check_integrity(services)
    check_promises(services, told, [received.content for received in services.received()], Figures())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A mounted file system of 1 MB; skipped where mounting is not allowed."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(folder)]
    done = os.getuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0
    if not done:
        pytest.skip("LEFT OUT: no small file system may be mounted here; the tests above limit files instead")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    services = Services(small_disk)
    try:
        sender = services.sender()
        told: dict[str, set[str]] = {}
        ballast = small_disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 1024)
        refused = []
        for number in range(5):
            sender.order(f"o-{number}")
            answer = sender.answer(10)
            assert answer
            if answer.reference:
                told[answer.origin] = {answer.reference}
            else:
                refused.append(answer.origin)
        assert refused, "the disk was never full"
        ballast.unlink()
        _check_integrity(services)
        for origin in refused:
            sender.order(origin)
            answer = sender.answer(10)
            assert answer and answer.reference
            told[origin] = {answer.reference}
        check_promises(services, told, [], Figures())
    finally:
        services.close()
