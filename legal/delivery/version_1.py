"""Converts a request of version 2 to version 1, for a receiver with `LEGAL_SCHEMA=1`.

What version 1 has no field for becomes Danish sentences after the citizen's words (explanation, wish or question).
The citizen's words are never shortened. Sentences that do not fit are left out whole, the least important first, and
the last line says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from legal import labels
from legal.payload import Meeting, Payload
from legal.schema import SCHEMA_1, VERSION_1

_HEAD = "Tilføjet af assistenten:"
_LEFT_OUT = "Der er mere i anmodningen, end der er plads til her. Spørg borgeren."
# The fields with the citizen's words, which ours are added to.
_TEXT_FIELDS = {"recording": "explanation", "notes": "wanted", "question": "text"}


@dataclass(frozen=True)
class Fitted:
    """A payload of version 1; `whole` is False if something of the request did not fit."""

    payload: dict[str, Any]
    whole: bool


def as_version_1(payload: Mapping[str, Any], names: Mapping[str, str]) -> Fitted:
    """A valid payload of version 2 as a valid one of version 1. `names`: departments' names by key."""
    kind = payload["type"]
    made: dict[str, Any] = {
        **{name: payload[name] for name in SCHEMA_1["required"] if name in payload},
        "schema": VERSION_1,
        "applicant": {**payload["applicant"], "name": payload["applicant"]["name"] or labels.NOT_GIVEN},
        "meeting": _first_meeting(payload["meetings"]),
        kind: dict(payload[kind]),
    }
    if kind == "recording":
        grounds = ("other" if ground == "documentation" else ground for ground in payload[kind]["grounds"])
        made[kind]["grounds"] = list(dict.fromkeys(grounds))
        made[kind].pop("support_person_text", None)
    sentences = list(_sentences(cast(Payload, payload), names))
    return Fitted(made, not sentences or _add_sentences(made, sentences))


def _first_meeting(meetings: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    return {name: value for name, value in meetings[0].items() if name != "recurrence"} if meetings else None


def _add_sentences(made: dict[str, Any], sentences: list[str]) -> bool:
    """Adds the sentences to a field with room for them; returns whether all fit."""
    kind = made["type"]
    part, field = made[kind], _TEXT_FIELDS[kind]
    limit = _limit(kind, field)
    if _with(part[field], sentences, limit) is None and made["meeting"]:
        # The citizen's words fill their field; those about the department are seldom long.
        part, field, limit = made["meeting"], "department_text", _limit("meeting", "department_text")
    extended = _with(part[field], sentences, limit)
    if extended is None:
        return False
    part[field], whole = extended
    return whole


def _limit(part: str, field: str) -> int:
    return int(SCHEMA_1["properties"][part]["properties"][field]["maxLength"])


def _with(own: str | None, sentences: list[str], limit: int) -> tuple[str, bool] | None:
    """The citizen's words with the sentences, and whether all fit; None if not even one line fits."""
    head = f"{own}\n\n{_HEAD}" if own else _HEAD
    whole = "\n".join([head, *sentences])
    if len(whole) <= limit:
        return whole, True
    room = limit - len(head) - len(_LEFT_OUT) - 1
    if room < 0:
        return None
    kept = []
    for sentence in sentences:
        if len(sentence) < room:
            kept.append(sentence)
            room -= len(sentence) + 1
    return "\n".join([head, *kept, _LEFT_OUT]), False


def _sentences(payload: Payload, names: Mapping[str, str]) -> Iterator[str]:
    """What version 1 has no field for, the most important first."""
    behalf, meetings, recording = payload["behalf"], payload["meetings"], payload["recording"]
    if behalf:
        name = _line(behalf["name"]) if behalf["name"] else "en anden, hvis navn ikke er oplyst"
        yield f"Anmodningen er på vegne af {name}. Relation: {labels.RELATIONS[behalf['relation']]}."
    if len(meetings) > 1:
        yield f"Anmodningen gælder {len(meetings)} møder. Felterne om mødet gælder det første."
    for number, meeting in enumerate(meetings[1:], 2):
        yield f"Møde {number}: {_meeting(meeting, names)}."
    for number, meeting in enumerate(meetings, 1):
        if meeting["recurrence"]:
            which = f"Møde {number}" if len(meetings) > 1 else "Mødet"
            yield f"{which} er mere end én gang. Borgerens ord: {_quoted(meeting['recurrence'])}"
    if recording and "documentation" in recording["grounds"]:
        yield "Borgeren vil kunne dokumentere, hvad der blev sagt."
    if recording and (companion := recording.get("support_person_text")):
        yield f"Borgerens ord om bisidderen: {_quoted(companion)}"
    if behalf:
        yield f"Borgerens ord om, hvem det er for: {_quoted(behalf['words'])}"
    if remarks := payload.get("remarks"):
        yield f"Borgeren har også skrevet: {_quoted(remarks)}"
    for number, meeting in enumerate(meetings[1:], 2):
        if meeting["department_text"]:
            yield f"Borgerens ord om afdelingen i møde {number}: {_quoted(meeting['department_text'])}"


def _meeting(meeting: Meeting, names: Mapping[str, str]) -> str:
    """Department, kind and time of a meeting, without the citizen's words."""
    department = labels.department({**meeting, "department_text": None}, names)
    when = labels.meeting_time(meeting).replace("Ingen dato", "ingen dato")
    unknown = department == labels.NOT_GIVEN
    return f"{'afdelingen er ikke oplyst' if unknown else department}, {labels.KINDS[meeting['kind']].lower()}, {when}"


def _line(text: str) -> str:
    """On one line, so that no line of the citizen's looks like one of ours."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return f'"{_line(text)}"'
