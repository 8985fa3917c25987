"""Computes again which rows of actions/turn/table.py applied in a turn of a request, and what it was taken for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.turn.applying import applied
from actions.turn.heard import beginning, heard, told_before
from common.request import State


@dataclass(frozen=True)
class Decided:
    """The rows of the table, by act and slot, and the kind of result."""

    rows: tuple[str, ...]
    kind: str


def decided(
    message: Mapping[str, Any],
    before: Sequence[Mapping[str, Any]],
    slots: Mapping[str, Any],
    said: Sequence[str],
    today: date,
) -> Decided | None:
    """What the form's action found; None when the message was answered before the form ran.

    `message`: as the action server gets it. `before`: the citizen's earlier messages since a request was sent, newest
    first. `slots`: before the turn. `said`: names of the responses in the assistant's last answer.
    """
    state = State.of(slots, said, today)
    acts = heard(message, state) if state.asked else beginning(message, state)
    if acts is None:
        return None
    if not state.asked:
        acts = [*acts, *told_before(message, acts, before)]
    result = applied(acts, state)
    return Decided(result.rows, result.kind.value)
