"""What a dialogue file says, once it has been read and found right."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

# What the citizen does, what happens around the conversation, and what is expected.
CITIZEN = ("user", "button")
WORLD = ("now", "silence_minutes", "receiver")
EXPECTED = ("bot", "utter", "slot_was_set", "slot_was_not_set", "asking", "card", "received")
ASSERTIONS = (
    "bot_uttered",
    "bot_did_not_utter",
    "action_executed",
    "slot_was_set",
    "slot_was_not_set",
    "asking",
    "card",
    "received",
)


@dataclass(frozen=True)
class Step:
    """One line of a dialogue. `kind` is its key; `value` is checked and plain (no YAML objects).

    `slot_was_set` and `slot_was_not_set` hold a list of Slot; `received` a count or a list of payloads' parts.
    """

    kind: str
    value: Any
    line: int
    assertions: tuple["Step", ...] = ()
    twice: bool = False


@dataclass(frozen=True)
class Slot:
    """A slot's name and, where `valued`, the value that is expected (or not)."""

    name: str
    valued: bool = False
    value: Any = None


@dataclass(frozen=True)
class Case:
    """A dialogue: its name, where it stands, the time at which it begins, how Jura's system behaves, and its steps."""

    name: str
    file: Path
    line: int
    now: datetime
    receiver: str
    steps: tuple[Step, ...]
