"""Which rows of actions/turn/table.py a turn inside a request followed from, and what the message was taken for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.turn.applying import applied
from actions.turn.heard import beginning, heard, told_before
from common.request import State


@dataclass(frozen=True)
class Decided:
    """The rows, by act and slot, and the kind of result that they came to."""

    rows: tuple[str, ...]
    kind: str


def decided(
    message: Mapping[str, Any],
    before: Sequence[Mapping[str, Any]],
    slots: Mapping[str, Any],
    said: Sequence[str],
    today: date,
) -> Decided | None:
    """The same that the form's action found, by the message, the slots, and what was said last.

    `before`: the citizen's messages before it, since anything was sent, newest first.

    None where the message was answered before the form ran.
    """
    state = State.of(slots, said, today)
    told = heard(message, state) if state.asked else beginning(message, state)
    if told is None:
        return None
    if not state.asked:
        told = [*told, *told_before(message, told, before)]
    result = applied(told, state)
    return Decided(result.rows, result.kind.value)
