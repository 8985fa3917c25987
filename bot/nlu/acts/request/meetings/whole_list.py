"""A list of meetings, or their number, that is said to be all: the known meetings outside it are removed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from bot.nlu.acts.request.meeting_text.departments import is_one_place, is_same
from bot.nlu.acts.request.meeting_text.parts import ANOTHER, Part, covered, cue, parts_of
from bot.nlu.acts.request.meetings.list_changes import agrees, with_empty_day, with_shared_kind
from bot.nlu.acts.request.meetings.removal import of_meeting_or_ask
from bot.nlu.acts.request.meetings.several import several
from bot.nlu.acts.request.meetings.which_meeting import Known, first_or_last_ones, is_of, is_place, numbered
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.reading import read
from bot.nlu.acts.request.slot_values import AS_IT_IS, meeting_acts_at
from common.acts import ADD_MEETING, CHANGE, MEETINGS, REMOVE_MEETING, Act
from common.request import State
from common.slots import MEETING

# Cues of one more meeting.
_ADDS = ("more", *ANOTHER, "adds_one")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}


def replace_all(message: Message, state: State) -> list[Act] | None:
    """Acts that make the list told the complete one."""
    told = several(message, state.kind, state.today)
    if not told or len(told.meetings) < 2 or any(cue(name).search(message.text) for name in _ADDS):
        return None
    plainly = cue("in_all").search(message.text) and told.count == len(told.meetings)
    apart = not any(agrees(*pair) for pair in combinations(told.meetings, 2))
    apart = apart and all(one.keys() & {"meeting_date", "meeting_department"} for one in told.meetings)
    if not apart or not (plainly or cue("one_and_other").search(message.text)):
        return None
    left = list(range(len(state.meetings)))
    acts: list[Act] = []
    for one in map(with_empty_day, with_shared_kind(told, message)):
        place = _alike(one, state.meetings, left)
        if place is None:
            acts.append(Act(ADD_MEETING, one))
            continue
        left.remove(place)
        new = {slot: value for slot, value in one.items() if not is_same(slot, one, state.meetings[place])}
        acts += meeting_acts_at(new, place, state) if new else []
    return [*acts, *_gone(left)] or [AS_IT_IS]


def only_so_many(message: Message, state: State) -> list[Act] | None:
    """Acts of a message that says how many meetings there are; which one is too many is asked, if it is not said."""
    text = covered(message.text, message.found)
    said = cue("only_so_many").search(text)
    count = next((n for name, n in _NUMBERS.items() if said and said[name]), 0)
    known = len(state.meetings)
    if not count and cue("one_and_the_same").search(text):
        count = known - 1
    if not 0 < count <= known or any(cue(name).search(text) for name in _ADDS):
        return None
    gone, kept = _named(message, state.meetings)
    if count == known:
        return [AS_IT_IS] if len(kept) == known and not gone else None
    if len(kept) == count:
        return [*_told_of(kept, message, state), *_gone(n for n in range(known) if n not in kept)]
    if len(gone) == known - count:
        return _gone(gone)
    return of_meeting_or_ask(list(range(known)), [Act(REMOVE_MEETING)])


def _gone(places: Iterable[int]) -> list[Act]:
    """The removals, the last first, so that the indexes of the others stay valid."""
    return [Act(REMOVE_MEETING, meeting=place) for place in sorted(places, reverse=True)]


def _alike(told: Mapping[str, Any], meetings: Known, left: Sequence[int]) -> int | None:
    """Index of the known meeting that is told again, maybe with another day or department."""
    ways: tuple[Callable[[Mapping[str, Any]], bool], ...] = (
        lambda known: is_one_place(known, told) and is_same("meeting_date", known, told),
        lambda known: not any(known.values()),
        lambda known: bool(known.get("meeting_date")) and is_same("meeting_date", known, told),
        lambda known: is_one_place(known, told),
        # What is told of it is not known yet: 'den ene er i jobcentret', where only the days are.
        lambda known: agrees(known, told),
    )
    return next((place for way in ways for place in left if way(meetings[place])), None)


def _named(message: Message, meetings: Known) -> tuple[set[int], set[int]]:
    """Indexes of the meetings named where something goes, and of those named elsewhere."""
    named: tuple[set[int], set[int]] = (set(), set())
    found = tuple(one for one in message.found if not is_place(one, message.text))
    goes, said = False, ""
    for part in parts_of(replace(message, found=found)):
        # 'Slet | det andet'
        goes = part.has("removes") or (goes and part.opens and said[-1:].isalpha())
        named[not goes].update(_meant(part, meetings))
        said = part.covered.rstrip()
    return named


def _meant(part: Part, meetings: Known) -> set[int]:
    """Indexes of the meetings named by their place, day or department; the day decides."""
    count = len(meetings)
    for places in (first_or_last_ones(part.covered, count), numbered(part.covered, count)):
        if places:
            return {*places}
    for entity in ("date", "department"):
        named = [one for one in part.found if one.entity == entity]
        if places := {n for one in named for n, known in enumerate(meetings) if is_of(one, known)}:
            return places
    return set()


def _told_of(places: set[int], message: Message, state: State) -> list[Act]:
    """What is told anew of the one meeting that there is."""
    if len(places) != 1:
        return []
    (place,) = places
    values = read(message, state.kind, None, state.today).values
    known = state.meetings[place]
    new = {slot: value for slot, value in values.items() if slot in MEETING and not is_same(slot, values, known)}
    if "meeting_department" not in new:
        new.pop("meeting_department_text", None)
    return [Act(CHANGE, new, slot=MEETINGS, meeting=place)] if new else []
