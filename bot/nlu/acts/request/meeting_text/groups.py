"""Groups of parts that describe the same meeting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.nlu.acts.request.meeting_text.parts import (
    ALL_OF_THEM,
    ANOTHER,
    PLACES,
    Part,
    at_one_place,
    cue,
    days_said,
    fit_one_meeting,
    other_words,
)
from bot.nlu.acts.request.message import Found

# Words allowed outside values, where nothing else says that a part is of another meeting.
_OTHER_WORDS, _OTHER_WORDS_BESIDE_ONE_VALUE, _OTHER_WORDS_OF_THE_FIRST = 1, 0, 3
# The same where each group has a day and a department.
_OTHER_WORDS_OF_WHOLE_ONES = 4


@dataclass
class Group:
    """The parts and values of one meeting, or of several listed days."""

    parts: list[Part] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    opened: bool = False  # by 'det ene', '2)'
    listed: bool = False  # with others: 'den 3. og den 10.'

    def add(self, part: Part) -> None:
        """Adds a part."""
        self.parts.append(part)
        self.found += part.found

    def of(self, entity: str) -> list[Found]:
        """The values of one kind."""
        return [one for one in self.found if one.entity == entity]

    def has(self, name: str) -> bool:
        """Whether one of its parts matches the cue."""
        return any(part.has(name) for part in self.parts)

    @property
    def all_of_them(self) -> bool:
        """Whether it stands for all meetings of a period, not for a single one."""
        return any(one.rule == ALL_OF_THEM for one in self.found)

    @property
    def named(self) -> bool:
        """Whether it says 'møde', 'samtale' or the like."""
        return self.has("one") or bool(self.of("meeting_kind"))


def groups_of(parts: list[Part], count: int, each: Callable[[list[Group]], list[Group]]) -> list[Group] | None:
    """One group per meeting, in order; None where it is unclear what belongs together.

    `count`: number of meetings stated; `each`: splits a group of listed days.
    """
    groups: list[Group] = []
    another = False
    for part in parts:
        another |= bool(groups) and any(part.has(name) for name in ANOTHER)
        if not part.found:
            continue
        if (told := _group_named_again(part, each(groups), count)) is not None:
            groups = each(groups)
            groups[told].add(part)
            continue
        if not fit_one_meeting(part.found):
            return None
        if not groups or part.opens or another or not fit_one_meeting((*groups[-1].found, *part.found)):
            groups.append(Group(opened=part.opens))
            another = False
        groups[-1].add(part)
    between = [part for part in parts if groups and part.end > groups[0].parts[0].start]
    last = groups[-1].parts[-1].start if groups else 0
    said = " ".join(part.covered for part in between if part.start <= last)
    return None if len(groups) > 1 and is_broken(said, groups) else each(groups)


def is_broken(text: str, groups: Sequence[Group]) -> bool:
    """Whether words between meetings make them one, such as a correction; doubt does so where one is incomplete."""
    return bool(cue("breaks").search(cue("hedges").sub(" ", text) if groups and are_whole(groups) else text))


def _group_named_again(part: Part, groups: list[Group], count: int) -> int | None:
    """Index of an earlier group that the part names by its place; None for none."""
    if not part.opens or len(groups) < 2:
        return None
    places = [place for place, name in enumerate(PLACES) if part.has(name)]
    if not places and part.has("last") and len(groups) >= count:
        places = [len(groups) - 1]
    one = len(places) == 1 and places[0] < len(groups) and fit_one_meeting((*groups[places[0]].found, *part.found))
    return places[0] if one else None


def stand_alone(groups: list[Group]) -> bool:
    """Whether the groups are separate meetings although no number or ordinal says so."""
    several = any(group.has("plural") for group in groups)
    dated = all(
        group.of("date") or group.of("recurrence") or (place and group.has("days_from"))
        for place, group in enumerate(groups)
    )
    placed = all(group.of("department") and group.named for group in groups)
    if not (dated or placed) or not _differ(groups):
        return False
    whole = are_whole(groups)
    for place, group in enumerate(groups):
        # One meeting whose day must be asked for: 'mødet er den 3. og den 10.'
        if group.listed and not several and group.has("the_one"):
            return False
        bare = {one.entity for one in group.found} == {"date"} and not group.listed
        if place and bare and not group.parts[0].has("and"):
            return False  # 'i morgen, torsdag, kl. 9'
        at_a_place = bool(group.of("department")) or group.has("same_place")
        limit = _OTHER_WORDS if at_a_place or group.named else _OTHER_WORDS_BESIDE_ONE_VALUE
        limit = limit if place else max(limit, _OTHER_WORDS_OF_THE_FIRST if not group.listed else 0)
        limit = _OTHER_WORDS_OF_WHOLE_ONES if whole else limit
        if any(other_words(part.covered) > limit for part in group.parts):
            return False
    return True


def days_from(text: str) -> int | None:
    """Days between a meeting and the one before it, by words such as 'dagen efter'; None without such words."""
    said = cue("days_from").search(text)
    return next((int(name[1:]) for name, word in said.groupdict().items() if word), None) if said else None


def are_whole(groups: Sequence[Group]) -> bool:
    """Whether each group has a department and a day."""
    return all(group.of("department") and (group.of("date") or group.of("recurrence")) for group in groups)


def _differ(groups: list[Group]) -> bool:
    """Whether no two groups can be the same meeting."""
    return not any(_same(one, two) for place, one in enumerate(groups) for two in groups[place + 1 :])


def _same(one: Group, two: Group) -> bool:
    if one.all_of_them != two.all_of_them:
        return False
    days = [{day for found in group.of("date") for day in days_said(found)} for group in (one, two)]
    places = [group.of("department") for group in (one, two)]
    elsewhere = all(places) and not any(at_one_place(a, b) for a in places[0] for b in places[1])
    return not elsewhere and not (all(days) and not days[0] & days[1])
