"""Killing any process at any moment around a send neither loses nor doubles a request."""

import random
import time
from typing import Any

import pytest
from fault_postgres import Postgres
from fault_services import Answer, Figures, Services, check_promises, settle

SEED = 20261124


class Killing:
    """Sends requests, and kills a process at a random moment of each."""

    def __init__(self, services: Services, seed: int) -> None:
        self.services = services
        self.chance = random.Random(seed)
        self.figures = Figures()
        self.told: dict[str, set[str]] = {}
        self.send_seconds = 0.03
        self.sender = services.sender()
        self.others: dict[str, Any] = {"delivery": services.delivery(), "inbox": services.inbox()}
        services.await_inbox()

    def round(self, number: int, victim: str) -> None:
        """Sends one request and kills the victim while it is on its way."""
        origin = f"o-{number}"
        self.told[origin] = set()
        if self.sender.process not in self.services.running:
            self.sender = self.services.sender()
        self.sender.order(origin)
        # Half of the kills fall into the send, half right after it, at any speed of the machine.
        time.sleep(self.chance.random() * 2 * self.send_seconds)
        self._kill(victim)
        # Without an answer, the page repeats its turn.
        self._hear(origin, self.sender.answer(8 if victim not in ("sender", "all") else 0))
        if not self.told[origin]:
            self.figures.unseen += 1
            self.sender = self.services.sender()
            self.sender.order(origin)
            self._hear(origin, self.sender.answer(8))
        assert self.told[origin], f"no reference for {origin}"

    def _hear(self, origin: str, answer: Answer | None) -> None:
        if answer and answer.reference:
            assert answer.origin == origin
            self.told[origin].add(answer.reference)
            self.send_seconds += (min(answer.seconds, 0.5) - self.send_seconds) / 5

    def _kill(self, victim: str) -> None:
        for name in ("sender", "delivery", "inbox"):
            if victim not in (name, "all"):
                continue
            self.figures.kills += 1
            if name == "sender":
                self.services.kill(self.sender.process)
                continue
            self.services.kill(self.others[name])
            self.others[name] = self.services.delivery() if name == "delivery" else self.services.inbox()


def _run(services: Services, kills: int, seed: int) -> None:
    begin = time.monotonic()
    killing = Killing(services, seed)
    number = 0
    while killing.figures.kills < kills:
        victim = killing.chance.choices(["sender", "delivery", "inbox", "all"], [5, 2, 2, 1])[0]
        killing.round(number, victim)
        number += 1
    services.await_inbox()
    services.kill(killing.others["delivery"])
    services.delivery_when_leases_are_over()
    settle(services, 120)
    killing.figures.seconds = time.monotonic() - begin
    arrived = [received.content for received in services.received()]
    check_promises(services, killing.told, arrived, killing.figures)
    assert not [entry for entry in services.outbox.entries() if entry.state == "refused"]
    # Both versions took part.
    assert {payload["schema"] for payload in arrived} == {"legal-request/1", "legal-request/2"}


@pytest.mark.timeout(7200)
def test_killed_at_random_moments(services: Services, kills: int) -> None:
    _run(services, kills, SEED)


@pytest.mark.timeout(3600)
def test_killed_at_random_moments_on_postgresql(tmp_path: Any, postgres: Postgres, kills: int) -> None:
    services = Services(tmp_path, {"DATABASE_URL": postgres.url})
    try:
        _run(services, max(kills // 8, 10), SEED + 1)
    finally:
        services.close()
