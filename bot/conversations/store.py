"""Rasa's tracker store on our tables: a conversation is loaded once a turn, by its window, and saved as it was loaded.

docs/decisions/0023-store-of-conversations.md
"""

import asyncio
import json
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic.log import logger
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Engine

from bot.conversations import feedback
from bot.conversations.tables import CONVERSATIONS, EVENTS, MIGRATIONS
from bot.conversations.tracker import Stored, Tracker
from bot.conversations.window import stand_ins, window_start
from common.databases import empty_log, migrate, open_database

# Slots with a value while a request is not sent.
_UNSENT_SLOTS = ("request_draft", "request_left_unsent", "request_waiting")
_LONGEST_TURN_ID = 255
_PAUSE_SECONDS = 5
_WRITING_SECONDS = 5.0
# Cached, because Rasa searches all event classes for each stored event.
_event_class = lru_cache(maxsize=None)(Event.resolve_by_type)

_WHOSE, _TURN = sa.bindparam("whose"), sa.bindparam("turn_id")
_ONE = sa.select(sa.literal(1).label("one")).subquery()
# A row also where the conversation has none, with whether a turn is stored.
_ROW = sa.select(
    CONVERSATIONS,
    sa.select(EVENTS.c.id)
    .where(EVENTS.c.sender_id == _WHOSE, EVENTS.c.turn == _TURN)
    .scalar_subquery()
    .label("repeated"),
).select_from(_ONE.outerjoin(CONVERSATIONS, CONVERSATIONS.c.conversation == _WHOSE))
_EVENTS = (
    sa.select(EVENTS.c.id, EVENTS.c.data)
    .where(EVENTS.c.sender_id == _WHOSE, EVENTS.c.id > sa.bindparam("after"))
    .order_by(EVENTS.c.id)
)


class Outdated(Exception):
    """Nothing was saved: since it was loaded, the conversation was saved, by the same turn or another, or erased."""


class Conversations(TrackerStore):
    """The store of conversations. What it does in the database it does in a thread.

    Database errors are raised: an answer based on a conversation that only seems empty would be worse than none.
    """

    def __init__(self, database: str) -> None:
        """`database`: an SQLAlchemy URL. Waits until the database answers."""
        super().__init__(Domain.empty())
        self.engine: Engine = open_database(database, future=True, **create_engine_kwargs(database))
        self._writer = threading.Lock()
        self._in_turn: ContextVar[Tracker | None] = ContextVar("in_turn", default=None)
        while not self._answers():
            time.sleep(_PAUSE_SECONDS)
        migrate(self.engine, MIGRATIONS)

    async def load(self, conversation: str, turn: str | None = None) -> Tracker:
        """The tracker of a conversation, by its window; `stored.repeated` says whether that turn is stored."""
        return await asyncio.to_thread(self._load, conversation, turn)

    async def retrieve(self, sender_id: str) -> Tracker | None:
        """The tracker of the turn under way, else a loaded one; None where nothing is stored (Rasa calls this)."""
        tracker = self._in_turn.get()
        if tracker is not None and tracker.sender_id == sender_id:
            return tracker
        loaded = await self.load(sender_id)
        return loaded if loaded.events else None

    async def retrieve_full_tracker(self, conversation_id: str) -> Tracker | None:
        """The tracker with all events; None where nothing is stored."""
        tracker = await asyncio.to_thread(self._load, conversation_id, None, whole=True)
        return tracker if tracker.events else None

    @contextmanager
    def turn(self, tracker: Tracker) -> Iterator[None]:
        """Gives Rasa this tracker wherever it retrieves the conversation, in this task."""
        token = self._in_turn.set(tracker)
        try:
            yield
        finally:
            self._in_turn.reset(token)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Writes the tracker's new events in one transaction; raises Outdated where it is not up to date."""
        await asyncio.to_thread(self._save, tracker)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await asyncio.to_thread(self._keys)

    def note_feedback(self, conversation: str, message: str, answer: str | None, helped: bool) -> None:
        """Keeps whether a message helped; `answer`: the response that it came from."""
        with self.writing() as connection:
            feedback.note(connection, conversation, message, answer, helped)

    def forget(self, conversation: str) -> None:
        """Erases a conversation and its feedback, also from SQLite's free pages and log."""
        with self.writing() as connection:
            erase(connection, [conversation])
        empty_log(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes."""
        with self._one_writer(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        """On SQLite, which lets one write at a time and asks again and again: who waits here is let in at once."""
        if self.engine.dialect.name != "sqlite":
            yield
            return
        if not self._writer.acquire(timeout=_WRITING_SECONDS):
            raise exc.TimeoutError("others are writing")
        try:
            yield
        finally:
            self._writer.release()

    def _answers(self) -> bool:
        try:
            self.engine.connect().close()
            return True
        except exc.OperationalError as error:
            logger.error("The database of conversations does not answer: %s", type(error).__name__)
            return False

    def _keys(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.select(CONVERSATIONS.c.conversation)))

    def _load(self, conversation: str, turn: str | None, *, whole: bool = False) -> Tracker:
        with self.engine.connect() as connection:
            row = connection.execute(_ROW, {"whose": conversation, "turn_id": turn}).one()
            after = 0 if whole else row.window_after or 0
            rows = connection.execute(_EVENTS, {"whose": conversation, "after": after}).all()
        before = _events(json.loads(row.before_window)) if after else []
        since = _events(json.loads(one.data) for one in rows)
        stored = Stored(repeated=row.repeated is not None)
        if row.conversation is not None:
            stored = replace(
                stored,
                has_row=True,
                saves=row.saves,
                turns=row.turns,
                characters=row.characters,
                active_at=row.active_at,
            )
        elif since:
            # Written by a server of an older version, which keeps no row.
            stored = _counted(stored, since)
        start = None if whole else window_start(since)
        if start is not None:
            before = stand_ins([*before, *since[:start]])
            kept = json.dumps([event.as_dict() for event in before])
            stored, since = replace(stored, window=(rows[start - 1].id, kept)), since[start:]
        tracker: Tracker = Tracker.from_events(conversation, [*before, *since], self.domain.slots)
        tracker.stored = replace(stored, loaded=len(tracker.events), stand_ins=len(before))
        return tracker

    def _save(self, tracker: DialogueStateTracker) -> None:
        # One that Rasa's API, or a test, has made from events begins with those that are stored.
        known = tracker if isinstance(tracker, Tracker) else self._load(tracker.sender_id, None, whole=True)
        stored = known.stored
        new = list(islice(tracker.events, stored.loaded, None))
        if not new and (stored.has_row or not stored.loaded):
            return
        after = _counted(stored, new)
        columns: dict[str, Any] = {
            "saves": stored.saves + 1,
            "turns": after.turns,
            "characters": after.characters,
            "active_at": after.active_at,
            "unsent": any(tracker.slots[slot].value for slot in _UNSENT_SLOTS if slot in tracker.slots),
        }
        if stored.window:
            columns["window_after"], columns["before_window"] = stored.window
        try:
            with self.writing() as connection:
                self._write(connection, tracker.sender_id, stored, columns, new)
        except exc.IntegrityError:
            raise Outdated from None
        if isinstance(tracker, Tracker):
            tracker.stored = replace(
                after, loaded=len(tracker.events), has_row=True, saves=stored.saves + 1, window=None
            )

    @staticmethod
    def _write(
        connection: Connection, conversation: str, stored: Stored, columns: dict[str, Any], new: Sequence[Event]
    ) -> None:
        # The row first: it lets one of several writers through.
        if stored.has_row:
            as_loaded = sa.and_(CONVERSATIONS.c.conversation == conversation, CONVERSATIONS.c.saves == stored.saves)
            if connection.execute(sa.update(CONVERSATIONS).where(as_loaded).values(**columns)).rowcount != 1:
                raise Outdated
        else:
            connection.execute(sa.insert(CONVERSATIONS).values(conversation=conversation, **columns))
        if new:
            connection.execute(sa.insert(EVENTS), [_columns(conversation, event) for event in new])


def erase(connection: Connection, conversations: Sequence[str]) -> None:
    """Erases conversations and their feedback, in a running transaction."""
    connection.execute(sa.delete(EVENTS).where(EVENTS.c.sender_id.in_(conversations)))
    connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.conversation.in_(conversations)))
    feedback.forget(connection, conversations)


def _events(stored: Iterable[dict[str, Any]]) -> list[Event]:
    return [_event_class(event["event"])._from_parameters(event) for event in stored]


def _counted(stored: Stored, new: Sequence[Event]) -> Stored:
    """What is stored when these events are too."""
    said = [event for event in new if isinstance(event, UserUttered)]
    characters = sum(len((event.metadata or {}).get("title") or event.text or "") for event in said)
    return replace(
        stored,
        turns=stored.turns + len(said),
        characters=stored.characters + characters,
        active_at=max((event.timestamp for event in new), default=stored.active_at),
    )


def _columns(conversation: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    turn = data.get("message_id") if isinstance(event, UserUttered) else None
    return {
        "sender_id": conversation,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
        "turn": turn if turn and len(turn) <= _LONGEST_TURN_ID else None,
    }
