"""A conversation is loaded by its window in two statements, and saved as it was loaded or not at all."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot.conversations.store import Conversations, Outdated
from bot.conversations.tables import CONVERSATIONS, EVENTS
from bot.conversations.tracker import Tracker

_SLOT = {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
DOMAIN = Domain.from_dict({"slots": {name: {**_SLOT} for name in ("request_draft", "meeting_kind")}})


def turn(number: int, **slots: object) -> list[Event]:
    """The events of one turn, from its message on."""
    return [
        UserUttered(f"text {number}", {"name": "inform"}, message_id=f"m{number}"),
        *(SlotSet(slot, value) for slot, value in slots.items()),
        ActionExecuted("utter_faq_notes"),
        BotUttered("Svar", {}, {"utter_action": "utter_faq_notes"}),
        ActionExecuted("action_listen"),
    ]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/conversations.db"


@pytest.fixture
def store(url: str) -> Iterator[Conversations]:
    opened = Conversations(url)
    opened.domain = DOMAIN
    yield opened
    opened.engine.dispose()


@pytest.fixture
def statements(store: Conversations) -> list[str]:
    """The statements that the store sends, without what opens and ends transactions."""
    sent: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    return sent


async def says(store: Conversations, number: int, **slots: object) -> Tracker:
    """One turn as the channel and Rasa take it."""
    tracker = await store.load("a", f"m{number}")
    assert not tracker.stored.repeated
    for event in turn(number, **slots):
        tracker.update(event)
    await store.save(tracker)
    return tracker


def row(store: Conversations) -> Any:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(CONVERSATIONS)).one()


def stored(store: Conversations) -> list[Any]:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(EVENTS).order_by(EVENTS.c.id)).all()


def test_a_turn_is_loaded_and_saved_in_two_statements_each(store: Conversations, statements: list[str]) -> None:
    async def talk() -> None:
        for number in range(40):
            statements.clear()
            await says(store, number)
            assert [one.split()[0] for one in statements[2:]] == ["UPDATE" if number else "INSERT", "INSERT"], number
            assert len(statements) == 4

    asyncio.run(talk())


def test_only_new_events_are_stored_in_rasas_columns(store: Conversations) -> None:
    async def talk() -> None:
        first = await says(store, 1, meeting_kind="phone")
        first.update(ActionExecuted("action_listen"))
        # Twice in one turn, as Rasa does when a conversation is opened.
        await store.save(first)
        await store.save(first)
        await says(store, 2)

    asyncio.run(talk())
    rows = stored(store)
    kinds = ["user", "slot", "action", "bot", "action", "action", "user", "action", "bot", "action"]
    assert [one.type_name for one in rows] == kinds
    assert [one.turn for one in rows if one.turn] == ["m1", "m2"]
    assert rows[0].intent_name == "inform" and rows[1].action_name == "meeting_kind"
    assert json.loads(rows[0].data)["text"] == "text 1" and rows[0].timestamp == json.loads(rows[0].data)["timestamp"]


def test_a_long_conversation_is_loaded_by_its_window_and_kept_whole(store: Conversations) -> None:
    async def talk() -> None:
        most = 0
        for number in range(100):
            tracker = await says(store, number, meeting_kind="phone" if number < 3 else "in_person")
            most = max(most, len(tracker.events))
        assert most < 16 * 5 + 10
        loaded = await store.load("a")
        assert loaded.get_slot("meeting_kind") == "in_person"
        assert 8 <= sum(isinstance(event, UserUttered) for event in loaded.events) < 16
        assert isinstance(loaded.told[0], UserUttered) and loaded.told[-1] == loaded.events[-1]
        whole = await store.retrieve_full_tracker("a")
        assert whole is not None
        assert [event.text for event in whole.events if isinstance(event, UserUttered)] == [
            f"text {number}" for number in range(100)
        ]

    asyncio.run(talk())
    kept = row(store)
    assert (kept.turns, kept.characters) == (100, sum(len(f"text {number}") for number in range(100)))
    assert kept.active_at == max(one.timestamp for one in stored(store))


def test_a_turn_that_is_stored_is_known_however_old_it_is(store: Conversations) -> None:
    async def talk() -> None:
        for number in range(40):
            await says(store, number)
        assert (await store.load("a", "m3")).stored.repeated
        assert not (await store.load("b", "m3")).stored.repeated

    asyncio.run(talk())


@pytest.mark.parametrize("ids", [(7, 7), (7, 8)])
def test_of_two_turns_at_once_the_second_is_refused(store: Conversations, ids: tuple[int, int]) -> None:
    async def talk() -> None:
        await says(store, 1)
        trackers = [await store.load("a", f"m{number}") for number in ids]
        for tracker, number in zip(trackers, ids, strict=True):
            for event in turn(number):
                tracker.update(event)
        await store.save(trackers[0])
        with pytest.raises(Outdated):
            await store.save(trackers[1])

    asyncio.run(talk())
    assert [one.turn for one in stored(store) if one.turn] == ["m1", "m7"]


def test_the_first_turn_of_two_servers_is_stored_once(store: Conversations) -> None:
    async def talk() -> None:
        trackers = [await store.load("a", "m1") for _ in range(2)]
        for tracker in trackers:
            for event in turn(1):
                tracker.update(event)
        await store.save(trackers[0])
        with pytest.raises(Outdated):
            await store.save(trackers[1])

    asyncio.run(talk())
    assert len(stored(store)) == len(turn(1))


def test_a_turn_of_an_erased_conversation_writes_nothing(store: Conversations) -> None:
    async def talk() -> None:
        await says(store, 1)
        tracker = await store.load("a", "m2")
        for event in turn(2):
            tracker.update(event)
        store.forget("a")
        with pytest.raises(Outdated):
            await store.save(tracker)

    asyncio.run(talk())
    assert stored(store) == []


def test_a_crash_between_the_events_and_the_row_leaves_neither(store: Conversations, monkeypatch: Any) -> None:
    async def talk() -> None:
        for number in range(16):
            await says(store, number)
        before = row(store), stored(store)
        monkeypatch.setattr("bot.conversations.store._columns", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await says(store, 16)
        assert (row(store), stored(store)) == before
        monkeypatch.undo()
        await says(store, 16)
        assert row(store).window_after is not None

    asyncio.run(talk())


def test_rasa_is_given_the_tracker_of_the_turn_in_its_task_alone(store: Conversations) -> None:
    async def talk() -> None:
        await says(store, 1)
        tracker = await store.load("a")

        async def other() -> DialogueStateTracker | None:
            return await store.retrieve("a")

        elsewhere = asyncio.create_task(other())
        with store.turn(tracker):
            assert await store.retrieve("a") is tracker
            assert await store.get_or_create_tracker("a") is tracker
            assert await store.retrieve("b") is None
            assert await elsewhere is not tracker
        assert await store.retrieve("a") is not tracker

    asyncio.run(talk())


def test_a_tracker_that_rasas_api_made_from_events_begins_with_those_stored(store: Conversations) -> None:
    async def talk() -> None:
        await says(store, 1)
        made = DialogueStateTracker.from_events("a", [*turn(1), *turn(2)], DOMAIN.slots)
        await store.save(made)
        await store.save(made)

    asyncio.run(talk())
    assert [one.turn for one in stored(store) if one.turn] == ["m1", "m2"] and row(store).turns == 2


def test_a_locked_database_is_an_error_that_quotes_nobody(store: Conversations, url: str) -> None:
    async def talk() -> None:
        await says(store, 1)
        tracker = await store.load("a")
        tracker.update(UserUttered("Må min papegøje med?", message_id="m2"))
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(OperationalError) as refused:
                await store.save(tracker)
            assert "papegøje" not in str(refused.value)
            # Who only reads need not wait.
            assert (await store.load("a")).stored.turns == 1

    asyncio.run(talk())


def _of_the_version_before(url: str, *conversations: str) -> None:
    """A database as Rasa's own store has written it."""
    older = SQLTrackerStore(DOMAIN, host=url)

    async def talk() -> None:
        for conversation in conversations:
            tracker = DialogueStateTracker(conversation, DOMAIN.slots)
            for number in range(20):
                for event in turn(number, request_draft="x" if number < 19 else None):
                    tracker.update(event)
                await older.save(tracker)

    asyncio.run(talk())
    older.engine.dispose()


def test_conversations_of_the_version_before_go_on(url: str) -> None:
    _of_the_version_before(url, "a")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        # Where two servers raced, Rasa's store took a message twice.
        file.execute(
            "INSERT INTO events (sender_id, type_name, timestamp, data) SELECT sender_id, type_name, timestamp, data"
            " FROM events WHERE data LIKE '%m19%'"
        )
        file.commit()
    store = Conversations(url)
    store.domain = DOMAIN
    before = row(store)
    assert (before.turns, before.unsent, before.window_after) == (21, False, None)
    assert [one.turn for one in stored(store) if one.turn] == [f"m{number}" for number in range(20)]

    async def talk() -> None:
        assert (await store.load("a", "m3")).stored.repeated
        tracker = await says(store, 21)
        assert 8 <= sum(isinstance(event, UserUttered) for event in tracker.events) < 16
        assert row(store).window_after is not None and row(store).turns == 22
        whole = await store.retrieve_full_tracker("a")
        assert whole is not None and sum(isinstance(event, UserUttered) for event in whole.events) == 22

    asyncio.run(talk())
    store.engine.dispose()
    # Opened again, it is migrated already.
    Conversations(url).engine.dispose()


def test_a_conversation_without_a_row_is_counted_from_its_events(store: Conversations) -> None:
    async def talk() -> None:
        for number in range(20):
            await says(store, number)
        with store.engine.begin() as connection:
            connection.execute(sa.delete(CONVERSATIONS))
        tracker = await says(store, 20)
        assert tracker.stored.turns == 21 == row(store).turns

    asyncio.run(talk())
