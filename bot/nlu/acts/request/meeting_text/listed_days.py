"""Several days in one value ('den 3., den 10. og den 17.'): one meeting each."""

from dataclasses import replace
from datetime import date, timedelta

from bot.nlu.acts.request.meeting_text.groups import Group
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values.lexicon import load
from common import patterns

_JOINT = patterns.compile(r"[,&+]|\b(?:og|samt|igen)\b", patterns.IGNORECASE)
_AND = patterns.compile(r"\b(?:og|samt)\b|[&+]", patterns.IGNORECASE)
_NUMBER = patterns.compile(r"\d{1,2}")
# Not a list: 'den 3. til 10.', 'torsdag eller fredag'.
_ONE_OF_THEM = patterns.compile(
    r"\b(?:eller|til|mellem|alts(?:å|aa)|dvs|nej|men|er)\b|[-–/?]\s|\(", patterns.IGNORECASE
)


def _days_of(found: Found, text: str, today: date) -> list[Found]:
    """One value per listed day; empty where it is one day or a choice between days."""
    value = found.value
    if found.entity != "date" or value.get("kind") != "ambiguous":
        return []
    said = text[found.start : found.end]
    if _ONE_OF_THEM.search(said):
        return []
    pieces = [piece.strip() for piece in _JOINT.split(said) if piece.strip()]
    if len(pieces) == 2 and not _AND.search(said):
        return []  # 'i overmorgen, den første juli'
    if len(pieces) < 2 or max(len(value["future"]), len(value["past"])) != len(pieces):
        return []
    each = [
        {way: [day for day in value[way] if _says(piece, day, today)] for way in ("future", "past")} for piece in pieces
    ]
    if any(len(days["future"]) > 1 or len(days["past"]) > 1 or not (days["future"] or days["past"]) for days in each):
        return []
    if len({str(days) for days in each}) < len(pieces):
        return []
    return [replace(found, value={**value, **days, "kind": "exact"}) for days in each]


def with_days_apart(message: Message, today: date) -> Message:
    """The message with each of several listed days as a value of its own."""
    found: list[Found] = []
    for one in message.found:
        days = _days_of(one, message.text, today)
        joints = [joint.span() for joint in _JOINT.finditer(message.text, one.start, one.end)] if days else []
        ends = [*(start for start, _ in joints), one.end]
        spans = zip([one.start, *(end for _, end in joints)], ends, strict=True)
        said = [(start, end) for start, end in spans if message.text[start:end].strip()]
        found += [replace(day, start=start, end=end) for day, (start, end) in zip(days, said, strict=False)] or [one]
    return replace(message, found=tuple(found))


def _says(piece: str, day: str, today: date) -> bool:
    """Whether words can mean that day."""
    one, said = date.fromisoformat(day), piece.lower()
    if number := _NUMBER.search(said):
        return int(number.group()) == one.day
    words = load("meetings")
    if any(said.endswith(name) for name in words["named_days"]):
        return any(said.endswith(n) and today + timedelta(days=away) == one for n, away in words["named_days"].items())
    if any(word.startswith(words["weekdays"][one.weekday()]) for word in said.split()):
        return True
    ordinals = words["ordinals"]
    return any(word in ordinals and ordinals.index(word) + 1 == one.day for word in said.split())


def one_group_per_day(groups: list[Group], text: str, today: date) -> list[Group]:
    """The groups with listed days split; their hour is left out, as it may be of any of the days."""
    each: list[Group] = []
    for group in groups:
        days = next((days for one in group.of("date") if (days := _days_of(one, text, today))), [])
        if not days:
            each.append(group)
        for day in days:
            others = [one for one in group.found if one.entity not in ("date", "time")]
            each.append(Group([*group.parts], [*others, day], listed=True))
    return each
