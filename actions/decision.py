"""Actions room: what can be decided about a message inside a request; the form's action applies it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any


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


@dataclass(frozen=True)
class Say:
    """A response to utter, with the values of its placeholders (words, unless they are `Markdown`) and buttons."""

    response: str
    fill: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class State:
    """What is known when a message arrives."""

    kind: str | None
    asked: str | None
    known: Mapping[str, Any]
    settled: frozenset[str]
    today: date
    pending: Mapping[str, Any] | None = None
    failures: int = 0
    prompted: bool = True  # whether the slot's own question is what the citizen was asked last
    last_answer: str | None = None  # the last `utter_faq_*`, for 'gentag' and 'forklar'
    former: Mapping[str, Any] = field(default_factory=dict)  # by slot asked for: what it held before it was reopened
    waiting: Mapping[str, Any] | None = None  # a second request, which begins after this one
    said: frozenset[str] = frozenset()  # the names of the responses of the turn before

    @property
    def has_given(self) -> bool:
        """Whether anything has been given or answered besides the request's kind."""
        given = {slot for slot, value in self.known.items() if value not in (None, [], "")} - {"request_type"}
        return bool(given or self.settled)


@dataclass
class Decision:
    """What follows from a message."""

    kind: Kind
    values: dict[str, Any] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)  # answered with nothing
    reopened: set[str] = field(default_factory=set)  # to be asked again
    says: list[Say] = field(default_factory=list)
    pending: dict[str, Any] | None = None  # a question in between, to which the next message is the answer
    closes: str | None = None  # the question in between that this answers
    waiting: dict[str, Any] | None = None  # a second request, to begin after this one
    ask: str | None = None  # the slot to ask for, where it is not the next open one
    prompt: bool = True  # whether the slot is asked for after what is said
