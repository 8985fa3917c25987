"""Tests, bot: conversations are erased when the privacy notice says so, and not before."""

import asyncio
import time
from pathlib import Path

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.retention import clean
from common.settings import read_settings

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            for name in ("request_draft", "request_left_unsent")
        }
    }
)
NOW = time.time()


def test_old_and_unfinished_conversations_are_erased(tmp_path: Path) -> None:
    store = SQLTrackerStore(DOMAIN, host=f"sqlite:///{tmp_path}/conversations.db")

    async def talk() -> set[str]:
        for name, hours, unfinished in (
            ("old", 31 * 24, None),
            ("kept", 29 * 24, None),
            ("left", 25, "request_draft"),
            ("under way", 23, "request_draft"),
            ("stopped", 25, "request_left_unsent"),
            ("stopped just now", 23, "request_left_unsent"),
        ):
            at = NOW - hours * 3600
            events = [UserUttered("hej", timestamp=at)]
            events += [SlotSet(unfinished, "x", timestamp=at)] if unfinished else []
            await store.save(DialogueStateTracker.from_events(name, events, DOMAIN.slots))
        erased = await clean(store, read_settings({"DATA_DIR": str(tmp_path)}), NOW)
        assert erased == 3
        return set(await store.keys())

    assert asyncio.run(talk()) == {"kept", "under way", "stopped just now"}
