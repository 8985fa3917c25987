"""Which known meetings a message is about, and the new values it gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.nlu.acts.request.meeting_text.dates import weekday_of
from bot.nlu.acts.request.meeting_text.departments import are_alike
from bot.nlu.acts.request.meeting_text.groups import days_from
from bot.nlu.acts.request.meeting_text.parts import ENTITIES, PLACES, covered, cue, days_said
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.reading import read
from bot.nlu.values.lexicon import load
from common import patterns

Known = Sequence[Mapping[str, Any]]

_SLOT = {
    "department": "meeting_department",
    "date": "meeting_date",
    "time": "meeting_time",
    "meeting_kind": "meeting_kind",
    "recurrence": "meeting_recurrence",
}
_PART = patterns.compile(r"[,;!?\n]|\.(?=\s)")
# Says something of a meeting or request: 'den første er stadig med jobcentret'.
_IS_SAID = patterns.compile(r"\s(?:er|var|bliver|blev|anmodning\w*)\b", patterns.IGNORECASE)
# 'Flyttet til den første' is a day.
_MOVED_TO = patterns.compile(
    r"\b(?:(?:flyt|ryk)\w*(?:[^.!?]{0,20} til)?|dato(?:en)?(?: er)?|dagen er)\W+$", patterns.IGNORECASE
)


def which(message: Message, meetings: Known, loosely: bool = False) -> list[int]:
    """Indexes (from 0) of the meetings it may be about; all where none is named.

    `loosely`: any value names its meeting, whatever stands around it.
    """
    return named(message, meetings, loosely)[0]


def named_in_answer(message: Message, meetings: Known, of: Sequence[int]) -> int | None:
    """The one meeting that an answer names; None for none, or where other values are told."""
    places = [place for place in which(message, meetings, loosely=True) if place in of]
    if len(places) != 1:
        return None
    told = (one for one in message.found if one.entity in ENTITIES and not is_place(one, message.text))
    return places[0] if all(is_of(one, meetings[places[0]]) for one in told) else None


def told_of(message: Message, meetings: Known, kind: str | None, today: date) -> tuple[list[int], dict[str, Any]]:
    """Indexes of the meetings, and the values that are new for them."""
    places, naming = named(message, meetings)
    told = tuple(one for one in without_known_days(message, meetings).found if one not in naming)
    reading = read(replace(message, found=told), kind, None, today)
    new = {slot: reading.values[slot] for slot in _SLOT.values() if slot in reading.values}
    known_days = [str(meetings[one]["meeting_date"]) for one in places if meetings[one].get("meeting_date")]
    away = days_from(message.text)
    if away and len(places) == len(known_days) == 1 and "meeting_date" not in new:
        # Relative to its known day: 'mødet med borgerservice er rykket til dagen efter'.
        new["meeting_date"] = (date.fromisoformat(known_days[0]) + timedelta(days=away)).isoformat()
    again = [one for one in told if one.entity == "recurrence" and not one.negated]
    if len(again) == 1:
        new["meeting_recurrence"] = again[0].value
    new = {slot: value for slot, value in new.items() if any(meetings[one].get(slot) != value for one in places)}
    if "meeting_department" in new:
        new["meeting_department_text"] = reading.values["meeting_department_text"]
    return places, new


def both(message: Message) -> bool:
    """Whether a message says that both days or meetings are meant."""
    text = message.text
    if asks(message) or cue("not_both").search(text):
        return False
    return bool(cue("both").search(text) or cue("both_days").search(covered(text, message.found)))


def asks(message: Message) -> bool:
    """Whether a message asks, and does not ask for something to be done: 'kan I tage den ud?'."""
    asked = message.text.rstrip().endswith("?") or bool(cue("asks").search(message.text))
    return asked and not cue("requests").search(message.text)


def only_asks(message: Message) -> bool:
    """Whether a message is a question, and no request to change something."""
    return message.is_question and not cue("requests").search(message.text)


def named(message: Message, meetings: Known, loosely: bool = False) -> tuple[list[int], list[Found]]:
    """Indexes of the meetings named, and the values that name them; `loosely` as for `which`."""
    # 'Den første' is an ordinal unless a meeting is on the first of a month.
    naming = [one for one in message.found if is_place(one, message.text) and not any(is_of(one, m) for m in meetings)]
    text = covered(message.text, (one for one in message.found if one not in naming))
    places = numbered(text, len(meetings)) or list(range(len(meetings)))
    values = [one for one in message.found if one.entity in ENTITIES and one not in naming]
    if cue("of_all").search(text):
        return list(range(len(meetings))), naming  # 'begge er i borgerservice'
    for one in values:
        here = [place for place in places if is_of(one, meetings[place])]
        plainly = loosely and (one.entity != "date" or len(values) == 1)
        if here and (plainly or _names(one, values, naming, text)):
            places, naming = here, [*naming, one]
    return places, naming


def without_places(message: Message, meetings: Known) -> Message:
    """The message without days that are ordinals of meetings."""
    kept = [
        one
        for one in message.found
        if one.entity != "date"
        or not is_place(one, message.text)
        or (len(meetings) < 2 and not _IS_SAID.match(message.text[one.end :]))
        or any(is_of(one, meeting) for meeting in meetings)
        or _MOVED_TO.search(message.text[: one.start])
    ]
    return replace(message, found=tuple(kept))


def without_known_days(message: Message, meetings: Known) -> Message:
    """The message without days that name a known meeting, unless one is moved: of several, or of one that recurs."""
    anew = any(one.negated and one.entity == "department" for one in message.found)
    if anew or cue("moved").search(message.text):
        return message
    known = [m for m in meetings if len(meetings) > 1 or m.get("meeting_recurrence")]
    kept = (one for one in message.found if one.entity != "date" or not any(is_of(one, m) for m in known))
    return replace(message, found=tuple(kept))


def is_place(one: Found, text: str) -> bool:
    """Whether a value is only the ordinal of a meeting."""
    said = text[one.start : one.end].strip()
    return one.entity in ENTITIES and any(cue(name).fullmatch(said) for name in (*PLACES, "last"))


def numbered(text: str, count: int) -> list[int]:
    """Index of the meeting named by its number or place; empty for none or several."""
    places = {place for place, name in enumerate(PLACES[:count]) if cue(name).search(text)}
    if cue("last").search(text):
        places.add(count - 1)
    if cue("middle").search(text) and count % 2:
        places.add(count // 2)
    return sorted(places) if len(places) == 1 else []


def first_or_last_ones(text: str, count: int) -> set[int]:
    """Indexes of "the first two", "the last three"."""
    for name, of in (("first_ones", slice(None)), ("last_ones", slice(None, None, -1))):
        if found := cue(name).search(text):
            number = next(n for word, n in (("two", 2), ("three", 3), ("four", 4)) if found[word] or found[f"{word}2"])
            return set([*range(count)][of][:number])
    return set()


def is_of(one: Found, meeting: Mapping[str, Any]) -> bool:
    """Whether a value is the meeting's."""
    known = meeting.get(_SLOT[one.entity])
    if one.entity == "date" and (often := str(meeting.get("meeting_recurrence") or "")):
        return _is_day_of(one, often)
    if known is None:
        return False
    if one.entity == "date":
        # A bare weekday means the meeting on that weekday: 'den om fredagen'.
        day = weekday_of(one)
        return known in days_said(one) or day == date.fromisoformat(known).weekday()
    if one.entity == "time":
        return known in one.value["readings"]
    if one.entity == "department":
        return known == one.value["key"] and are_alike(one.value["text"], meeting.get("meeting_department_text"))
    return bool(known == one.value)


def _is_day_of(one: Found, recurrence: str) -> bool:
    """Whether a bare weekday is the one on which meetings recur: 'hun arbejder om tirsdagen'."""
    day = weekday_of(one)
    return day is not None and list(load("dates")["weekdays"])[day] in recurrence.lower()


def _names(one: Found, values: Sequence[Found], naming: Sequence[Found], text: str) -> bool:
    """Whether a value identifies the meeting, and is no news of it."""
    before = text[max(0, one.start - 60) : one.start]
    behind = text[one.end : one.end + 40]
    if one.negated:
        return not cue("denied").search(before)  # 'flyttet fra torsdag til fredag'; not 'ikke det på torsdag'
    if one.entity == "meeting_kind" and cue("the_one").fullmatch(text[one.start : one.end].strip()):
        return True
    if cue("the_one_at").search(before) or (naming and cue("and_at").fullmatch(text[naming[-1].end : one.start])):
        return True
    # 'Borgerservice kl. 15', 'torsdag er flyttet til fredag', 'borgerservice'
    # 'Det er kl. 13.15 i familieafdelingen'
    alone_of_its_kind = [other for other in values if other.entity == one.entity] == [one]
    if one.entity == "department" and alone_of_its_kind and len(values) > 1:
        return True
    first = one is values[0] and not cue("told").search(_PART.split(before)[-1])
    others = {other.entity for other in values} - {one.entity}
    alone = len(values) == 1 and not cue("word").search(before + behind)
    return first and (bool(cue("told").match(behind.strip())) or (bool(others) and one.entity != "time") or alone)
