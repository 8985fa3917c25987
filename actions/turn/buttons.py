"""Reads a button's payload as acts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from actions.request.wording import SLOT_TITLES
from common.acts import (
    AGAIN,
    ALL,
    BINDS,
    CHANGE,
    CHOOSE,
    EMPTY,
    KEEP,
    LAST_CHANGE,
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
from common.slots import EXPLICIT, MOST_MEETINGS, ORDER, READ_FROM, SEVERAL, SHARED_BY_MEETINGS, TOLD_BESIDE

# What the buttons below a change put back: all of it, or the words that were written down for Jura.
_PUTS_BACK = {"undo": "", "not_written": TOLD_BESIDE}
# Kinds of questions in between that each choice can answer.
_QUESTIONS_OF_CHOICES = {
    **dict.fromkeys(("this", "both"), ("which_request",)),
    NEW: ("which_request", "which_meeting"),
    "question": ("question_or_value",),
    "value": ("question_or_value", "which_slot"),
    "no_time": ("same_time",),
    ALL: ("which_meeting",),
    **dict.fromkeys(("both_days", "one_of_them"), ("date",)),
    **dict.fromkeys((f"meeting_{place}" for place in range(MOST_MEETINGS)), ("which_meeting",)),
}


def pressed(intent: str, entities: Iterable[Mapping[str, Any]], state: State) -> list[Act]:
    """The acts of a button with this intent and these entities, as Rasa parses its payload."""
    values = {str(entity["entity"]): entity["value"] for entity in entities}
    acts = [act for entity, value in values.items() for act in _acts_of(entity, value, state)]
    if acts:
        place = values.get("meeting")
        return [replace(act, meeting=place) for act in acts] if isinstance(place, int) else acts
    act, value = named(intent)
    if act in (SET, CHANGE):
        return [Act(UNREAD if act == SET else REOPEN)]
    if act == SKIP:
        return [Act(SKIP, slot=state.asked or "")]
    return [Act(act, value, BINDS if act in (YES, NO) else "", intent)]


def _acts_of(entity: str, value: Any, state: State) -> list[Act]:
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
    act = _value_act(entity, value, state)
    clears_words = entity == "meeting_department" and act.act in (SET, CHANGE) and act.about != AGAIN
    return [act, Act(act.act, None, slot=f"{entity}_text")] if clears_words else [act]


def _chosen(choice: str, state: State) -> list[Act]:
    """The answer to a question in between, or `keep` of a reopened slot or of what the message before changed.

    `unread` if that question is not open.
    """
    if choice == "keep":
        return [Act(KEEP, slot=state.asked or "")] if state.asked in state.former else [Act(UNREAD)]
    if choice in _PUTS_BACK:
        return [Act(KEEP, about=_PUTS_BACK[choice], slot=LAST_CHANGE)]
    question = str((state.pending or {}).get("kind"))
    if question not in _QUESTIONS_OF_CHOICES.get(choice, ()):
        return [Act(UNREAD)]
    if choice == "both_days":
        shared = {slot: state.known[slot] for slot in SHARED_BY_MEETINGS if slot in state.known}
        return on_each_day((state.pending or {})["readings"], shared)
    if choice == "one_of_them":
        return [Act(EMPTY, slot="meeting_date")]
    if question == "which_meeting" and choice not in (NEW, ALL):
        return [Act(CHOOSE, int(choice.removeprefix("meeting_")), slot=question)]
    if choice == "no_time":
        return [Act(EMPTY, slot="meeting_time")]
    return [Act(CHOOSE, choice, slot=question)]


def _value_act(slot: str, value: Any, state: State) -> Act:
    """`set`, or for a known slot `change` if the button may still be pressed then."""
    # The question for the reason has the buttons of its grounds.
    if slot in (state.asked, READ_FROM.get(state.asked or "")) or state.known.get(slot) in (None, [], ""):
        return Act(SET, value, slot=slot)
    if state.known[slot] == value:
        return Act(SET, value, AGAIN, slot=slot)
    return Act(CHANGE, value, slot=slot) if slot in EXPLICIT or state.asked == "review" else Act(UNREAD)
