"""A conversation with scripted answers, to test the dialogue runner without a model."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.dialogues.assertions import Turn
from workbench.dialogues.citizen import Broken, Touched
from workbench.shared.receiver import Received

Message = dict[str, Any]


def message(name: str, text: str = "", *buttons: str, card: dict[str, str] | None = None) -> Message:
    rows = [{"label": label, "value": value} for label, value in (card or {}).items()]
    return {
        "name": name,
        "text": text or f"tekst af {name}",
        "buttons": [{"title": title, "payload": f"/{title}"} for title in buttons],
        "card": {"rows": rows} if rows else None,
    }


class ScriptedCitizen:
    """Returns the n-th of `answers` for the n-th message; notes what was said in `heard`."""

    def __init__(
        self,
        *answers: list[Message],
        asking: str | None = None,
        slots: Mapping[str, Any] | None = None,
        received: list[Received] | None = None,
    ) -> None:
        self._answers = list(answers)
        self._asking = asking
        self._slots = slots or {}
        self._received = received or []
        self._last = Turn(None, [message("utter_greet", "Hej", "Hjælp")], None)
        self.heard: list[Any] = []
        self.left = False

    def greeting(self) -> Turn:
        return self._last

    def say(self, text: str, twice: bool) -> Turn:
        self.heard.append((text, twice) if twice else text)
        self._last = Turn(text, self._answers.pop(0), self._asking)
        return self._last

    def press(self, title: str, twice: bool) -> Turn:
        titles = [button["title"] for one in self._last.messages for button in one["buttons"]]
        if title not in titles:
            raise Broken(f"Der er ingen knap, der hedder [{title}].")
        return self.say(f"[{title}]", twice)

    def wait(self, minutes: int) -> None:
        self.heard.append(f"venter {minutes}")

    def at(self, moment: datetime) -> None:
        self.heard.append(moment)

    def jura_is(self, mode: str) -> None:
        self.heard.append(f"Jura {mode}")

    def slots(self) -> Mapping[str, Any]:
        return self._slots

    def actions(self) -> list[str]:
        return ["request_form", "action_listen"]

    def received(self) -> list[Received]:
        new, self._received = self._received, []
        return new

    def touched(self) -> Touched:
        return Touched(responses=frozenset({"utter_greet"}))

    def leave(self) -> None:
        self.left = True
