"""A request of version 2 as version 1, for a receiver that is not ready (`LEGAL_SCHEMA=1`).

What version 1 has no field for is told in Danish sentences after the citizen's own words: in the explanation, the wish
or the question. The citizen's words in that field are never shortened. Our sentences stand there whole, the most
important first, as far as there is room; where one is left out, the last line says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legal import labels
from legal.schema import SCHEMA_1, VERSION_1

_HEAD = "Tilføjet af assistenten:"
_LEFT_OUT = "Der er mere i anmodningen, end der er plads til her. Spørg borgeren."
# Where the citizen's own words stand, and ours after them.
_FIELDS = {"recording": "explanation", "notes": "wanted", "question": "text"}


@dataclass(frozen=True)
class Fitted:
    """A payload of version 1; `whole` is False where not all that the request says found room in it."""

    payload: dict[str, Any]
    whole: bool


def as_version_1(payload: Mapping[str, Any], names: Mapping[str, str]) -> Fitted:
    """A valid payload of version 2 as a valid one of version 1. `names`: what departments are called, by key."""
    kind = payload["type"]
    made: dict[str, Any] = {
        **{name: payload[name] for name in SCHEMA_1["required"] if name in payload},
        "schema": VERSION_1,
        "applicant": {**payload["applicant"], "name": payload["applicant"]["name"] or labels.NOT_GIVEN},
        "meeting": _first(payload["meetings"]),
        kind: dict(payload[kind]),
    }
    if kind == "recording":
        grounds = ("other" if ground == "documentation" else ground for ground in payload[kind]["grounds"])
        made[kind]["grounds"] = list(dict.fromkeys(grounds))
    sentences = list(_sentences(payload, names))
    return Fitted(made, not sentences or _tell(made, sentences))


def _first(meetings: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    return {name: value for name, value in meetings[0].items() if name != "recurrence"} if meetings else None


def _tell(made: dict[str, Any], sentences: list[str]) -> bool:
    """Puts the sentences in the field where they have room; returns whether all of them had."""
    kind = made["type"]
    place, field, most = made[kind], _FIELDS[kind], _longest(kind, _FIELDS[kind])
    if _with(place[field], sentences, most) is None and made["meeting"]:
        # Full to the last character: what the citizen wrote of the department is seldom long.
        place, field, most = made["meeting"], "department_text", _longest("meeting", "department_text")
    found = _with(place[field], sentences, most)
    if found is None:
        return False
    place[field], whole = found
    return whole


def _longest(part: str, field: str) -> int:
    return int(SCHEMA_1["properties"][part]["properties"][field]["maxLength"])


def _with(own: str | None, sentences: list[str], most: int) -> tuple[str, bool] | None:
    """The citizen's own words with ours after them, and whether all are there; None without room for a single line."""
    head = f"{own}\n\n{_HEAD}" if own else _HEAD
    whole = "\n".join([head, *sentences])
    if len(whole) <= most:
        return whole, True
    room = most - len(head) - len(_LEFT_OUT) - 1
    if room < 0:
        return None
    kept = []
    for sentence in sentences:
        if len(sentence) < room:
            kept.append(sentence)
            room -= len(sentence) + 1
    return "\n".join([head, *kept, _LEFT_OUT]), False


def _sentences(payload: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
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
    if behalf:
        yield f"Borgerens ord om, hvem det er for: {_quoted(behalf['words'])}"
    for number, meeting in enumerate(meetings[1:], 2):
        if meeting["department_text"]:
            yield f"Borgerens ord om afdelingen i møde {number}: {_quoted(meeting['department_text'])}"


def _meeting(meeting: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Department, kind and time; the citizen's words about the department stand in a sentence of their own."""
    department = labels.department({**meeting, "department_text": None}, names)
    when = labels.meeting_time(meeting).replace("Ingen dato", "ingen dato")
    unknown = department == labels.NOT_GIVEN
    return f"{'afdelingen er ikke oplyst' if unknown else department}, {labels.KINDS[meeting['kind']].lower()}, {when}"


def _line(text: str) -> str:
    """On one line: no line of the citizen's looks like one of ours."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return f'"{_line(text)}"'
