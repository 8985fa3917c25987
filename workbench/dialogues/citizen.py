"""What the runner needs of a citizen in a chat, in the assistant or in its own tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from workbench.dialogues.assertions import Turn
from workbench.shared.receiver import Received


class Broken(Exception):
    """The conversation could not go on: no such button, or the chat did not answer as it must. Danish."""


@dataclass(frozen=True)
class Touched:
    """Which intents, slots and responses a conversation came by."""

    intents: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    responses: frozenset[str] = frozenset()

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(self.intents | other.intents, self.slots | other.slots, self.responses | other.responses)


class Citizen(Protocol):
    """A conversation that is going on. Broken is raised where it cannot go on."""

    def greeting(self) -> Turn:
        """What the assistant says first."""

    def say(self, text: str, twice: bool) -> Turn:
        """One message; `twice`: the same message arrives two times at once."""

    def press(self, title: str, twice: bool) -> Turn:
        """One of the buttons, or a row of the card ('Ret dato'), of the last answer."""

    def wait(self, minutes: int) -> None:
        """Is away for so long."""

    def at(self, moment: datetime) -> None:
        """Goes on at another moment."""

    def jura_is(self, mode: str) -> None:
        """Jura's system behaves so from now on; when it is up, delivery brings what waits."""

    def slots(self) -> Mapping[str, Any]:
        """All slots, as they are now."""

    def actions(self) -> list[str]:
        """The actions of the last turn, in their order."""

    def received(self) -> list[Received]:
        """What Jura received since this was last asked."""

    def touched(self) -> Touched:
        """What the conversation came by so far."""

    def leave(self) -> None:
        """Erases the conversation, as the chat's own button does."""
