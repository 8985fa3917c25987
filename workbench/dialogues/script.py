"""A dialogue file as dataclasses, read and checked by format.py."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

# What the citizen does, what happens around the chat, what is expected.
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
    """A step. `kind` is its key in the file; `value` is checked, in plain Python types.

    For `slot_was_set` and `slot_was_not_set` the value is a list of Slot, for `received` a count or parts of payloads.
    """

    kind: str
    value: Any
    line: int
    assertions: tuple["Step", ...] = ()
    twice: bool = False


@dataclass(frozen=True)
class Slot:
    """A slot's name and, if `valued`, the value to compare with."""

    name: str
    valued: bool = False
    value: Any = None


@dataclass(frozen=True)
class Case:
    """A dialogue: name, file and line, the time it starts at, how Jura's system behaves (see Receiver), steps."""

    name: str
    file: Path
    line: int
    now: datetime
    receiver: str
    steps: tuple[Step, ...]
