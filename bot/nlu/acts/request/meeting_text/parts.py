"""Parts of a message at commas, sentence ends and openings such as "det andet", with their meeting values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import Any

from bot.nlu.acts.request.meeting_text.departments import are_alike
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.values.lexicon import load
from common import patterns
from common.memo import once

ENTITIES = ("department", "date", "time", "meeting_kind", "recurrence")
_WORD = patterns.compile(r"[^\W\d_]{2,}")
# Rule of a recurrence without a day of its own: 'alle samtaler i oktober'.
ALL_OF_THEM = "all"
# Cues of 'det første' to 'det femte'.
PLACES = ("first", "second", "third", "fourth", "fifth")
# Cues of another meeting: 'og så er der også et møde mere, mandag'.
ANOTHER = ("more", "another", "also_a_meeting")


@cache
def cue(name: str) -> patterns.Pattern:
    """A compiled pattern of data/values/meetings.yml."""
    return patterns.compile(load("meetings")[name], patterns.IGNORECASE)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load("meetings")["small_words"])


@once
def _says(name: str, text: str) -> bool:
    return bool(cue(name).search(text))


@once
def other_words(text: str) -> int:
    """Number of words that do not tell of a meeting."""
    plain = text
    for name in ("plural", "one", "subject", "days_from"):
        plain = cue(name).sub(" ", plain)
    return sum(word.lower() not in _small_words() for word in _WORD.findall(plain))


def says_nothing_else(message: Message) -> bool:
    """Whether a message has meeting values and no other words."""
    told = [one for one in message.found if one.entity in ENTITIES and not one.negated]
    return bool(told) and not other_words(cue("in_passing").sub(" ", blanked(message.text, told)))


def blanked(text: str, found: Iterable[Found]) -> str:
    """The text with values replaced by blanks; its length stays."""
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


@dataclass(frozen=True)
class Part:
    """A part of a sentence with its meeting values."""

    start: int
    end: int
    covered: str  # its text with values as "~"
    sentence: int
    found: tuple[Found, ...] = ()
    opens: bool = False  # 'det ene', '2)'
    asks: bool = False

    def has(self, name: str) -> bool:
        """Whether its words outside values match the cue."""
        return _says(name, self.covered)


def of_parts(message: Message, parts: Sequence[Part], found: Iterable[Found]) -> Message:
    """Parts of a message as a message of their own, with those values of theirs."""
    text, moved = "", list[Found]()
    for part in parts:
        text += " " if text else ""
        by = len(text) - part.start
        within = (one for one in found if part.start <= one.start < part.end)
        moved += [replace(one, start=one.start + by, end=one.end + by) for one in within]
        text += message.text[part.start : part.end]
    return Message(text, "inform", 0.0, tuple(moved))


def covered(text: str, found: Iterable[Found]) -> str:
    """The text with meeting values replaced by "~", its length kept; the kind of meeting stays: it may say "møde"."""
    for one in found:
        if one.entity in ENTITIES and one.entity != "meeting_kind":
            text = text[: one.start] + "~" * (one.end - one.start) + text[one.end :]
    return text


def parts_of(message: Message) -> list[Part]:
    """The parts of a message."""
    text = covered(message.text, message.found)
    # No part ends inside a value: 'de ringer og taler med mig'.
    inside = [(one.start, one.end) for one in message.found if one.entity in ENTITIES]
    joints = [found for found in cue("joins").finditer(text) if not _within(found.start(), inside)]
    openings = {found.start() for found in cue("opens").finditer(text) if not _within(found.start(), inside)}
    sentences = {start for start, _ in sentence_spans(message.text, message.unbroken)}
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
        opens = any(start <= one < end for one in openings)
        parts += _apart(Part(start, end, text[start:end], sentence, found, opens))
    return _questions(parts, text)


def _apart(part: Part) -> list[Part]:
    """Splits a part that lists meetings without a separator: each starts with the same kind of value."""
    first = part.found[0].entity if part.found else ""
    again = [place for place, one in enumerate(part.found) if one.entity == first]
    runs = [part.found[start:end] for start, end in pairwise([*again, len(part.found)])]
    if len(runs) < 2 or any(part.has(name) for name in ("breaks", "one_day")) or other_words(part.covered):
        return [part]
    if not all(len(run) > 1 and fit_one_meeting(run) for run in runs) or fit_one_meeting(part.found):
        return [part]
    starts = [part.start, *(run[-1].end for run in runs[:-1])]
    return [
        replace(part, start=start, end=end, covered=part.covered[start - part.start : end - part.start], found=run)
        for start, end, run in zip(starts, [*starts[1:], part.end], runs, strict=True)
    ]


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _values(message: Message) -> list[Found]:
    """The values that identify a meeting; no vague days, and none inside a recurrence."""
    again = [one for one in message.values("recurrence")]
    return [
        one
        for one in message.values(*ENTITIES)
        if not (one.entity == "date" and one.value.get("kind") == "vague")
        and not (one.entity == "date" and any(other.start < one.end and one.start < other.end for other in again))
    ]


def _questions(parts: list[Part], text: str) -> list[Part]:
    """The parts with `asks` set, from the first question word on, else in the whole sentence."""
    asked: set[int] = set()
    for _, places in groupby(range(len(parts)), lambda place: parts[place].sentence):
        own = list(places)
        # Up to the last part, where the question mark may stand.
        said = text[parts[own[0]].start : parts[own[-1]].end].rstrip()
        begins = [place for place in own if cue("asks").search(parts[place].covered)]
        if any(cue(name).search(said) for name in ("wishes", "requests")):
            continue
        if begins:
            asked.update(place for place in own if place >= begins[0])
        elif said.endswith("?"):
            asked.update(own)
    return [replace(part, asks=place in asked) for place, part in enumerate(parts)]


def is_of_request(part: Part, kind: str | None) -> bool:
    """Whether a part is about meetings of this request, not about a letter, a past call or another request."""
    adds = any(part.has(name) for name in (*ANOTHER, "adds_one"))
    # 'Kan jeg få referatet', 'de kom hjem til mig' tell of the meeting.
    aside = cue("aside").search(_without_kinds(part)) and not part.has("wishes")
    if part.asks or (aside and not adds):
        return False
    if kind != "notes" and part.has("aside_of_a_recording") and not adds:
        return False  # past calls are for notes
    if part.has("own_call") and not (part.has("wishes") or part.has("recording_words")):
        return False  # 'så ringer jeg også i morgen', to ask
    if kind == "notes":
        has_been = part.has("has_been") or part.has("notes_words")
        return not part.has("recording_words") and (has_been or not part.has("to_come"))
    return not part.has("has_been") and not part.has("notes_words")


def _without_kinds(part: Part) -> str:
    kinds = [replace(one, start=one.start - part.start, end=one.end - part.start) for one in part.found]
    return blanked(part.covered, (one for one in kinds if one.entity == "meeting_kind"))


def fit_one_meeting(found: Iterable[Found]) -> bool:
    """Whether the values can belong to one meeting."""
    told: dict[str, Any] = {}
    found = list(found)
    places = [one for one in found if one.entity == "department"]
    if not all(at_one_place(places[0], other) for other in places[1:]):
        return False
    if any(one.rule == ALL_OF_THEM for one in found) and any(one.entity == "date" for one in found):
        return False  # 'mødet den 20. oktober samt alle telefonsamtaler i oktober'
    for one in found:
        if one.entity == "date":
            said: Any = days_said(one)
        elif one.entity == "time":
            said = set(one.value["readings"])
        else:
            said = {one.value["key"] if isinstance(one.value, dict) else str(one.value)}
        if one.entity in told and not told[one.entity] & said:
            return False
        told[one.entity] = told.get(one.entity, said) & said
    return True


def days_said(found: Found) -> set[str]:
    """The days (ISO) that a value may mean."""
    return {*found.value["future"], *found.value["past"]}


def at_one_place(one: Found, other: Found) -> bool:
    """Whether two values name the same department."""
    return one.value["key"] == other.value["key"] and are_alike(one.value["text"], other.value["text"])
