"""Invariants of the meetings of a request."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from fuzz.moment import OF_MEETINGS, Broken, Moment, Slots
from fuzz.oracle import MEETING

Meeting = Mapping[str, Any]
MOST = 5
# Each of these says that a meeting is taken out, or is one with another.
_TAKES_OUT = ("utter_meeting_removed", "utter_meetings_made_one")
# Said once, these may hold for every meeting.
_SHARED = ("meeting_department", "meeting_department_text", "meeting_kind")
# Responses that say that a value has changed.
SAYS_SO = {
    *("utter_corrected", "utter_kept", "utter_type_changed", "utter_told_before", "utter_meeting_removed"),
    *("utter_waiting_begins", "utter_same_time", "utter_meetings_noted", "utter_type_changed_keeps"),
}


def check_meetings(moment: Moment) -> None:
    """Raises Broken if a meeting has a value that was not said of it, or changes without the answer saying so."""
    _single_slots_match(moment.after)
    if len(moment.after.get("meetings") or ()) > MOST:
        raise Broken(f"meetings: more than {MOST}")
    if moment.after.get("request_type") not in OF_MEETINGS:
        return
    for place, was, (old, new) in _pairs(moment):
        _only_what_was_said(moment, place, old, new)
        asked_about = was is None or was == moment.before.get("asking_about")
        if not asked_about:
            _changes_are_told(moment, place, old, new)


def _single_slots_match(slots: Slots) -> None:
    """The single slots hold the values of the meeting that is asked about."""
    meetings = slots.get("meetings") or []
    if slots.get("request_type") not in OF_MEETINGS or not slots.get("requested_slot"):
        # While the kind of request is asked for again they are kept.
        if meetings and slots.get("requested_slot") != "request_type":
            raise Broken(f"meetings: {meetings} of a request that has none")
        return
    if not meetings:
        raise Broken("meetings: none, of a request that has one")
    one = meetings[slots.get("asking_about") or 0]
    for slot in MEETING:
        if one.get(slot) != slots.get(slot):
            raise Broken(f"meetings: {slot} is {slots.get(slot)!r}, and {one.get(slot)!r} in {meetings}")


def held(slots: Slots) -> list[Meeting]:
    """The known meetings; for a request without a list, the one in the single slots."""
    single = {slot: slots[slot] for slot in MEETING if slots.get(slot) is not None}
    return list(slots.get("meetings") or ([single] if single else []))


def _pairs(moment: Moment) -> Iterator[tuple[int, int | None, tuple[Meeting, Meeting]]]:
    """For each meeting: its index, its index before (None: new), and its values before and now."""
    before, after = ([] if moment.sends else held(moment.before)), held(moment.after)
    # Each meeting that is taken out is said to be.
    gone = sum(message["name"] in _TAKES_OUT for message in moment.turn.messages)
    if len(after) < len(before) - gone:
        raise Broken(f"lost: a meeting of {before} after {moment.act.shown!r}")
    # If some were removed: the alignment with the fewest changed values.
    ways = combinations(range(len(before)), max(0, len(before) - gone))
    places = min(ways, key=lambda way: sum(_differ(before[was], one) for was, one in zip(way, after, strict=False)))
    for place, new in enumerate(after):
        was = places[place] if place < len(places) else None
        yield place, was, ({} if was is None else before[was], new)


def _differ(old: Meeting, new: Meeting) -> int:
    return sum(old.get(slot) != new.get(slot) for slot in MEETING)


def _only_what_was_said(moment: Moment, place: int, old: Meeting, new: Meeting) -> None:
    told = {slot: new[slot] for slot in MEETING if new.get(slot) not in (None, old.get(slot))}
    shared = [one.get(slot) for one in held(moment.before) for slot in _SHARED] if _says_of_each(moment) else []
    told = {slot: value for slot, value in told.items() if not (slot in _SHARED and value in shared)}
    for slot, value in told.items():
        if not moment.allows(slot, value) and not _was_open(moment, slot, value):
            raise Broken(f"not said: meeting {place + 1}, {slot} = {value!r} after {moment.act.shown!r}")
    said_of_one = moment.act.sentence.meetings if moment.act.sentence else ()
    if told and said_of_one and not any(_fits(told, one) for one in said_of_one):
        raise Broken(f"mixed: meeting {place + 1} got {told} after {moment.act.shown!r}")


def _says_of_each(moment: Moment) -> bool:
    """Whether one meeting's value is said of another: 'samme sted', or 'begge' of two days."""
    asked_which_day = (moment.before.get("request_pending") or {}).get("kind") == "date"
    return "shares" in moment.act.marks or asked_which_day


def _was_open(moment: Moment, slot: str, value: Any) -> bool:
    """Whether the value is one of the days asked about ('Det er to møder')."""
    pending = moment.before.get("request_pending") or {}
    both = "choice" in moment.act.values() or "shares" in moment.act.marks
    return slot == "meeting_date" and both and value in pending.get("readings", ())


def _fits(told: Meeting, one: Mapping[str, frozenset[str]]) -> bool:
    """Whether all new values of a meeting were said of this one."""
    own_words = {"meeting_department_text"}
    return all(value in one.get(slot, ()) for slot, value in told.items() if slot not in own_words)


def _changes_are_told(moment: Moment, place: int, old: Meeting, new: Meeting) -> None:
    """A meeting that was not asked about changes only if the answer says so or asks for the value."""
    for slot in MEETING:
        if old.get(slot) in (None, new.get(slot)):
            continue
        asked_now = moment.after.get("asking_about") == place
        if new.get(slot) is None and asked_now:
            continue
        if not moment.told & SAYS_SO:
            raise Broken(
                f"silence: meeting {place + 1}, {slot} was {old[slot]!r}, is {new.get(slot)!r} "
                f"after {moment.act.shown!r}"
            )
