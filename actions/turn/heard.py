"""The acts of the message at hand that are for the form, read by the NLU or named by a button's payload."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker

from actions.conversation import previous_message
from actions.turn.buttons import pressed
from common.acts import FORM, SET, START, Act
from common.request import State


def heard(message: Mapping[str, Any], state: State) -> list[Act] | None:
    """What a message, as Rasa keeps it, says to the request under way.

    None where it asks alone, and is answered before the form runs.
    """
    if _is_button(message):
        return pressed((message.get("intent") or {}).get("name") or "", message.get("entities") or (), state)
    told = _kept(message)
    return [act for act in told if act.to == FORM] or (None if told else [])


def beginning(tracker: Tracker, state: State) -> list[Act]:
    """What a request begins with: its kind, if known, and what is told with the wish or was told just before."""
    latest = tracker.latest_message
    button = _is_button(latest)
    told = pressed((latest.get("intent") or {}).get("name") or "", (), state) if button else _kept(latest)
    wish = next((str(act.value) for act in told if act.act == START), state.kind)
    if wish is None:
        return []
    with_it = [act for act in told if act.to == wish and act.act != START]
    if button or any(act.label == "affirm" for act in told):
        # 'Må jeg optage mødet på torsdag?', and then the button, or 'ja tak': the day is not asked for again.
        said = {act.slot for act in with_it}
        before = [act for act in _kept(previous_message(tracker)) if act.to == wish and act.act != START]
        with_it += [act for act in before if act.slot not in said and not (act.act == SET and act.readings)]
    return [Act(START, wish), *with_it]


def _is_button(message: Mapping[str, Any]) -> bool:
    """Whether a message is a payload, which no component of the pipeline reads."""
    return "acts" not in message


def _kept(message: Mapping[str, Any]) -> list[Act]:
    return [Act.of(one) for one in message.get("acts") or ()]
