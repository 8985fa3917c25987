"""The parts of a message that speak of meetings, and which of them speak of one meeting: groups of found values."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby, pairwise
from typing import Any

from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.places import are_alike
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.values.lexicon import load
from common import patterns

ENTITIES = ("department", "date", "time", "meeting_kind", "recurrence")
# What a part may say beside a meeting's values where nothing else says that it tells of another meeting: names, filler.
_OTHER_WORDS, _OTHER_WORDS_BESIDE_ONE_VALUE, _OTHER_WORDS_OF_THE_FIRST = 1, 0, 3
# Each with a day and a department of its own, they are told apart whatever is said beside.
_OTHER_WORDS_OF_WHOLE_ONES = 4
_WORD = patterns.compile(r"[^\W\d_]{2,}")
# 'Alle samtaler i oktober': a recurrence that has no day of its own.
_ALL_OF_THEM = "all"
# 'Vi mødes. Og så er der også et møde mere, mandag': from there on another meeting is told of.
ANOTHER = ("more", "another", "also_a_meeting")


@cache
def cue(name: str) -> patterns.Pattern:
    """A pattern of data/values/meetings.yml."""
    return patterns.compile(load("meetings")[name], patterns.IGNORECASE)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load("meetings")["small_words"])


def other_words(text: str) -> int:
    """How many words a text has beside those that tell of a meeting."""
    plain = cue("subject").sub(" ", cue("one").sub(" ", cue("plural").sub(" ", text)))
    return sum(word.lower() not in _small_words() for word in _WORD.findall(plain))


def says_nothing_else(message: Message) -> bool:
    """'Det er for resten den 11. december': values of a meeting, and no word that tells of anything else."""
    told = [one for one in message.found if one.entity in ENTITIES and not one.negated]
    text = message.text
    for one in told:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return bool(told) and not other_words(cue("in_passing").sub(" ", text))


@dataclass(frozen=True)
class Part:
    """A part of a sentence, and the values of a meeting in it."""

    start: int
    end: int
    covered: str  # its text, with its values covered
    sentence: int
    found: tuple[Found, ...] = ()
    opens: bool = False  # 'det ene', '2)'
    asks: bool = False

    def has(self, name: str) -> bool:
        """Whether its words, its values apart, have the cue."""
        return bool(cue(name).search(self.covered))


@dataclass
class Group:
    """What is told of one meeting; of several, where its days are."""

    parts: list[Part] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    opened: bool = False  # by 'det ene', '2)'
    listed: bool = False  # with others: 'den 3. og den 10.'

    def add(self, part: Part) -> None:
        """Takes up another part of the text."""
        self.parts.append(part)
        self.found += part.found

    def of(self, entity: str) -> list[Found]:
        """Its values of one kind."""
        return [one for one in self.found if one.entity == entity]

    def has(self, name: str) -> bool:
        """Whether one of its parts has the cue."""
        return any(part.has(name) for part in self.parts)

    @property
    def all_of_them(self) -> bool:
        """Whether it is 'alle samtaler i oktober', which is none of the meetings that are told one by one."""
        return any(one.rule == _ALL_OF_THEM for one in self.found)

    @property
    def named(self) -> bool:
        """Whether it says 'møde', 'samtale' or the like."""
        return self.has("one") or bool(self.of("meeting_kind"))


def covered(text: str, found: Iterable[Found]) -> str:
    """The text, of the same length, with values covered; how a meeting is held stays, it says 'møde' as well."""
    for one in found:
        if one.entity in ENTITIES and one.entity != "meeting_kind":
            text = text[: one.start] + "~" * (one.end - one.start) + text[one.end :]
    return text


def parts_of(message: Message) -> list[Part]:
    """The message at its commas, full stops and 'og', and before 'det ene', 'det andet', '2)'."""
    text = covered(message.text, message.found)
    # No part ends inside 'de ringer og taler med mig'.
    inside = [(one.start, one.end) for one in message.found if one.entity in ENTITIES]
    joints = [found for found in cue("joins").finditer(text) if not _within(found.start(), inside)]
    openings = {found.start() for found in cue("opens").finditer(text) if not _within(found.start(), inside)}
    sentences = {start for start, _ in sentence_spans(message.text, message.whole)}
    starts = sorted({0, *(found.end() for found in joints), *openings, *sentences})
    ends = {found.end(): found for found in joints}
    parts: list[Part] = []
    sentence = 0
    values = _values(message)
    for start, end in pairwise([*starts, len(text)]):
        joint = ends.get(start)
        sentence += start in sentences or bool(joint and joint.group() in tuple(".!?\n"))
        if not text[start:end].strip():
            continue
        found = tuple(one for one in values if start <= one.start < end)
        parts.append(Part(start, end, text[start:end], sentence, found, any(start <= one < end for one in openings)))
    return _questions(parts, text)


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _values(message: Message) -> list[Found]:
    """The values that say which meeting it is; 'i næste uge' is no day, and 'hver tirsdag' no day of its own."""
    again = [one for one in message.values("recurrence")]
    return [
        one
        for one in message.values(*ENTITIES)
        if not (one.entity == "date" and one.value.get("kind") == "vague")
        and not (one.entity == "date" and any(other.start < one.end and one.start < other.end for other in again))
    ]


def _questions(parts: list[Part], text: str) -> list[Part]:
    """The same, the questions told: from a question's first word, else the whole sentence before the question mark."""
    asked: set[int] = set()
    for _, places in groupby(range(len(parts)), lambda place: parts[place].sentence):
        own = list(places)
        # Its mark stands before its end, or is what the next sentence is parted by.
        said = text[parts[own[0]].start : parts[own[-1]].end].rstrip()
        begins = [place for place in own if cue("asks").search(parts[place].covered)]
        if cue("wishes").search(said):
            continue
        if begins:
            asked.update(place for place in own if place >= begins[0])
        elif said.endswith("?"):
            asked.update(own)
    return [replace(part, asks=place in asked) for place, part in enumerate(parts)]


def meant(part: Part, kind: str | None) -> bool:
    """Whether a part tells of the meetings of this request: not of a letter, of what has been, of another request."""
    adds = any(part.has(name) for name in (*ANOTHER, "adds_one"))
    if part.asks or (part.has("aside") and not adds):
        return False
    if kind != "notes" and part.has("aside_of_a_recording") and not adds:
        return False  # a call that has been is what notes are of
    if kind == "notes":
        has_been = part.has("has_been") or part.has("notes_words")
        return not part.has("recording_words") and (has_been or not part.has("to_come"))
    return not part.has("has_been") and not part.has("notes_words")


def groups_of(parts: list[Part]) -> list[Group] | None:
    """What is told of each meeting, in order; None where it is not sure what belongs together."""
    groups: list[Group] = []
    another = False
    for part in parts:
        another |= bool(groups) and any(part.has(name) for name in ANOTHER)
        if not part.found:
            continue
        if not _fit(part.found):
            return None
        if not groups or part.opens or another or not _fit((*groups[-1].found, *part.found)):
            groups.append(Group(opened=part.opens))
            another = False
        groups[-1].add(part)
    between = [part for part in parts if groups and part.end > groups[0].parts[0].start]
    last = groups[-1].parts[-1].start if groups else 0
    if len(groups) > 1 and any(part.has("breaks") for part in between if part.start <= last):
        return None
    return groups


def _fit(found: Iterable[Found]) -> bool:
    """Whether values can be one meeting's."""
    told: dict[str, Any] = {}
    found = list(found)
    places = [one for one in found if one.entity == "department"]
    if not all(_at_one_place(places[0], other) for other in places[1:]):
        return False
    if any(one.rule == _ALL_OF_THEM for one in found) and any(one.entity == "date" for one in found):
        return False  # 'mødet den 20. oktober samt alle telefonsamtaler i oktober'
    for one in found:
        if one.entity == "date":
            said: Any = _days(one)
        elif one.entity == "time":
            said = set(one.value["readings"])
        else:
            said = {one.value["key"] if isinstance(one.value, dict) else str(one.value)}
        if one.entity in told and not told[one.entity] & said:
            return False
        told[one.entity] = told.get(one.entity, said) & said
    return True


def _days(found: Found) -> set[str]:
    return {*found.value["future"], *found.value["past"]}


def stand_alone(groups: list[Group]) -> bool:
    """Whether groups are meetings of their own where no number and no 'det andet' says so."""
    several = any(group.has("plural") for group in groups)
    dated = all(
        group.of("date") or group.of("recurrence") or (place and group.has("same_day"))
        for place, group in enumerate(groups)
    )
    placed = all(group.of("department") and group.named for group in groups)
    if not (dated or placed) or not _differ(groups):
        return False
    whole = all(group.of("department") and (group.of("date") or group.of("recurrence")) for group in groups)
    for place, group in enumerate(groups):
        # 'Mødet er den 3. og den 10.' is one meeting, and which day it is has to be asked.
        if group.listed and not several and group.has("the_one"):
            return False
        bare = {one.entity for one in group.found} == {"date"} and not group.listed
        if place and bare and not group.parts[0].has("and"):
            return False  # 'i morgen, torsdag, kl. 9'
        limit = _OTHER_WORDS if group.of("department") or group.named else _OTHER_WORDS_BESIDE_ONE_VALUE
        limit = limit if place else max(limit, _OTHER_WORDS_OF_THE_FIRST if not group.listed else 0)
        limit = _OTHER_WORDS_OF_WHOLE_ONES if whole else limit
        if any(other_words(part.covered) > limit for part in group.parts):
            return False
    return True


def _differ(groups: list[Group]) -> bool:
    """Whether no two groups can be the same meeting, told twice."""
    return not any(_same(one, two) for place, one in enumerate(groups) for two in groups[place + 1 :])


def _same(one: Group, two: Group) -> bool:
    if one.all_of_them != two.all_of_them:
        return False
    days = [{day for found in group.of("date") for day in _days(found)} for group in (one, two)]
    places = [group.of("department") for group in (one, two)]
    elsewhere = all(places) and not any(_at_one_place(a, b) for a in places[0] for b in places[1])
    return not elsewhere and not (all(days) and not days[0] & days[1])


def _at_one_place(one: Found, other: Found) -> bool:
    return one.value["key"] == other.value["key"] and are_alike(one.value["text"], other.value["text"])
