"""Meetings that recur, in the citizen's words: 'hver anden tirsdag', 'alle opkald fra jobcentret'.

The phrases are in data/values/recurrence.yml. What citizens or others do regularly ('jeg ringer hver dag') is no
meeting and is left out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.values.lexicon import any_of, fold, fold_with_places, load
from bot.nlu.values.model import Value
from bot.nlu.values.phrases.templates import Phrases
from common import patterns

_GROUPS = ("all", "every", "each_time")
_SENTENCE_ENDS = patterns.compile(r"[!?\n]|(?<!kl)(?<!\d)\.(?= |$)")
_PART_ENDS = patterns.compile(r",| (?:men|og|saa|fordi)(?= )")
_DENIED = patterns.compile(r"\b(?:ikke|ikk|ik)(?: til| for| om| noedvendigvis)? $")
_HOUR = r",? (?:kl\.?|klokken) ?\d{1,2}(?:[.:]\d\d)?"
_PART_OF_DAY = r" (?:formiddag|eftermiddag|morgen|middag|aften)(?!\w)"
_PERSONS = r"(?:jeg|du|vi|de|hun|han|i|det|der)"
_INVERTED = patterns.compile(rf",? (?:saa )?(?P<verb>[a-z]+) {_PERSONS}\b")
_SAYS_HOW_OFTEN = patterns.compile(r",? (?:(?:det er|altsaa|nemlig|som er|dvs\.?) )?")
_LISTED = patterns.compile(r",? ?(?:og|samt|plus)\b|,|$")
_WORDS = patterns.compile(r"[^\W_]+")
_BLANKS = str.maketrans(dict.fromkeys("\t\r\u00a0", " "))
_LONGEST = 120
# How many matches are looked at, and how many characters on each side of them.
_MOST, _FURTHEST = 60, 300


def find_recurrence(text: str) -> list[Value]:
    """Values of `recurrence`, by place: each holds the words as written, with single blanks."""
    folded, places = fold_with_places(text.translate(_BLANKS))
    values: list[Value] = []
    for start, end, group in _matches(folded):
        first, last = places[start], places[end - 1] + 1
        said = " ".join(text[first:last].split())
        if said not in (item.value for item in values):
            negated = bool(_DENIED.search(folded[max(0, start - 30) : start]))
            values.append(Value("recurrence", first, last, said, group, negated=negated))
    return values


def _matches(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, group) of the matches that are of meetings; of overlapping ones the longest."""
    phrases = _lists().phrases
    found = [(item.start(), _end(item, group, text), group) for group in _GROUPS for item in phrases.find(group, text)]
    ends = [0, *(item.end() for item in _SENTENCE_ENDS.finditer(text)), len(text)]
    end = 0
    for start, last, group in sorted(found, key=lambda item: (item[0], -item[1]))[:_MOST]:
        begins, stops = ends[bisect_right(ends, start) - 1], ends[bisect_left(ends, last)]
        before, behind = text[max(begins, start - _FURTHEST) : start], text[last : min(stops, last + _FURTHEST)]
        if start < end or not _is_of_meetings(before, text[start:last], behind, group):
            continue
        # 'Alle mine møder med jobcentret, hver anden tirsdag': which they are, and how often.
        more = (one for one in found if one[2] == "every" and _SAYS_HOW_OFTEN.fullmatch(text, last, one[0]))
        end = max((one[1] for one in more), default=last) if group == "all" else last
        yield start, end, group


def _end(found: patterns.Match, group: str, text: str) -> int:
    """The end of a match with the time, day, party and period that follow it and belong to it."""
    if group == "each_time":
        return found.end()
    belongs = _lists().links if group == "all" else _lists().hours
    behind = belongs.match(text, found.end(), min(len(text), found.end() + _LONGEST))
    return behind.end() if behind else found.end()


def _is_of_meetings(before: str, said: str, behind: str, group: str) -> bool:
    """Whether the sentence around the match speaks of meetings with the municipality."""
    lists = _lists()
    if _is_of_something_else(before, behind, group):
        return False
    if _DENIED.search(before):
        return True
    if group == "all" and not before.strip() and "?" not in behind and _LISTED.match(behind):
        return True  # 'Alle opkald fra jobcentret, og så mødet den 10.'
    # 'Hver 14. dag så mødet må ligge om mandagen'
    clues = f"{before}~{said}~{behind.split(' saa ', maxsplit=1)[0]}" if group == "every" else f"{before}~{behind}"
    if lists.clues[group].search(clues):
        return not (behind.endswith("?") and lists.questions.match(before.lstrip()))
    words = (word.group() for word in _WORDS.finditer(f"{before} {behind}"))
    # 'Hver anden torsdag, første gang den 10. december'
    return "?" not in behind and all(word in lists.around or word.isdigit() for word in words)


def _is_of_something_else(before: str, behind: str, group: str) -> bool:
    """Whether it is somebody's habit, a question, a reason, or a remark on meetings in general."""
    lists = _lists()
    part_before, part_behind = _PART_ENDS.split(before)[-1], _PART_ENDS.split(behind)[0]
    if lists.own.search(f"{part_before}~{part_behind}") or lists.questions.match(part_before.lstrip()):
        return True
    if group == "all":
        return bool(lists.questions.match(before.lstrip()) or lists.general.match(behind.lstrip()))
    inverted = _INVERTED.match(behind) if group == "each_time" else None
    return bool(inverted and not lists.wishes.match(inverted["verb"]))


@dataclass(frozen=True)
class _Lists:
    phrases: Phrases
    # What may follow `every` and belongs to it; `links`: the same for `all`.
    hours: patterns.Pattern
    links: patterns.Pattern
    clues: dict[str, patterns.Pattern]
    own: patterns.Pattern
    questions: patterns.Pattern
    wishes: patterns.Pattern
    general: patterns.Pattern
    around: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    """Built from data/values/recurrence.yml at the first message."""
    data = load("recurrence")
    lists = data["lists"]
    days = "|".join(fold(day) for day in [*lists["the_day"], *lists["day"], *lists["days"]])
    day = rf"(?: om|,? og|/| eller)(?: hver)? (?:{days})(?!\w)"
    nth, weekday, onward = (any_of(lists[name]).pattern for name in ("nth", "day", "onward"))
    word = rf"(?!{any_of(data['stops']).pattern})(?:\d{{1,2}}\.|[^\s.,;:!?]+)"
    every = rf"hver (?:{nth} )?(?:{weekday}|uge\b|maaned\b)"
    month = any_of(lists["month"]).pattern
    period = rf" (?:i|hele) {month}(?: (?:og|til) {month})?(?: \d{{4}})?"
    ends = any_of(lists["ends"]).pattern
    first_day = rf",? fra (?:og med )?(?:den |d\.? ?)?\d{{1,2}}\.?(?: ?{month}|/\d{{1,2}})?"
    last_day = rf"(?:{ends}|(?:den |d\.? ?)?\d{{1,2}}\.? {month}|{month})"
    until = rf",? (?:og )?(?:frem til|indtil|til og med|til|resten af|hele) {last_day}"
    months = rf"[.,]? fra (?:og med )?{month}(?:(?: frem)? til(?: og med)? {month})?"
    period = rf"{period}|(?:{first_day})?{until}|{months}"
    behind = rf"{any_of(data['links']).pattern}(?: {word}){{1,3}}"
    return _Lists(
        phrases=Phrases({group: data[group] for group in _GROUPS}, lists, data["fillers"]),
        hours=patterns.compile(rf"(?:{_HOUR}|{day}|{_PART_OF_DAY}|{period}){{1,4}}(?!\w)"),
        links=patterns.compile(
            rf"(?: {onward}| {every}| {behind}|{_HOUR}|{day}|,? (?:og|samt|til)(?: i| hele)? {month}){{1,4}}(?!\w)"
        ),
        clues={group: any_of(words) for group, words in data["clues"].items()},
        own=any_of(data["own"]),
        questions=any_of(data["questions"]),
        wishes=any_of(data["wishes"]),
        general=any_of(data["general"]),
        around=frozenset(word for phrase in data["around"] for word in fold(phrase).split()),
    )
