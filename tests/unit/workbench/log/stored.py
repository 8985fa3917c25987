"""Conversations in Rasa's tracker store, and `script/bot log` run on them."""

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rich.console import Console

from bot.conversations.store import Conversations
from common.clock import COPENHAGEN
from common.settings import read_settings
from common.yaml_files import read_yaml
from workbench.log.command import log

ASKED = "utter_did_you_mean"
NOON = datetime(2026, 12, 3, 12, 0, tzinfo=COPENHAGEN)
_SLOTS = ("requested_slot", "request_draft", "request_type", "applicant_name", "question_text", "sent_references")
DOMAIN = Domain.from_dict({
    "forms": {"request_form": {"required_slots": []}},
    "slots": {
        name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]} for name in _SLOTS
    },
})  # fmt: skip


class Talk:
    """A conversation that begins so many hours before noon, with a minute between turns."""

    def __init__(self, hours_ago: float = 2) -> None:
        self.at = NOON.timestamp() - 3600 * hours_ago
        self.events: list[Event] = []

    def _add(self, event: Event) -> None:
        event.timestamp = self.at + len(self.events) / 1000
        self.events.append(event)

    def says(self, text: str, intent: str, *answers: str, guess: str = "faq_notes", title: str = "") -> "Talk":
        self.at += 60
        ranking = [{"name": guess if intent == "nlu_fallback" else intent, "confidence": 0.4}]
        parsed = {
            "intent": {"name": intent, "confidence": 0.4},
            "intent_ranking": ranking,
            "entities": [],
            "text": text,
        }
        about = {"title": title} if title else {}
        self._add(UserUttered(text, parsed["intent"], [], parsed, metadata=about))
        for name in answers:
            self._add(ActionExecuted(name))
            self._add(BotUttered("Svar.", {}, {"utter_action": name}))
        return self

    def presses(self, title: str, intent: str, *answers: str) -> "Talk":
        return self.says(f"/{intent}", intent, *answers, title=title)

    def fills(self, **slots: object) -> "Talk":
        for name, value in slots.items():
            self._add(SlotSet(name, value))
        return self

    def begins(self, kind: str, asked: str) -> "Talk":
        self.says("jeg vil søge om noget", f"request_{kind}", "utter_privacy_notice", f"utter_prompt_{asked}")
        self._add(ActiveLoop("request_form"))
        return self.fills(request_type=kind, request_draft="1", requested_slot=asked)

    def ends(self) -> "Talk":
        self.fills(request_type=None, request_draft=None, requested_slot=None)
        self._add(ActiveLoop(None))
        return self


def store(folder: Path, talks: Sequence[Talk]) -> Path:
    """Saves the conversations; returns the database file."""
    file = folder / "conversations.db"
    kept = Conversations(f"sqlite:///{file}")
    kept.domain = DOMAIN

    async def save() -> None:
        for number, talk in enumerate(talks):
            tracker = DialogueStateTracker.from_events(f"secret-session-{number}", talk.events, DOMAIN.slots)
            await kept.save(tracker)

    asyncio.run(save())
    kept.engine.dispose()
    return file


def shown(folder: Path, *talks: Talk, days: int = 7) -> tuple[int, str, Any]:
    """Runs `script/bot log` on these conversations: its exit code, what it prints, and the file of lines."""
    store(folder, talks)
    console = Console(file=io.StringIO(), width=120)
    config = read_settings({"DATA_DIR": str(folder)})
    code = log(days, folder / "out", config, NOON, console)
    lines = folder / "out" / "not_understood.yml"
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue(), read_yaml(lines) if lines.exists() else None
