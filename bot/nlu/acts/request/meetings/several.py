"""Several meetings in one message, each with its own values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.nlu.acts.request.meeting_text.departments import PLACE, is_one_place, is_same
from bot.nlu.acts.request.meeting_text.groups import Group, are_whole, groups_of, is_broken, stand_alone
from bot.nlu.acts.request.meeting_text.kinds import with_kinds
from bot.nlu.acts.request.meeting_text.listed_days import one_group_per_day
from bot.nlu.acts.request.meeting_text.parts import (
    ANOTHER,
    PLACES,
    Part,
    covered,
    cue,
    is_of_request,
    of_parts,
    other_words,
    parts_of,
)
from bot.nlu.acts.request.meeting_text.shared_values import add_shared_values
from bot.nlu.acts.request.meetings.companion import says_who_comes, text_of_meetings
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.reading import read
from common.slots import MOST_MEETINGS, SHARED_BY_MEETINGS, TELLS_APART

_OF_ITS_OWN = {"department", "date", "recurrence"}
_SLOTS = ("meeting_department", "meeting_department_text", "meeting_kind", "meeting_date", "meeting_time")
_NUMBERS = {"one": 1, "one_more": 1, "two": 2, "three": 3, "four": 4, "five": 5, "more": 6}

Meeting = dict[str, Any]
Known = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Several:
    """The meetings of a message, in its order."""

    meetings: tuple[Meeting, ...]
    count: int = 0  # number stated; may be higher than len(meetings)
    adds: bool = False  # in addition to the known meetings
    # Span of the text about each.
    spans: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class _Context:
    """What values are read with."""

    message: Message
    kind: str | None
    today: date

    def values(self, group: Group) -> Meeting:
        """A group's values, read as a message of its own."""
        # 'Kl. 9 og 12' is ambiguous.
        found = [one for one in group.found if one.entity != "time" or len(one.value["readings"]) == 1]
        reading = read(of_parts(self.message, group.parts, found), self.kind, None, self.today)
        values = {slot: reading.values[slot] for slot in _SLOTS if slot in reading.values}
        again = group.of("recurrence")
        return {**values, "meeting_recurrence": again[0].value} if len(again) == 1 else values

    def each(self, groups: list[Group]) -> list[Group]:
        """The groups, listed days split."""
        return one_group_per_day(groups, self.message.text, self.today)


@dataclass(frozen=True)
class _Told:
    """Meetings by group, and values common to all."""

    context: _Context
    parts: list[Part]
    groups: list[Group]
    common: Meeting
    sure: bool


def several(message: Message, kind: str | None, today: date, known: Known = ()) -> Several | None:
    """The meetings of a message with more than one, or with one more than `known`; None for others."""
    if kind == "question":
        return None
    message = with_kinds(message, kind)
    parts = [part for part in parts_of(message) if is_of_request(part, kind) and not says_who_comes(part, message)]
    if not parts:
        return None
    context = _Context(message, kind, today)
    told = _told(parts, context)
    # Before the part that adds a meeting, the known one is spoken of.
    adds = next((n for n, part in enumerate(parts) if any(map(part.has, (*ANOTHER, "also")))), len(parts))
    if known and (added := _added(told, known) or _added(_told(parts[adds:], context), known)):
        return added
    groups = told.groups
    count = _count(parts)
    if _count(parts, "all_of_them") == len(groups):
        count = count or len(groups)
    if cue("narrows").search(text_of_meetings(message)):
        return None  # 'Jeg har to møder, men det er kun det på torsdag'
    if count >= 2:
        return _counted(told, count)
    marked = sum(group.opened for group in groups) > 1
    plain = marked or (stand_alone(groups) and (are_whole(groups) or not cue("doubts").search(message.text)))
    if len(groups) < 2 or not (told.sure and plain) or _is_broken(groups, message):
        return None
    made = _several(groups[:MOST_MEETINGS], told)
    # An invalid day ('torsdag d. 8') leaves nothing sure.
    return made if all("meeting_date" in one or "meeting_department" in one for one in made.meetings) else None


def _is_broken(groups: Sequence[Group], message: Message) -> bool:
    """Whether words between two meetings make them one, such as a correction."""
    text = text_of_meetings(message)
    if groups:
        # A no at the start breaks nothing: 'nej, I mangler ...'.
        text = cue("denies_first").sub("", text[groups[0].parts[0].start : groups[-1].parts[-1].end])
    return is_broken(text, groups)


def _told(parts: list[Part], context: _Context) -> _Told:
    """The parts, split into those about all meetings and one group per meeting."""
    of_all = [part for part in parts if _is_of_all(part)]
    # One department each, none for both: 'to møder på jobcentret og i borgerservice'.
    of_all = [part for part in of_all if part.has("of_all") or not _is_told_elsewhere(part, parts)]
    own = [part for part in parts if part not in of_all]
    groups = groups_of(own, _count(parts), context.each)
    common: Meeting = {}
    for part in of_all:
        values = context.values(Group([part], list(part.found)))
        if values.keys() & common.keys() or any(one.entity == "date" for one in part.found):
            groups, values = None, {}
        common |= values
    return _Told(context, parts, groups or [], common, groups is not None)


def _is_of_all(part: Part) -> bool:
    """Whether a part is about all meetings and has no day."""
    if any(one.entity in ("date", "recurrence") for one in part.found):
        return False
    return part.has("of_all") or (bool(part.found) and (_count([part]) >= 2 or part.has("plural")))


def _is_told_elsewhere(part: Part, parts: Sequence[Part]) -> bool:
    """Whether another part has a value of the same kind."""
    told = {one.entity for one in part.found}
    return any(one.entity in told for other in parts if other is not part for one in other.found)


def _count(parts: Sequence[Part], name: str = "count") -> int:
    """The number of meetings stated; 0 for none or several numbers."""
    found = (match for part in parts for match in cue(name).finditer(part.covered))
    numbers = {_NUMBERS[number] for match in found for number, said in match.groupdict().items() if said}
    return numbers.pop() if len(numbers) == 1 else 0


def _counted(told: _Told, count: int) -> Several:
    """Meetings whose number is stated; unsure values are left out."""
    groups = told.groups if told.sure else []
    counted = {part.sentence for part in told.parts if _count([part]) >= 2}
    if len(groups) == 1 and not groups[0].opened:
        near = groups[0].parts[0].sentence in counted
        first = told.context.values(groups[0]) if near else {}
        # The day could be of either: 'to møder på jobcentret torsdag'.
        common = told.common | {slot: value for slot, value in first.items() if slot in SHARED_BY_MEETINGS}
        told, groups = replace(told, common=common), []
    if len(groups) > count and all(group.parts[0].has("one_beside") for group in groups[count:]):
        count = len(groups)  # 'to møder med byggesag, den 9. og den 20., og så en telefonsamtale den 25.'
    if len(groups) > count or not _apart(groups, told.context.message.text):
        groups = []
    return _several(groups[:MOST_MEETINGS], told, count)


def _apart(groups: Sequence[Group], text: str) -> bool:
    """Whether the groups are separate meetings and not one with several departments."""
    for group in groups[1:]:
        if group.opened or group.listed or group.of("date") or group.of("time"):
            continue
        where = group.of("department")
        before = text[group.parts[0].start : where[0].end] if where else ""
        if not group.named and not cue("at_a_place").search(before):
            return False
    return True


def _several(groups: Sequence[Group], told: _Told, count: int = 0, known: Known = ()) -> Several:
    """The meetings of the groups; `known`: those that they are added to."""
    own = [told.context.values(group) for group in groups]
    add_shared_values(own, groups, told.parts, known)
    meetings = [{**told.common, **one} for one in own]
    if told.common:
        meetings += [dict(told.common) for _ in range(min(count, MOST_MEETINGS) - len(meetings))]
    spans = tuple((group.parts[0].start, group.parts[-1].end) for group in groups)
    return Several(tuple(meetings), count, bool(known), spans)


def _added(told: _Told, known: Known) -> Several | None:
    """Meetings told in addition to the known ones; None for none."""
    text = "\n".join(part.covered for part in told.parts)
    more = _count(told.parts, "more")
    # 'Det andet møde er i borgerservice', where one is known
    following = () if cue("the_same_as").search(told.context.message.text) else PLACES[len(known) : len(known) + 1]
    plainly = more or any(cue(name).search(text) for name in ("another", "also_a_meeting", "adds_one", *following))
    if not told.sure:
        return None
    another = more or cue("another").search(text)
    groups = [
        group
        for group in (_without_the_answer(group, told.parts) for group in told.groups)
        # 'Også et videomøde' may correct how the known one is held.
        if (
            another or any(map(group.has, following)) or group.all_of_them or group.of("department") or group.of("date")
        )
        and (group.all_of_them or _is_another(told.context.values(group), known, bool(plainly)))
    ]
    if _is_broken(groups or told.groups, told.context.message):
        return None
    if plainly and (more or groups):
        return _several(_more_than_known(groups, told, known), told, more, known)
    groups = _after_cue(groups, told, ("also",))
    if groups and _adds_in_passing(groups, told.context.message):
        made = _several(groups, told, 0, known)
        return _at_the_same_place(made, groups, known)
    return None


def _without_the_answer(group: Group, parts: Sequence[Part]) -> Group:
    """The group from where it tells of a meeting of its own: 'vi ses. Og så er der et i borgerservice'."""
    opens = [part.start for part in parts if any(map(part.has, (*ANOTHER, "also", "adds_one")))]
    opens += [part.start for part in group.parts if any(one.entity in _OF_ITS_OWN for one in part.found)]
    first = min(opens, default=0)
    own = [part for part in group.parts if part.start >= first]
    kept = tuple(one for one in group.found if own and one.start >= own[0].start)
    return replace(group, parts=own, found=[*kept]) if kept else group


def _more_than_known(groups: list[Group], told: _Told, known: Known) -> list[Group]:
    """Groups after "også et møde", or complete ones where the known are complete."""
    behind = _after_cue(groups, told, (*ANOTHER, *PLACES[len(known) : len(known) + 1]))
    if not all(set(TELLS_APART) <= {slot for slot, value in one.items() if value} for one in known):
        return behind
    return [group for group in groups if group in behind or are_whole([group])]


def _after_cue(groups: list[Group], told: _Told, names: tuple[str, ...] = ANOTHER) -> list[Group]:
    """Groups from the first part on that matches one of the cues."""
    first = min((part.start for part in told.parts if any(part.has(name) for name in names)), default=0)
    return [group for group in groups if group.parts[-1].end > first]


def _is_another(told: Meeting, known: Known, plainly: bool) -> bool:
    """Whether it differs from all known meetings; `plainly`: whether it is not the same as one."""
    if plainly:
        return bool(told) and not any(_is_the_one(told, one) for one in known)
    return all(_is_another_than(told, one) for one in known)


def _is_the_one(told: Meeting, known: Mapping[str, Any]) -> bool:
    said = [slot for slot in TELLS_APART if told.get(slot)]
    return bool(said) and all(is_same(slot, told, known) for slot in said)


def _is_another_than(told: Meeting, known: Mapping[str, Any]) -> bool:
    said = [slot for slot in TELLS_APART if told.get(slot) and known.get(slot) is not None]
    if "meeting_date" in said and is_same("meeting_date", told, known):
        return False  # 'Den 10. var med sygedagpenge' may correct the department
    return any(not is_same(slot, told, known) for slot in said)


def _adds_in_passing(groups: list[Group], message: Message) -> bool:
    """Whether a meeting is added without the word for it: no other word before its day or department."""
    first = min(one.start for one in groups[0].found)
    if not all(group.of("date") or group.all_of_them or (group.of("department") and group.named) for group in groups):
        return False
    if any(other_words(part.covered) > 1 for group in groups for part in group.parts):
        return False
    before = covered(message.text, message.found)[:first]
    also = [match.end() for match in cue("also").finditer(before)]
    if also:
        return not other_words(before[also[-1] :])
    if groups[0].has("also"):
        return True
    # 'Og mandag kl. 9 i visitationen'
    both = all(group.of("date") and group.of("department") for group in groups)
    return both and before.lower().lstrip().startswith("og ") and not other_words(before)


def _at_the_same_place(made: Several, groups: list[Group], known: Known) -> Several:
    """The first meeting with the known department for 'samme sted', where there is only one."""
    first = groups[0].has("same_place")
    one_place = all(is_one_place(known[0], one) for one in known[1:])
    if not first or not one_place or "meeting_department" in made.meetings[0]:
        return made
    place = {slot: known[0][slot] for slot in PLACE if known[0].get(slot)}
    return replace(made, meetings=({**made.meetings[0], **place}, *made.meetings[1:]))
