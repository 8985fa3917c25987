"""A citizen in the web chat, over HTTP like the widget; runs dialogues against a whole assistant."""

import json
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import requests
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from common.clock import now
from workbench.dialogues.assertions import Turn
from workbench.dialogues.citizen import Broken, Touched
from workbench.dialogues.runner import Verdict, run
from workbench.dialogues.script import Case
from workbench.shared.assistant import Assistant
from workbench.shared.clock import set_clock
from workbench.shared.receiver import Received

_TURN_SECONDS = 60


def run_in(assistant: Assistant, case: Case) -> Verdict:
    """Runs a dialogue in a new chat of the assistant. Never raises for what the assistant does."""
    return run(case, partial(WebCitizen, assistant))


class WebCitizen:
    """A Citizen whose chat, Jura and clock are those of an Assistant."""

    def __init__(self, assistant: Assistant, moment: datetime, receiver: str) -> None:
        """Sets the clock to `moment`, opens a chat, and makes Jura's system behave like `receiver` (see Receiver)."""
        self._assistant = assistant
        set_clock(moment)
        assistant.receiver.take()
        assistant.receiver.behave(receiver)
        self._http = requests.Session()
        self._http.trust_env = False
        opened = self._call("POST", "sessions")
        self._http.headers["Authorization"] = f"Bearer {opened['session']}"
        self._conversation = assistant.conversation(opened["session"])
        # The channel's own messages (CPR numbers) are in no Rasa event.
        self._responses: set[str] = set()
        self._last = self._heard(None, opened["messages"], None)
        self._cached_tracker: DialogueStateTracker | None = None

    def greeting(self) -> Turn:
        """What the assistant says first."""
        return self._last

    def say(self, text: str, twice: bool) -> Turn:
        """Sends a message; `twice`: two copies of it at the same time."""
        return self._turn(text, {"text": text}, twice)

    def press(self, title: str, twice: bool) -> Turn:
        """Presses a button of the last answer, or a row of its card ('Ret dato')."""
        offered = self._offered()
        if title not in offered:
            titles = ", ".join(f"[{one}]" for one in offered) or "ingen"
            raise Broken(f"Der er ingen knap, der hedder [{title}]. Der er: {titles}")
        return self._turn(f"[{title}]", {"payload": offered[title]}, twice)

    def wait(self, minutes: int) -> None:
        """Stays silent: makes the conversation older and moves the clock."""
        self._assistant.backdate(self._conversation, minutes * 60)
        set_clock(now() + timedelta(minutes=minutes))

    def at(self, moment: datetime) -> None:
        """Sets the clock."""
        set_clock(moment)

    def jura_is(self, mode: str) -> None:
        """Changes how Jura's system behaves (see Receiver); `up` delivers what waits in the outbox."""
        self._assistant.receiver.behave(mode)
        if mode == "up":
            self._assistant.deliver()

    def slots(self) -> Mapping[str, Any]:
        """All slots."""
        return self._tracker().current_slot_values()

    def actions(self) -> list[str]:
        """The actions of the last turn, in order."""
        names: list[str] = []
        for event in reversed(self._tracker().events):
            if isinstance(event, UserUttered):
                break
            if isinstance(event, ActionExecuted) and event.action_name:
                names.insert(0, event.action_name)
        return names

    def received(self) -> list[Received]:
        """What Jura received since the last call."""
        return self._assistant.receiver.take()

    def touched(self) -> Touched:
        """What occurred in the conversation so far."""
        events = list(self._tracker().events)
        return Touched(
            frozenset(e.intent_name for e in events if isinstance(e, UserUttered) and e.intent_name),
            frozenset(e.key for e in events if isinstance(e, SlotSet) and e.value is not None),
            frozenset(self._responses),
        )

    def leave(self) -> None:
        """Erases the conversation, like the chat's own button."""
        self._assistant.receiver.behave("up")
        self._call("DELETE", "sessions")
        self._http.close()

    def _tracker(self) -> DialogueStateTracker:
        # Nothing changes between two turns.
        if self._cached_tracker is None:
            self._cached_tracker = self._assistant.tracker(self._conversation)
        return self._cached_tracker

    def _offered(self) -> dict[str, str]:
        offered: dict[str, str] = {}
        for message in self._last.messages:
            for row in (message["card"] or {}).get("rows", ()):
                if "payload" in row:
                    offered.setdefault(f"Ret {row['label'].lower()}", row["payload"])
            offered |= {button["title"]: button["payload"] for button in message["buttons"]}
        return offered

    def _turn(self, said: str, body: dict[str, str], twice: bool) -> Turn:
        self._cached_tracker = None
        body = {"id": str(uuid.uuid4()), **body}
        if twice:
            with ThreadPoolExecutor(2) as pool:
                first, second = pool.map(lambda _: self._call("POST", "messages", body), range(2))
            if first != second:
                raise Broken("Den samme besked to gange gav to forskellige svar.")
        else:
            first = self._call("POST", "messages", body)
        self._last = self._heard(said, first["messages"], first["asking"])
        return self._last

    def _heard(self, said: str | None, messages: list[dict[str, Any]], asking: str | None) -> Turn:
        self._responses.update(message["name"] for message in messages if message["name"])
        return Turn(said, messages, asking)

    def _call(self, method: str, what: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            answer = self._http.request(method, f"{self._assistant.chat_url}/{what}", json=body, timeout=_TURN_SECONDS)
        except requests.RequestException as error:
            raise Broken(f"Chatten svarede ikke ({type(error).__name__}).") from error
        if not answer.ok:
            raise Broken(f"Chatten svarede {answer.status_code}: {answer.text[:300]}")
        return dict(json.loads(answer.text)) if answer.text else {}
