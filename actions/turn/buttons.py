"""A button's payload as acts: what it names is what it does, at the slot or the question that it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from actions.request.wording import SLOT_TITLES
from common.acts import (
    AGAIN,
    BINDS,
    CHANGE,
    CHOOSE,
    EMPTY,
    NEW,
    NO,
    REOPEN,
    SET,
    SKIP,
    START,
    UNREAD,
    YES,
    Act,
    named,
    on_each_day,
)
from common.request import State
from common.slots import EXPLICIT, MOST_MEETINGS, ORDER, SEVERAL, SHARED_BY_MEETINGS

# The questions in between that a choice may answer, by the kind of what is pending.
_OF_CHOICES = {
    **dict.fromkeys(("this", "both"), ("which_request",)),
    NEW: ("which_request", "which_meeting"),
    "question": ("question_or_value",),
    "value": ("question_or_value", "which_slot"),
    "no_time": ("same_time",),
    "both_days": ("date",),
    **dict.fromkeys((f"meeting_{place}" for place in range(MOST_MEETINGS)), ("which_meeting",)),
}


def pressed(intent: str, entities: Iterable[Mapping[str, Any]], state: State) -> list[Act]:
    """The acts of a button with this intent and these entities."""
    named_ = {str(entity["entity"]): entity["value"] for entity in entities}
    told = [act for entity, value in named_.items() for act in _told(entity, value, state)]
    if told:
        place = named_.get("meeting")
        # Of a meeting that is gone, the button says nothing any more.
        return [replace(act, meeting=place) for act in told] if isinstance(place, int) else told
    act, value = named(intent)
    if act in (SET, CHANGE):
        return [Act(UNREAD if act == SET else REOPEN)]
    if act == SKIP:
        return [Act(SKIP, slot=state.asked or "")]
    return [Act(act, value, BINDS if act in (YES, NO) else "", intent)]


def _told(entity: str, value: Any, state: State) -> list[Act]:
    if entity == "slot":
        return [Act(REOPEN, slot=value)] if value in SLOT_TITLES else []
    if entity == "meeting":
        return []
    if entity == "choice":
        return _chosen(str(value), state)
    if entity == "request_type":
        return [Act(START, value)] if value in ORDER else []
    if (entity, value) == ("meeting_date", "none"):
        return [Act(EMPTY, slot=entity)]
    if (entity, value) == ("behalf_relation", "none"):
        return [Act(CHANGE, None, slot=entity)]
    if entity in SEVERAL and not isinstance(value, list):
        value = [value]
    act = _given(entity, value, state)
    words = entity == "meeting_department" and act.act in (SET, CHANGE) and act.about != AGAIN
    return [act, Act(act.act, None, slot=f"{entity}_text")] if words else [act]


def _chosen(choice: str, state: State) -> list[Act]:
    """The answer to a question in between; nothing where that one is not open (any more)."""
    between = str((state.pending or {}).get("kind"))
    if between not in _OF_CHOICES.get(choice, ()):
        return [Act(UNREAD)]
    if choice == "both_days":
        shared = {slot: state.known[slot] for slot in SHARED_BY_MEETINGS if slot in state.known}
        return on_each_day((state.pending or {})["readings"], shared)
    if between == "which_meeting" and choice != NEW:
        return [Act(CHOOSE, int(choice.removeprefix("meeting_")), slot=between)]
    if choice == "no_time":
        return [Act(EMPTY, slot="meeting_time")]
    return [Act(CHOOSE, choice, slot=between)]


def _given(slot: str, value: Any, state: State) -> Act:
    """An answer; of what is known already, a correction where the button is one that may still be pressed for that."""
    if slot == state.asked or state.known.get(slot) in (None, [], ""):
        return Act(SET, value, slot=slot)
    if state.known[slot] == value:
        return Act(SET, value, AGAIN, slot=slot)
    return Act(CHANGE, value, slot=slot) if slot in EXPLICIT or state.asked == "review" else Act(UNREAD)
