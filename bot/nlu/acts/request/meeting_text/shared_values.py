"""Values told of one meeting that hold for the next: department, day, and how it is held."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.nlu.acts.request.meeting_text.departments import PLACE
from bot.nlu.acts.request.meeting_text.groups import Group, days_from
from bot.nlu.acts.request.meeting_text.parts import Part, other_words
from bot.nlu.acts.request.message import cues


def add_shared_values(
    own: list[dict[str, Any]], groups: Sequence[Group], parts: Sequence[Part], known: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Adds to each meeting in `own` the values shared with the one before it, of the first with the `known` ones."""
    hours = {one.get("meeting_time") for one in known}
    hour = hours.pop() if len(hours) == 1 else None
    starts = [group.parts[0].start for group in groups]
    for place, one in enumerate(own):
        until = starts[place + 1] if place + 1 < len(starts) else parts[-1].end
        said = " ".join(part.covered for part in parts if starts[place] <= part.start < until)
        if hour and "meeting_time" not in one and cues()["same_hour"].search(said.lower()):
            one["meeting_time"] = hour
        hour = one.get("meeting_time")
    one_day = any(part.has("days_from") and not part.found for part in parts)  # 'to møder samme dag, den 8.: ...'
    for place, group in enumerate(groups[1:], 1):
        away = next((n for part in group.parts if (n := days_from(part.covered)) is not None), 0 if one_day else None)
        if away is not None and "meeting_date" in own[place - 1]:
            before = date.fromisoformat(own[place - 1]["meeting_date"])
            own[place].setdefault("meeting_date", (before + timedelta(days=away)).isoformat())
        _add_same_place(own[place], group, own[place - 1])
    if groups and len(known) == 1:
        _add_same_place(own[0], groups[0], known[0])  # 'og så er der et opfølgningsmøde samme sted den 8. januar'
    for place, head in enumerate(groups):
        slots = _said_before_the_day(head)
        for other, group in enumerate(groups[place + 1 :] if slots else (), place + 1):
            if not _is_day_alone(group, head):
                break
            own[other] |= {slot: own[place][slot] for slot in slots if slot in own[place] and slot not in own[other]}


def _add_same_place(meeting: dict[str, Any], group: Group, before: Mapping[str, Any]) -> None:
    if group.has("same_place") and not group.of("department"):
        meeting |= {slot: before[slot] for slot in PLACE if slot in before}


def _said_before_the_day(group: Group) -> list[str]:
    """Slots whose values stand before a group's day, and so hold for the days after it."""
    day = min((one.start for one in group.of("date")), default=0)
    head = {one.entity for one in group.found if one.end <= day}
    shared = {"department": PLACE, "meeting_kind": ("meeting_kind",)}
    return [slot for entity in head if entity in shared for slot in shared[entity]]


def _is_day_alone(group: Group, head: Group) -> bool:
    """Whether a group is in the same sentence and has only day, hour and kind."""
    if {part.sentence for part in group.parts} != {head.parts[-1].sentence}:
        return False
    plain = not any(other_words(part.covered) or part.has("one") for part in group.parts)
    days = {one.entity for one in group.found} <= {"date", "time", "meeting_kind"}
    return days and (plain or group.opened or group.listed)
