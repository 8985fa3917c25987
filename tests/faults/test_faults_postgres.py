"""On PostgreSQL: a hard restart, several delivery processes, concurrent creation of tables, what servers share."""

import asyncio
import itertools
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest
import sqlalchemy as sa
from fault_drafts import draft
from fault_postgres import Postgres
from fault_services import CONTEXT, Figures, Services, check_promises, open_outbox, settle, wait_until
from rasa.core.lock_store import LockError
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel.announcements import PAUSE, RESUME, Announcements
from bot.conversations.feedback import Helped
from bot.conversations.locks import DatabaseLocks
from bot.conversations.retention import clean
from bot.conversations.store import Conversations
from bot.conversations.tables import CONVERSATIONS
from common.settings import read_settings
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


def _long_conversation(store: Conversations, conversation: str, turns: range) -> None:
    async def talk() -> None:
        for number in turns:
            tracker = await store.load(conversation, f"m{number}")
            for event in (UserUttered(f"text {number}", message_id=f"m{number}"), ActionExecuted("action_listen")):
                tracker.update(event)
            await store.save(tracker)

    asyncio.run(talk())


def test_conversations_of_the_version_before_go_on_on_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    older = SQLTrackerStore(host=postgres.url)
    for conversation in ("chat-1", "chat-2"):
        events = [UserUttered(f"text {number}", message_id=f"m{number}", timestamp=1.0) for number in range(20)]
        asyncio.run(older.save(DialogueStateTracker.from_events(conversation, events)))
    older.engine.dispose()
    with ThreadPoolExecutor(4) as servers:
        stores = list(servers.map(lambda _: Conversations(postgres.url), range(4)))
    store = stores[0]
    with store.engine.begin() as connection:
        # Beyond 32 bits.
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('events', 'id'), 3000000000)"))
    _long_conversation(store, "chat-1", range(20, 40))
    loaded = asyncio.run(store.load("chat-1", "m3"))
    assert loaded.stored.repeated and loaded.stored.turns == 40 and len(loaded.events) < 60
    whole = asyncio.run(store.retrieve_full_tracker("chat-1"))
    assert whole is not None and sum(isinstance(event, UserUttered) for event in whole.events) == 40
    # A server of the version before has begun it meanwhile.
    with store.engine.begin() as connection:
        connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.conversation == "chat-2"))
    config, later = read_settings({"DATA_DIR": str(tmp_path)}), 2.0 + 31 * 86_400
    # It gets its row, and is erased the next time.
    assert [asyncio.run(clean(store, config, later)) for _ in range(2)] == [0, 1]
    assert asyncio.run(store.keys()) == ["chat-1"]
    for one in stores:
        one.engine.dispose()


def test_two_servers_take_a_turn_once_on_postgresql(postgres: Postgres) -> None:
    here, there = Conversations(postgres.url), Conversations(postgres.url)
    _long_conversation(here, "chat-1", range(3))

    async def at_once() -> list[BaseException | None]:
        trackers = [await one.load("chat-1", "m3") for one in (here, there)]
        for tracker in trackers:
            tracker.update(UserUttered("text", message_id="m3"))
        saving = (one.save(tracker) for one, tracker in zip((here, there), trackers, strict=True))
        return await asyncio.gather(*saving, return_exceptions=True)

    assert sorted(type(done).__name__ for done in asyncio.run(at_once())) == ["NoneType", "Outdated"]
    assert asyncio.run(here.load("chat-1")).stored.turns == 4
    for one in (here, there):
        one.engine.dispose()


def test_servers_share_locks_that_end_with_their_holder_on_postgresql(postgres: Postgres) -> None:
    here, there = DatabaseLocks(postgres.url), DatabaseLocks(postgres.url)

    async def act() -> None:
        running = 0

        async def turn(locks: DatabaseLocks) -> None:
            nonlocal running
            async with locks.lock("chat-1", wait_time_in_seconds=0.005):
                running += 1
                assert running == 1
                await asyncio.sleep(0.002)
                running -= 1

        await asyncio.gather(*(turn(locks) for locks in (here, there) * 20))
        async with here.lock("chat-1"):
            async with there.lock("chat-2", 1):
                pass
            with pytest.raises(LockError):
                async with there.lock("chat-1", 0.2):
                    pass
            # As when the server that holds it is killed.
            connection = psycopg2.connect(postgres.url)
            connection.autocommit = True
            connection.cursor().execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            )
            connection.close()
            async with there.lock("chat-1", 5):
                pass
        async with here.lock("chat-1", 5):
            pass

    asyncio.run(act())
