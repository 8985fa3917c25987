"""Conversations are erased when the privacy notice says so, and not before."""

import asyncio
import time
from pathlib import Path

import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations.retention import clean
from bot.conversations.store import Conversations
from common.settings import read_settings

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            for name in ("request_draft", "request_left_unsent", "request_waiting")
        }
    }
)
NOW = time.time()


def _left_of(tmp_path: Path, conversations: dict[str, tuple[int, dict[str, object]]], **env: str) -> set[str]:
    """The conversations that remain of those last active so many hours ago, with these slots set in turn."""
    store = Conversations(f"sqlite:///{tmp_path}/conversations.db")
    store.domain = DOMAIN

    async def talk() -> set[str]:
        for name, (hours, slots) in conversations.items():
            at = NOW - hours * 3600
            events = [UserUttered(f"hej fra {name}", timestamp=at)]
            events += [SlotSet(slot.strip(), value, timestamp=at) for slot, value in slots.items()]
            await store.save(DialogueStateTracker.from_events(name, events, DOMAIN.slots))
        before = set(await store.keys())
        erased = await clean(store, read_settings({"DATA_DIR": str(tmp_path), **env}), NOW)
        left = set(await store.keys())
        assert before == set(conversations) and erased == len(before - left)
        return left

    return asyncio.run(talk())


def test_old_and_unfinished_conversations_are_erased(tmp_path: Path) -> None:
    left = _left_of(
        tmp_path,
        {
            "old": (31 * 24, {}),
            "kept": (29 * 24, {}),
            "left": (25, {"request_draft": "x"}),
            "under way": (23, {"request_draft": "x"}),
            "stopped": (25, {"request_left_unsent": True}),
            "waiting": (25, {"request_waiting": {"kind": "notes"}}),
            "stopped just now": (23, {"request_left_unsent": True}),
            "sent": (25, {"request_draft": "x", "request_draft ": None}),
            "sent and begun anew": (25, {"request_draft": "x", "request_draft ": None, "request_draft  ": "y"}),
        },
    )
    assert left == {"kept", "under way", "stopped just now", "sent"}
    # Nor can it be read out of the database file.
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"hej fra kept" in stored
    for name in ("old", "left", 'stopped"', "sent and begun anew"):
        assert f"hej fra {name}".encode() not in stored


def test_an_unsent_request_is_kept_as_long_as_its_conversation_at_most(tmp_path: Path) -> None:
    long = {"UNFINISHED_HOURS": "8760"}
    assert _left_of(tmp_path, {"old": (31 * 24, {"request_draft": "x"})}, **long) == set()


def test_the_statements_of_the_cleaning_grow_with_what_is_erased_alone(tmp_path: Path) -> None:
    store = Conversations(f"sqlite:///{tmp_path}/conversations.db")
    store.domain = DOMAIN
    sent: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda _, __, statement, *___: sent.append(statement))

    async def statements(old: int, kept: int) -> int:
        for number in range(old + kept):
            at = NOW - (31 * 24 if number < old else 24) * 3600
            made = DialogueStateTracker.from_events(f"c{number}", [UserUttered("hej", timestamp=at)], DOMAIN.slots)
            await store.save(made)
        sent.clear()
        assert await clean(store, read_settings({"DATA_DIR": str(tmp_path)}), NOW) == old
        count = sum(not statement.startswith("PRAGMA") for statement in sent)
        for conversation in await store.keys():
            store.forget(conversation)
        return count

    assert asyncio.run(statements(0, 40)) == asyncio.run(statements(0, 1)) == 2
    # Found once more when nothing is left, and two by two.
    assert asyncio.run(statements(20, 5)) == asyncio.run(statements(20, 40)) <= 2 + 10 * 5
