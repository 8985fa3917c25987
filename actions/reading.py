"""Actions room: which slots a message fills, with which values, and what it leaves open (two possible days)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.message import Found, Message
from actions.slots import FREE_TEXT, ORDER

Values = dict[str, Any]
# Entities whose value is the slot's value as it stands.
_CHOICES = {
    "meeting_kind": "meeting_kind",
    "recording_medium": "recording_medium",
    "recording_purpose": "recording_purpose",
    "support_person": "support_person_possible",
    "support_person_possible": "support_person_possible",
    "email": "applicant_email",
    "phone": "applicant_phone",
}
# A reading in the right direction that is this far away is doubted when the other direction is near.
_FAR_DAYS, _NEAR_DAYS = 200, 60
_FEW_WORDS = 3
_WHO_WHERE_WHEN = {"date", "time", "department", "name", "email", "phone", "reference"}
# 'kl. 14', 'd. 3.', 'f.eks.': their full stop ends no sentence.
_CLAUSE = re.compile(r",\s+|;\s+|\b(?=fordi\b|da jeg\b)", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"\b(kl|d|nr|ca|evt|f\.eks|bl\.a|tlf|afd|jf|mht|vedr|hhv|dvs|den \d{1,2}|d\. ?\d{1,2})$", re.IGNORECASE
)
# Choices that a few words may seem to make by chance.
LOOSE = {
    "meeting_kind",
    "recording_medium",
    "recording_grounds",
    "recording_purpose",
    "support_person_possible",
}


@dataclass
class Reading:
    """What a message gives: values by slot, slots answered with nothing, and a question about the day or hour."""

    values: Values = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)  # several possible days, ISO
    times: list[str] = field(default_factory=list)  # several possible hours, HH:MM
    trouble: str | None = None  # response that says why a day cannot be taken
    trouble_date: str | None = None


def read(message: Message, kind: str | None, asked: str | None, today: date, prompted: bool = True) -> Reading:
    """The values of a message for a request of this kind, while `asked` is asked for; `prompted`: it was, just now."""
    reading = Reading()
    wanted = set(ORDER.get(kind or "", ())) | {"request_type"}
    for found in message.values(*_CHOICES):
        slot = _CHOICES[found.entity]
        if not _counts(found, slot, asked):
            continue
        # A bare 'ja' or 'har ikke nogen' speaks of a support person only where that was asked, and 'ja og nej' never.
        meant = ((asked == slot and prompted) or message.cue("brings")) and not message.cue("torn")
        meant = meant or slot != "support_person_possible"
        if meant and (slot in wanted or kind is None):
            reading.values.setdefault(slot, found.value)
    for found in message.values("request_type"):
        reading.values["request_type"] = found.value
    _department(message, wanted, kind, asked, reading)
    _grounds(message, wanted, kind, asked, reading)
    _name(message, asked, reading)
    if message.words <= _FEW_WORDS and asked in reading.values:
        # 'Noget andet' is an answer to what was asked and to no other choice.
        reading.values = {s: v for s, v in reading.values.items() if s == asked or s not in LOOSE}
    if "meeting_date" in wanted or kind is None:
        _day(message, kind, asked, today, reading)
        _hour(message, reading)
    return reading


def _counts(found: Found, slot: str, asked: str | None) -> bool:
    """'Pas', 'familie' and 'den anden' mean a department or a ground where that is asked for, and elsewhere not."""
    return found.rule != "alone" or asked in (None, slot)


def explanation(message: Message) -> str | None:
    """The sentence in which a citizen gives the grounds in own words, where it says more than the grounds' name.

    Of a sentence that also says who, where or when, it is the part between commas, or from 'fordi' on.
    """
    for found in message.values("recording_grounds"):
        for start, sentence in _sentences(message.text):
            end = start + len(sentence)
            whole = any(start <= other.start < end for other in message.found if other.entity in _WHO_WHERE_WHEN)
            if not start <= found.start < end:
                continue
            said = _clause(sentence, found.start - start) if whole else sentence.strip()
            if len(said.split()) >= (_FEW_WORDS if whole else 5):
                return said[: FREE_TEXT["recording_explanation"]]
    return None


def _clause(sentence: str, place: int) -> str:
    """The part of a sentence around a place in it."""
    marks = [0, *(mark.end() for mark in _CLAUSE.finditer(sentence)), len(sentence)]
    start = max(mark for mark in marks if mark <= place)
    end = min(mark for mark in marks if mark > place)
    return sentence[start:end].strip(" ,.;!")


def own_question(message: Message) -> str | None:
    """The question itself in 'Jeg vil sende et spørgsmål til Jura: ...?'; None where only the wish is said."""
    if message.button:
        return None
    _, colon, rest = message.text.partition(":")
    asked = [sentence.strip() for _, sentence in _sentences(message.text) if sentence.strip().endswith("?")]
    asked = [sentence for sentence in asked if not message.cue_in("wish_question", sentence)]
    own = rest.strip() if colon and "?" in rest else " ".join(asked)
    return own[: FREE_TEXT["question_text"]] if len(own.split()) >= _FEW_WORDS else None


def _sentences(text: str) -> list[tuple[int, str]]:
    parts, start = [], 0
    for position, character in enumerate(text):
        ends = position + 1 == len(text) or text[position + 1].isspace()
        if character in ".!?\n" and ends and not _ABBREVIATED.search(text[:position]):
            parts.append((start, text[start : position + 1]))
            start = position + 1
    return [*parts, (start, text[start:])] if text[start:].strip() else parts


def _department(message: Message, wanted: set[str], kind: str | None, asked: str | None, reading: Reading) -> None:
    if "meeting_department" not in wanted and kind is not None:
        return
    if message.values("meeting_department"):
        reading.values |= {"meeting_department": "unknown", "meeting_department_text": None}
    named = [found for found in message.values("department") if _counts(found, "meeting_department", asked)]
    for found in named[:1]:
        reading.values["meeting_department"] = found.value["key"]
        reading.values["meeting_department_text"] = found.value["text"]


def _grounds(message: Message, wanted: set[str], kind: str | None, asked: str | None, reading: Reading) -> None:
    if "recording_grounds" not in wanted and kind is not None:
        return
    grounds: list[str] = []
    for found in message.values("recording_grounds"):
        if not _counts(found, "recording_grounds", asked):
            continue
        for ground in found.value if isinstance(found.value, list) else [found.value]:
            if ground not in grounds:
                grounds.append(ground)
    if grounds:
        reading.values["recording_grounds"] = grounds


def _name(message: Message, asked: str | None, reading: Reading) -> None:
    names = message.values("name")
    introduced = [f for f in names if f.rule != "bare"]
    # A message that could be nothing but a name is one only where a name was asked for.
    if introduced or (names and asked == "applicant_name"):
        reading.values["applicant_name"] = (introduced or names)[0].value


def _day(message: Message, kind: str | None, asked: str | None, today: date, reading: Reading) -> None:
    for found in message.values("meeting_date"):
        if found.value == "none":
            reading.settled.add("meeting_date")
        elif kind == "recording" and date.fromisoformat(str(found.value)) < today:
            reading.trouble, reading.trouble_date = "utter_date_has_been", str(found.value)
        else:
            reading.values["meeting_date"] = found.value
        return
    days = message.values("date")
    if not days:
        if asked == "meeting_date" and message.cue("no_date"):
            reading.settled.add("meeting_date")
        return
    future, past, vague = _readings(days)
    first, second = (past, future) if kind == "notes" else (future, past)
    if len(first) == 1 and len(second) == 1 and _doubtful(first[0], second[0], today):
        reading.dates = sorted({*first, *second})
    elif len(first) == 1:
        reading.values["meeting_date"] = first[0]
    elif first:
        reading.dates = first
    elif len(second) == 1:
        if kind == "notes":
            # Notes of a meeting to come can be asked for beforehand; the review shows the day.
            reading.values["meeting_date"] = second[0]
        elif kind == "recording":
            reading.trouble, reading.trouble_date = "utter_date_has_been", second[0]
    elif second:
        reading.dates = second if kind == "notes" else []
    elif vague and asked == "meeting_date":
        reading.trouble = "utter_vague_date"


def _readings(days: list[Found]) -> tuple[list[str], list[str], bool]:
    """The possible days to come and past. Several mentions of one day ('torsdag d. 3/12') narrow each other down."""
    exact = [f.value for f in days if f.value.get("kind") == "exact" and (f.value["future"] or f.value["past"])]
    if len(exact) == 1 or (exact and all(v == exact[0] for v in exact)):
        return list(exact[0]["future"]), list(exact[0]["past"]), False
    chosen = exact or [f.value for f in days]
    future = sorted({day for value in chosen for day in value["future"]})
    past = sorted({day for value in chosen for day in value["past"]})
    return future, past, not (future or past)


def _doubtful(chosen: str, other: str, today: date) -> bool:
    away = abs((date.fromisoformat(chosen) - today).days)
    return away > _FAR_DAYS and abs((date.fromisoformat(other) - today).days) <= _NEAR_DAYS


def _hour(message: Message, reading: Reading) -> None:
    for found in message.values("meeting_time"):
        reading.values["meeting_time"] = found.value
        return
    hours: list[str] = []
    for found in message.values("time"):
        hours += [hour for hour in found.value["readings"] if hour not in hours]
    if len(hours) == 1:
        reading.values["meeting_time"] = hours[0]
    elif hours:
        reading.times = hours
