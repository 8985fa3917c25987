"""Departments of meetings: whether two are the same, and what a message means that names two or denies one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values.lexicon import fold, load
from common import patterns

PLACE = _KEY, _TEXT = ("meeting_department", "meeting_department_text")
UNKNOWN = "unknown"
_AND = patterns.compile(r" (?:og|&|/) ")
# Between two departments of which the citizen does not know which it is.
_OR = patterns.compile(
    r",? (?:(?:eller|ell) (?:også |om det er |måske |er det )?(?:hos |med |i |på )?(?:jer i )?|"
    r"(?:men )?det (?:kan|kunne) (?:også|ogs|os|måske|vel|godt)(?: godt)? være )",
    patterns.IGNORECASE,
)
_BEFORE_A_NAME = patterns.compile(r"^(?:hos|med|i|på) ", patterns.IGNORECASE)
_SEVERAL = patterns.compile(load("meetings")["plural"], patterns.IGNORECASE)
_DENIAL = patterns.compile(r"[\s,]*\b(?:(?:og|men|altså) )?(?:ikke|ik)\b[^.!?]*$", patterns.IGNORECASE)
_WORD = patterns.compile(r"[^\W\d_]{3,}")
# In letters: words with the same beginning are one name ('jobcentret', 'jobcenter').
_ALIKE = 4
# In letters: for a single word anywhere in a message.
_BEGINNING = 5


def is_one_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both meetings have a known department and it is the same."""
    return bool(one.get(_KEY)) and one[_KEY] == other.get(_KEY) and are_alike(one.get(_TEXT), other.get(_TEXT))


def is_same(slot: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a slot has the same value in both meetings."""
    return is_one_place(one, other) if slot == _KEY else one.get(slot) == other.get(slot)


def unknown_department(words: str | None) -> dict[str, str]:
    """Values of a department known only by the citizen's words; empty without words."""
    return {_KEY: UNKNOWN, _TEXT: words.rstrip(" .!")} if words else {}


def are_alike(one: str | None, other: str | None) -> bool:
    """Whether two namings can mean the same place; True where one is missing."""
    if not one or not other:
        return True
    words, others = _words(one), _words(other)
    return not (words and others) or any(a[:_ALIKE] == b[:_ALIKE] for a in words for b in others)


def with_names_joined(message: Message) -> Message:
    """The message with two departments of one meeting ('ydelse og pension', 'jobcentret eller ydelse') as one.

    It is in the citizen's words. Which of them it is, is not known, unless both are names of one.
    """
    # 'Jeg ved ikke, om det er jobcentret eller ydelse' denies neither.
    both = [one for one in message.found if one.entity == "department"]
    either = len(both) == 2 and bool(_OR.fullmatch(message.text[both[0].end : both[1].start]))
    named = both if either else message.values("department")
    if len(named) != 2 or len(message.values("date")) > 1 or _SEVERAL.search(message.text):
        return message
    one, other = named
    if not (either or _AND.fullmatch(message.text[one.end : other.start])):
        return message
    text = _BEFORE_A_NAME.sub("", message.text[one.start : other.end])
    text = f"{message.text[one.start : one.end]} eller {message.text[other.start : other.end]}" if either else text
    # 'Med skolen og PPR' names one department of ours twice.
    key = one.value["key"] if one.value["key"] == other.value["key"] else UNKNOWN
    joined = replace(one, value={"key": key, "text": text}, end=other.end, negated=False)
    return replace(message, found=tuple(joined if each is one else each for each in message.found if each is not other))


def with_denied_departments(message: Message) -> Message:
    """The message, where it names and denies one department of ours, with what it names in the citizen's words.

    'Det er klasselæreren på Søndermarkskolen, ikke skoleafdelingen': which department that is, is not known.
    """
    denied = {one.value["key"]: one for one in message.found if one.entity == "department" and one.negated}

    def in_words(one: Found) -> Found:
        other = denied.get(one.value["key"])
        if other and are_alike(one.value["text"], other.value["text"]):
            return one  # 'mødet i borgerservice var ikke borgerservice'
        behind = other and one.end <= other.start
        said = _DENIAL.sub("", message.text[one.start : other.start]) if other and behind else one.value["text"]
        return replace(one, value={"key": UNKNOWN, "text": said.strip()}) if other else one

    named = [one.entity == "department" and not one.negated for one in message.found]
    found = (in_words(one) if each else one for one, each in zip(message.found, named, strict=True))
    return replace(message, found=tuple(found)) if denied and any(named) else message


def with_named_department(message: Message) -> Message:
    """The message, where it says what the department is called and that is none of ours, with the citizen's words."""
    name = message.part("names_department")
    if not name or message.values("department"):
        return message
    start = message.text.find(name)
    value = {"key": UNKNOWN, "text": name}
    return replace(message, found=(*message.found, Found("department", value, start, start + len(name))))


def both_departments(one: str, other: str) -> dict[str, str]:
    """Values of one meeting with two departments, told one after the other: in words, as by `with_names_joined`."""
    return unknown_department(f"{one} og {other}")


def word_beginnings(text: str | None) -> set[str]:
    """First letters of the longer words, folded."""
    return {word[:_BEGINNING] for word in _words(text or "") if len(word) >= _BEGINNING}


def _words(text: str) -> list[str]:
    small = load("meetings")["of_any_department"]
    return [word for word in _WORD.findall(fold(text)) if word not in small]
