"""Values told of meetings by their numbers."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import TALK_WORDS
from bot.nlu.acts.request.meeting_text.departments import is_same, unknown_department, word_beginnings
from bot.nlu.acts.request.meeting_text.kinds import with_kinds
from bot.nlu.acts.request.meeting_text.listed_days import with_days_apart
from bot.nlu.acts.request.meeting_text.parts import PLACES, Part, cue, of_parts, parts_of
from bot.nlu.acts.request.meetings.which_meeting import Known, first_or_last_ones, is_of, is_place, only_asks
from bot.nlu.acts.request.message import ANSWER, Found, Message
from bot.nlu.acts.request.reading import read
from bot.nlu.acts.request.slot_values import AS_IT_IS, meeting_acts_at
from bot.nlu.values.lexicon import fold, load
from common import patterns
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT, MEETING

_WORD = patterns.compile(r"[^\W\d_]{5,}")
_TEXT = "meeting_department_text"


def numbered_meetings(message: Message, state: State) -> list[Act] | None:
    """Acts for each meeting named by its place; None where none is, or the message asks."""
    if len(state.meetings) < 2 or only_asks(message) or cue("removes").search(message.text):
        return None
    if state.asked in FREE_TEXT and message.words > TALK_WORDS:
        return None  # a text, whatever numbers it has
    message = with_kinds(with_days_apart(message, state.today), state.kind, state.asked)
    told = _by_place(message, state.meetings)
    if not told:
        return None
    acts: list[Act] = []
    again = False
    for place, parts in told.items():
        known = state.meetings[place]
        values = _values(message, parts, state)
        again |= bool(values)
        new = {slot: value for slot, value in values.items() if not is_same(slot, values, known)}
        if "meeting_department" not in new:
            new.pop(_TEXT, None)
        acts += meeting_acts_at(new, place, state) if new else []
    # Values known already are shown, not read for another meeting.
    return acts or ([AS_IT_IS] if again else None)


def with_known_departments(message: Message, meetings: Known) -> Message:
    """The message with departments found by shorter forms of the known meetings' names."""
    taken = [(one.start, one.end) for one in message.found if one.entity != ANSWER]
    not_places = {fold(word) for word in load("departments")["not_after_with"]}
    more: list[Found] = []
    for word in _WORD.finditer(message.text):
        if any(start < word.end() and word.start() < end for start, end in taken) or fold(word.group()) in not_places:
            continue
        named = [one for one in meetings if one.get("meeting_department")]
        of = [one for one in named if word_beginnings(word.group()) & word_beginnings(one.get(_TEXT))]
        if len(of) == 1:
            value = {"key": of[0]["meeting_department"], "text": of[0][_TEXT]}
            more.append(Found("department", value, word.start(), word.end(), rule="known"))
    found = sorted([*message.found, *more], key=lambda one: one.start)
    return replace(message, found=tuple(found)) if more else message


def _by_place(message: Message, meetings: Known) -> dict[int, list[Part]]:
    """Parts by the index of their meeting; those before the first number belong to it.

    Empty where a part names two meetings, or asks.
    """
    count = len(meetings)
    told: dict[int, list[Part]] = {}
    before: list[Part] = []
    places: set[int] = set()
    # 'Det første' may be read as a day; here it numbers a meeting.
    for part in parts_of(
        replace(message, found=tuple(one for one in message.found if not is_place(one, message.text)))
    ):
        named = _named(part, meetings, told)
        # Values after several numbers are of each: 'møde 1 og 3 var fysiske'.
        together = bool(places) and not any(one.found for place in places for one in told[place])
        if together and (number := cue("and_number").match(part.covered)):
            named = {int(number["number"]) - 1} & set(range(count))
        of_several = part.has("the_others") or first_or_last_ones(part.covered, count)
        if (len(named) > 1 and not of_several) or part.asks:
            return {}
        if named:
            places = places | named if together else named
            for place in named:
                told.setdefault(place, []).extend(before)
            before = []
        for one in [told[place] for place in places] or [before]:
            one.append(_without_naming_value(part, meetings))
    return told


def _named(part: Part, meetings: Known, told: Collection[int]) -> set[int]:
    """Indexes of the meetings that a part names."""
    if named := {n for n, name in enumerate(PLACES[: len(meetings)]) if part.has(name)}:
        return named
    if part.has("last"):
        return {len(meetings) - 1}
    if part.has("the_others"):
        return set(range(len(meetings))) - set(told) if told else set()
    if of_several := first_or_last_ones(part.covered, len(meetings)):
        return of_several
    return _named_by_value(part, meetings)


def _named_by_value(part: Part, meetings: Known) -> set[int]:
    """Index of the meeting named by its kind ('opkaldet'), or by its day or department beside how it is held."""
    naming = _naming_values(part)
    if len(naming) != 1 or any(part.has(name) for name in PLACES):
        return set()  # 'møde 3 skal være den 18. november, på video'
    of = {place for place, one in enumerate(meetings) if is_of(naming[0], one)}
    return of if len(of) == 1 else set()


def _naming_values(part: Part) -> list[Found]:
    kinds = [one for one in part.found if one.entity == "meeting_kind"]
    if called := [
        one for one in kinds if cue("the_one").fullmatch(part.covered, one.start - part.start, one.end - part.start)
    ]:
        return called
    return [one for one in part.found if one.entity in ("date", "department")] if kinds else []


def _without_naming_value(part: Part, meetings: Known) -> Part:
    """The part without what names its meeting; by its number the part may tell it another's day."""
    naming = _naming_values(part) if _named_by_value(part, meetings) else []
    if not any(map(part.has, (*PLACES, "last", "moved"))):
        naming += [one for one in part.found if one.entity == "date" and any(is_of(one, m) for m in meetings)]
    return replace(part, found=tuple(one for one in part.found if one not in naming))


def _values(message: Message, parts: Sequence[Part], state: State) -> dict[str, Any]:
    said = of_parts(message, parts, [one for part in parts for one in part.found])
    reading = read(said, state.kind, None, state.today)
    values = {slot: value for slot, value in reading.values.items() if slot in MEETING}
    if state.asked == "meeting_kind" and "meeting_kind" not in values:
        # 'De to første var på jobcentret'
        own = as_message(message, parts[0].start, parts[-1].end, learned=True)
        values |= learned_answers.in_a_clause(own, "meeting_kind")
    called = None if "meeting_department" in values else said.part("department_anew")
    return values | unknown_department(called)
