"""On PostgreSQL: a hard restart, several delivery processes, concurrent creation of tables, what servers share."""

import itertools
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fault_drafts import draft
from fault_postgres import Postgres
from fault_services import CONTEXT, Figures, Services, check_promises, open_outbox, settle, wait_until

from bot.channel.announcements import PAUSE, RESUME, Announcements
from bot.feedback import Helped
from bot.stores import Conversations
from legal.outbox import Outbox
from workbench.shared.stored_conversations import feedback


@pytest.fixture
def pg_services(tmp_path: Path, postgres: Postgres) -> Services:
    services = Services(tmp_path, {"DATABASE_URL": postgres.url})
    yield services
    services.close()


def test_a_hard_restart_of_postgresql_loses_nothing(pg_services: Services, postgres: Postgres) -> None:
    services, chance = pg_services, random.Random(5)
    services.inbox()
    services.await_inbox()
    delivery = services.delivery()
    wait_until(lambda: "klar" in services.log("delivery"), 30, "delivery does not start")
    sender = services.sender()
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
        # Until the database is back, at any speed of the machine.
        for number in itertools.count(turn * 1000):
            one(number)
            if number >= turn * 1000 + 11 and not restart.is_alive():
                break
    assert failed, "no request met the database while it was away"
    assert delivery.is_alive(), "delivery ended with the database"
    services.kill(delivery)
    services.delivery_when_leases_are_over()
    settle(services, 90)
    print(f"\nnot written at first, and told so: {failed}")
    check_promises(services, told, [received.content for received in services.received()], Figures())


def test_three_delivery_processes_on_postgresql_deliver_each_request_once(pg_services: Services) -> None:
    services = pg_services
    services.inbox()
    services.await_inbox()
    for number in range(30):
        services.outbox.store(draft(f"o-{number}"), f"o-{number}", "c")
    for _ in range(3):
        services.delivery()
    settle(services, 60)
    assert services.log("inbox").count("modtaget igen") == 0
    assert sorted(entry.attempts for entry in services.outbox.entries()) == [1] * 30


def test_processes_may_create_the_postgresql_outbox_concurrently(postgres: Postgres) -> None:
    openers = [CONTEXT.Process(target=open_outbox, args=(postgres.url,)) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(30)
    assert [opener.exitcode for opener in openers] == [0] * 4
    outbox = Outbox(postgres.url)
    assert outbox.waiting() == (0, None)
    outbox.close()


def test_servers_share_announcements_and_feedback_on_postgresql(postgres: Postgres) -> None:
    with ThreadPoolExecutor(4) as servers:
        here, there, *_ = servers.map(lambda _: Announcements(postgres.url), range(4))
    here.add("li", PAUSE, "Vi opdaterer.")
    assert there.standing().paused
    there.add("bo", RESUME)
    assert not here.standing().paused and [one.who for one in here.latest(9)] == ["bo", "li"]
    store = Conversations(postgres.url)
    for conversation, helped in (("chat-1", True), ("chat-1", False), ("chat-2", True)):
        store.note_feedback(conversation, "1.0", "utter_faq_notes", helped)
    assert feedback(postgres.url) == [Helped("utter_faq_notes", 1, 1)]
    store.forget("chat-1")
    assert feedback(postgres.url) == [Helped("utter_faq_notes", 1, 0)]
    store.engine.dispose()
