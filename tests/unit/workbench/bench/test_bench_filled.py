"""A filled database holds what months of use would, as the cleaning finds it."""

import asyncio
import time
from pathlib import Path

from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from bot.conversations.retention import clean
from bot.conversations.store import Conversations
from common.settings import read_settings
from workbench.bench.filled import due_count, fill


def test_copies_are_conversations_of_which_a_day_is_due(tmp_path: Path) -> None:
    config = read_settings({"DATA_DIR": str(tmp_path)})
    store = Conversations(config.database("conversations"))

    async def one() -> None:
        tracker = await store.load("chat-first")
        tracker.update(UserUttered("hej", input_channel="chat"))
        tracker.update(BotUttered("Hej!"))
        tracker.update(ActionExecuted("action_listen"))
        await store.save(tracker)

    asyncio.run(one())
    told: list[int] = []
    due = fill(config, 620, told.append)
    assert told == [500, 620] and due == 20
    copy = asyncio.run(store.load("chat-copy-000000100"))
    assert [event.type_name for event in copy.events] == ["user", "bot", "action"]
    assert asyncio.run(clean(store, config, time.time())) == due
    assert due_count(store.engine, config, time.time()) == 0 and len(list(asyncio.run(store.keys()))) == 601
