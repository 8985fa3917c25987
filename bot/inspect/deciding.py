"""Bot room, inspect: which rule of actions/understanding.py decided what a message inside a request means."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from actions import form, understanding
from actions.decision import Decision, State
from actions.message import Message
from bot.inspect.stopwatch import replaced
from common.settings import ROOT


@dataclass(frozen=True)
class Decided:
    """The rule (a function's name), where it stands, and the kind of decision it came to."""

    rule: str
    place: str
    kind: str


class Decisions:
    """Sees the form's decisions while `watching`, by the message's id. The action server is in this process."""

    def __init__(self) -> None:
        self._found: dict[str, Decided] = {}
        self._message: ContextVar[str] = ContextVar("message", default="")

    def of(self, message_id: str) -> Decided | None:
        """What decided a turn; None where no request was going on."""
        return self._found.get(message_id)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Looks on at every decision until it ends."""
        take, decide = form.Turn.take, understanding.decide

        def take_seen(turn: form.Turn) -> Any:
            self._message.set(str((turn.tracker.latest_message or {}).get("message_id") or ""))
            return take(turn)

        def decide_seen(message: Message, state: State) -> Decision:
            decision, rule = _decided_by(message, state, decide)
            self._found[self._message.get()] = Decided(rule.co_name, _place(rule), decision.kind.value)
            return decision

        with replaced(form.Turn, "take", take_seen), replaced(form, "decide", decide_seen):
            yield


def _decided_by(message: Message, state: State, decide: Any) -> tuple[Decision, CodeType]:
    """The decision, and the function called by `decide` that returned it."""
    rules: list[CodeType] = [decide.__code__]

    def see(frame: FrameType, event: str, value: Any) -> None:
        caller = frame.f_back
        if event == "return" and isinstance(value, Decision) and caller and caller.f_code is decide.__code__:
            rules.append(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        decision = decide(message, state)
    finally:
        sys.setprofile(before)
    return decision, rules[-1]


def _place(rule: CodeType) -> str:
    file = Path(rule.co_filename)
    return f"{file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name}, linje {rule.co_firstlineno}"
