"""On PostgreSQL: a hard restart in the middle, several deliveries, and many processes that open it at once."""

import itertools
import random
import threading
from pathlib import Path

import pytest
from fault_drafts import draft
from fault_house import CONTEXT, Figures, House, check_promises, open_outbox, settle, wait_until
from fault_postgres import Postgres

from legal.outbox import Outbox


@pytest.fixture
def pg_house(tmp_path: Path, postgres: Postgres) -> House:
    house = House(tmp_path, {"DATABASE_URL": postgres.url})
    yield house
    house.close()


def test_restarted_in_the_middle(pg_house: House, postgres: Postgres) -> None:
    house, chance = pg_house, random.Random(5)
    house.inbox()
    house.await_inbox()
    delivery = house.delivery()
    wait_until(lambda: "klar" in house.log("delivery"), 30, "delivery does not start")
    sender = house.sender()
    told: dict[str, set[str]] = {}
    failed = 0

    def one(number: int) -> None:
        nonlocal failed
        origin = f"o-{number}"
        for _ in range(40):
            sender.order(origin)
            answer = sender.answer(15)
            assert answer, "the sender died with the database"
            if answer.reference:
                told.setdefault(origin, set()).add(answer.reference)
                return
            failed += 1
            wait.wait(0.25)
        raise AssertionError("never written")

    wait = threading.Event()
    for turn, mode in enumerate(("immediate", "fast", "immediate")):
        restart = threading.Timer(chance.uniform(0, 0.3), lambda mode=mode: (postgres.stop(mode), postgres.start()))
        restart.start()
        # For as long as the database is away, however fast this machine sends.
        for number in itertools.count(turn * 1000):
            one(number)
            if number >= turn * 1000 + 11 and not restart.is_alive():
                break
    assert failed, "no request met the database while it was away"
    assert delivery.is_alive(), "delivery ended with the database"
    house.kill(delivery)
    house.delivery_when_leases_are_over()
    settle(house, 90)
    print(f"\nnot written at first, and told so: {failed}")
    check_promises(house, told, [received.content for received in house.received()], Figures())


def test_three_deliveries_take_each_request_once(pg_house: House) -> None:
    house = pg_house
    house.inbox()
    house.await_inbox()
    for number in range(30):
        house.outbox.store(draft(f"o-{number}"), f"o-{number}", "c")
    for _ in range(3):
        house.delivery()
    settle(house, 60)
    assert house.log("inbox").count("modtaget igen") == 0
    assert sorted(entry.attempts for entry in house.outbox.entries()) == [1] * 30


def test_processes_that_open_a_new_database_together_do_not_hinder_each_other(postgres: Postgres) -> None:
    openers = [CONTEXT.Process(target=open_outbox, args=(postgres.url,)) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(30)
    assert [opener.exitcode for opener in openers] == [0] * 4
    outbox = Outbox(postgres.url)
    assert outbox.waiting() == (0, None)
    outbox.close()
