"""The acts of the message at hand that are for the form, read by the NLU or named by a button's payload."""

from collections.abc import Mapping
from typing import Any

from actions.turn.buttons import pressed
from common.acts import FORM, START, UNREAD, Act, is_answered_before
from common.request import State


def heard(message: Mapping[str, Any], state: State) -> list[Act] | None:
    """What a message, as Rasa keeps it, says to the request under way.

    None where it asks alone, and is answered before the form runs.
    """
    if _is_button(message):
        told = pressed((message.get("intent") or {}).get("name") or "", message.get("entities") or (), state)
        return [act for act in told if act.act == UNREAD or not is_answered_before(act)] or None
    told = _kept(message)
    return [act for act in told if act.to == FORM] or (None if told else [])


def beginning(message: Mapping[str, Any], before: Mapping[str, Any], state: State) -> list[Act]:
    """What a request begins with: its kind, if known, and what is told with the wish or in the message before it."""
    button = _is_button(message)
    told = pressed((message.get("intent") or {}).get("name") or "", (), state) if button else _kept(message)
    wish = next((str(act.value) for act in told if act.act == START), state.kind)
    if wish is None:
        return []
    with_it = [act for act in told if act.to == wish and act.act != START]
    if button or any(act.label == "affirm" for act in told):
        # 'Må jeg optage mødet på torsdag?', and then the button, or 'ja tak': the day is not asked for again.
        said = {act.slot for act in with_it}
        earlier = [act for act in _kept(before) if act.to == wish and act.act != START]
        with_it += [act for act in earlier if act.slot not in said and not act.readings]
    return [Act(START, wish), *with_it]


def wished_also(message: Mapping[str, Any], kind: str) -> str | None:
    """A second kind of request that is wished for in the message with which one of `kind` begins."""
    wishes = (str(act.value) for act in _kept(message) if act.act == START)
    return next((wish for wish in wishes if wish != kind), None)


def _is_button(message: Mapping[str, Any]) -> bool:
    """Whether a message is a payload, which no component of the pipeline reads."""
    return "acts" not in message


def _kept(message: Mapping[str, Any]) -> list[Act]:
    return [Act.of(one) for one in message.get("acts") or ()]
