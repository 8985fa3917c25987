"""The citizen that a dialogue is run with: a protocol, so that tests of the runner need no assistant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from workbench.dialogues.assertions import Turn
from workbench.shared.receiver import Received


class Broken(Exception):
    """The conversation cannot go on: no such button, or an error of the chat. The message is Danish."""


@dataclass(frozen=True)
class Touched:
    """The intents, slots and responses that occurred in a conversation."""

    intents: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    responses: frozenset[str] = frozenset()

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(self.intents | other.intents, self.slots | other.slots, self.responses | other.responses)


class Citizen(Protocol):
    """One conversation. Every method may raise Broken."""

    def greeting(self) -> Turn:
        """What the assistant says first."""

    def say(self, text: str, twice: bool) -> Turn:
        """Sends a message; `twice`: two copies of it at the same time."""

    def press(self, title: str, twice: bool) -> Turn:
        """Presses a button of the last answer, or a row of its card ('Ret dato')."""

    def wait(self, minutes: int) -> None:
        """Stays silent for that long."""

    def at(self, moment: datetime) -> None:
        """Sets the clock."""

    def jura_is(self, mode: str) -> None:
        """Changes how Jura's system behaves (see Receiver); `up` delivers what waits in the outbox."""

    def slots(self) -> Mapping[str, Any]:
        """All slots."""

    def actions(self) -> list[str]:
        """The actions of the last turn, in order."""

    def received(self) -> list[Received]:
        """What Jura received since the last call."""

    def touched(self) -> Touched:
        """What occurred in the conversation so far."""

    def leave(self) -> None:
        """Erases the conversation, like the chat's own button."""
