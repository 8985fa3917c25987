"""What follows from the acts of a message inside a request."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from actions.say import Say


class Kind(Enum):
    """What a message inside a request turned out to be."""

    VALUE = "value"
    CORRECTION = "correction"
    SKIP = "skip"
    DONT_KNOW = "dont_know"
    WHY = "why"
    QUESTION = "question"
    TALK = "talk"
    TYPE_CHANGE = "type_change"
    BACK = "back"
    STOP = "stop"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    SEND = "send"
    ASK_BACK = "ask_back"
    UNCLEAR = "unclear"


@dataclass
class Result:
    """What follows from a message. `rows`: the rows of the table (actions/turn/table.py) that it follows from."""

    kind: Kind
    values: dict[str, Any] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)  # answered with nothing
    reopened: set[str] = field(default_factory=set)  # to be asked again
    says: list[Say] = field(default_factory=list)
    pending: dict[str, Any] | None = None  # a question in between, to which the next message is the answer
    closes: str | None = None  # the question in between that this answers
    adds: list[dict[str, Any]] = field(default_factory=list)  # meetings that are told beside the one asked about
    fills: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # what is told of other meetings, from 0
    moves: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # what changes of meetings, from 0
    removes: list[int] = field(default_factory=list)  # meetings that are taken out, from 0
    waiting: dict[str, Any] | None = None  # a second request, to begin after this one
    ask: str | None = None  # the slot to ask for, where it is not the next open one
    prompt: bool = True  # whether the slot is asked for after what is said
    rows: tuple[str, ...] = ()
