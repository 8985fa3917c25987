"""Reads messages with the trained pipeline, given the slots of a request."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from common.acts import Act

# The day of the fixture `agent`.
TODAY = date(2026, 12, 1)


def acts_of(agent: Any, texts: Sequence[str], slots: Mapping[str, Any] | None = None) -> list[list[Act]]:
    """The acts of each text, given these slots (with `requested_slot`); without slots, as a first message."""
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    events: list[Any] = []
    if slots:
        asked = slots["requested_slot"]
        prompt = "utter_review" if asked == "review" else f"utter_prompt_{asked}"
        events = [
            ActiveLoop("request_form"),
            *(SlotSet(slot, value) for slot, value in slots.items()),
            BotUttered(metadata={"utter_action": prompt}),
        ]

    async def parsed() -> list[list[Act]]:
        tracker = DialogueStateTracker.from_events("said", events, domain=agent.domain)
        read = [await agent.processor.parse_message(UserMessage(text), tracker) for text in texts]
        return [[Act.of(act) for act in one["acts"]] for one in read]

    return asyncio.run(parsed())
