"""The acts of the message at hand that are for the form, read by the NLU or named by a button's payload."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actions.turn.buttons import pressed
from common.acts import ADD_MEETING, ASK, FORM, SET, START, UNREAD, Act, is_answered_before
from common.request import State
from common.slots import EXPLICIT, MEETING


def heard(message: Mapping[str, Any], state: State) -> list[Act] | None:
    """What a message, as Rasa keeps it, says to the request under way.

    None where it asks alone, and is answered before the form runs.
    """
    if _is_button(message):
        told = pressed((message.get("intent") or {}).get("name") or "", message.get("entities") or (), state)
        return [act for act in told if act.act == UNREAD or not is_answered_before(act)] or None
    told = _kept(message)
    return [act for act in told if act.to == FORM] or (None if told else [])


def asks_beside(message: Mapping[str, Any]) -> bool:
    """Whether a message asks something that is answered before the form runs."""
    return any(is_answered_before(act) for act in _kept(message))


# What a citizen tells in a question, too, but for one of how to reach Jura: 'er telefonen åben på fredag?'
_TOLD = {*EXPLICIT, "recording_grounds", "recording_explanation"}
_OF_REACHING = ("faq_opening_hours", "faq_contact", "faq_digital_post", "human_handover", "check_status")


def beginning(message: Mapping[str, Any], state: State) -> list[Act]:
    """What a request begins with: its kind, if known, and what is told with the wish."""
    button = _is_button(message)
    told = pressed((message.get("intent") or {}).get("name") or "", (), state) if button else _kept(message)
    wish = next((str(act.value) for act in told if act.act == START), state.kind)
    if wish is None:
        return []
    return [Act(START, wish), *(act for act in told if act.to == wish and act.act != START)]


def told_before(message: Mapping[str, Any], begun: Sequence[Act], before: Iterable[Mapping[str, Any]]) -> list[Act]:
    """What was told of the request before the message it began with; a message that tells it otherwise is of another.

    `begun`: what it began with; `before`: the messages before, newest first.
    """
    wish = next((str(act.value) for act in begun if act.act == START), "")
    values = {act.slot: act.value for act in begun if act.act == SET}
    # A day that is still open is not told otherwise before.
    open_ = {act.slot for act in begun if act.readings}
    accepted = _is_button(message) or any(act.label == "affirm" for act in _kept(message))
    earlier: list[Act] = []
    for place, one in enumerate(before):
        said = _kept(one)
        if any(act.act == ASK and act.value in _OF_REACHING for act in said):
            continue
        told = [act for act in said if act.to == wish and act.act == SET and not act.readings]
        # 'Må jeg filme mødet på torsdag?' tells the day, and how it is recorded where the button, or a yes, follows it.
        told = [act for act in told if (accepted and place == 0) or act.slot in _TOLD]
        if any(act.slot in open_ or values.get(act.slot, act.value) != act.value for act in told):
            break
        new = [act for act in told if act.slot not in values]
        values |= {act.slot: act.value for act in new}
        earlier += new
        if any(act.slot in MEETING for act in new) and not any(act.act == ADD_MEETING for act in (*begun, *earlier)):
            # 'Jeg skal til tre møder: ... Må jeg optage dem?'
            earlier += [act for act in said if act.to == wish and act.act == ADD_MEETING]
    return earlier


def wished_also(message: Mapping[str, Any], kind: str) -> tuple[str, list[Act]] | None:
    """A second kind of request that is wished for in the message with which one of `kind` begins, and what it tells."""
    told = _kept(message)
    other = next((str(act.value) for act in told if act.act == START and act.value != kind), None)
    return (other, [act for act in told if act.to == other and act.act != START]) if other else None


def _is_button(message: Mapping[str, Any]) -> bool:
    """Whether a message is a payload, which no component of the pipeline reads."""
    return "acts" not in message


def _kept(message: Mapping[str, Any]) -> list[Act]:
    return [Act.of(one) for one in message.get("acts") or ()]
