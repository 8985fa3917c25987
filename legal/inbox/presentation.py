"""A request as the inbox shows it: a line of the list, the sections of its page, a row of a spreadsheet."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from legal import labels
from legal.inbox.legible import legible
from legal.inbox.store import Received
from legal.payload import Behalf, Meeting, Payload, Recording
from legal.upgrade import upgraded


class Value(NamedTuple):
    """A labelled text; `own`: in the citizen's words, which may have several lines."""

    label: str
    text: str
    own: bool = False


Section = tuple[str, list[Value]]
HEADS = (
    *("Reference", "Id", "Modtaget", "Status", "Status sat af", "Status sat", "Anmodning", "Afdeling"),
    *("Afdelingen med borgerens ord", "Slags møde", "Dato", "Tidspunkt", "Navn", "E-mail", "Telefon", "Optages som"),
    *("Grunde", "Borgerens forklaring", "Bisidder", "Skal bruges til", "Ønskede notater", "Spørgsmål"),
    # Added with version 2, at the end: the other columns stay where they were.
    *("Gentagelse med borgerens ord", "På vegne af", "Relation", "Borgerens ord om, hvem det er for"),
    *("Andet, borgeren har skrevet", "Bisidderen med borgerens ord"),
)


def readable(received: Received) -> Payload:
    """The payload for staff (legible.py), as version 2."""
    content: Payload = legible(upgraded(received.content))
    return content


def line(received: Received, names: dict[str, str]) -> dict[str, Any]:
    """A request as a line of the list: the first meeting, and how many `more` there are."""
    content = readable(received)
    meetings = content["meetings"]
    first = meetings[0] if meetings else None
    return {
        "reference": content["reference"],
        "state": received.state,
        "type": labels.TYPES[content["type"]],
        "department": labels.department(first, names),
        "date": _short_day(first) if first else "",
        "more": len(meetings[1:]),
        "received": labels.short_moment(received.received_at),
        "applicant": content["applicant"]["name"] or labels.NOT_GIVEN,
        "for_another": content["behalf"] is not None,
    }


def _short_day(meeting: Meeting) -> str:
    if meeting["date"]:
        return labels.short_date(date.fromisoformat(meeting["date"]))
    return "Flere gange" if meeting["recurrence"] else ""


def _behalf(behalf: Behalf) -> list[Value]:
    return [
        Value("Navn", behalf["name"] or labels.NOT_GIVEN),
        Value("Relation", labels.RELATIONS[behalf["relation"]]),
        Value("Borgerens ord", behalf["words"], own=True),
    ]


def _meeting(meeting: Meeting, names: dict[str, str]) -> list[Value]:
    department, words = labels.department(meeting, names), meeting["department_text"]
    lines = [Value("Afdeling", department, own=department == words)]
    if words and words != department:
        lines.append(Value("Afdelingen med borgerens ord", words, own=True))
    kind, when = labels.KINDS[meeting["kind"]], labels.meeting_time(meeting)
    again = meeting["recurrence"]
    lines += [Value("Slags møde", kind), Value("Første gang" if again and meeting["date"] else "Tidspunkt", when)]
    return [*lines, Value("Gentagelse med borgerens ord", again, own=True)] if again else lines


def _recording(recording: Recording) -> list[Value]:
    terms = recording["terms"]
    accepted = labels.moment(datetime.fromisoformat(terms["accepted_at"]))
    companion = recording["support_person_text"]
    return [
        Value("Optages som", labels.MEDIA[recording["medium"]]),
        Value("Grunde", "\n".join(labels.GROUNDS[ground] for ground in recording["grounds"])),
        _own("Borgerens forklaring", recording["explanation"], labels.NOT_GIVEN),
        Value("Kan en bisidder komme med?", labels.SUPPORT_PERSON[recording["support_person_possible"]]),
        *([Value("Bisidderen med borgerens ord", companion, own=True)] if companion else []),
        Value("Skal bruges til", labels.PURPOSES[recording["purpose"]]),
        Value("Sagt ja til vilkårene", f"{accepted} (tekst: {terms['text_version']})"),
    ]


def _own(label: str, text: str | None, nothing: str) -> Value:
    return Value(label, text, own=True) if text else Value(label, nothing)


def sections(content: Payload, names: dict[str, str]) -> list[Section]:
    """What the citizen asks for, as headed groups in the order that staff need. `content`: from `readable`."""
    groups: list[Section] = []
    if content["behalf"]:
        groups.append(("På vegne af", _behalf(content["behalf"])))
    meetings = content["meetings"]
    for number, meeting in enumerate(meetings, 1):
        heading = f"Møde {number} af {len(meetings)}" if len(meetings) > 1 else "Mødet eller samtalen"
        groups.append((heading, _meeting(meeting, names)))
    if content["recording"]:
        groups.append(("Optagelsen", _recording(content["recording"])))
    if content["notes"]:
        groups.append(("Notater eller referat", [_own("Borgeren ønsker", content["notes"]["wanted"], "Ikke uddybet")]))
    if content["question"]:
        groups.append(("Spørgsmål", [_own("Borgerens tekst", content["question"]["text"], "")]))
    if content["remarks"]:
        groups.append(("Andet", [Value("Borgeren har også skrevet", content["remarks"], own=True)]))
    return groups


def about_sending(received: Received) -> Section:
    """When and how a request came."""
    content = readable(received)
    lines = [
        Value("Sendt af borgeren", labels.moment(datetime.fromisoformat(content["submitted_at"]))),
        Value("Modtaget i indbakken", labels.moment(received.received_at)),
        Value("Id", content["id"]),
        Value("Samtale", content["assistant"]["conversation"]),
        Value("Assistentens version", content["assistant"]["version"]),
    ]
    return "Om afsendelsen", lines


def _numbered(meetings: list[Meeting], value: Callable[[Meeting], str | None]) -> str | None:
    """A value of each meeting in one cell; numbered lines, if there are several meetings."""
    if len(meetings) == 1:
        return value(meetings[0])
    # On one line each, so that no line of the citizen's looks like another meeting's.
    values = [(number, " ".join((value(meeting) or "").split())) for number, meeting in enumerate(meetings, 1)]
    return "\n".join(f"{number}: {text}" for number, text in values if text)


def row(received: Received, names: dict[str, str]) -> tuple[Any, ...]:
    """A request as a row of a spreadsheet, under `HEADS`."""
    content = readable(received)
    person, meetings = content["applicant"], content["meetings"]
    recording: Mapping[str, Any] = content["recording"] or {}
    behalf: Mapping[str, Any] = content["behalf"] or {}
    return (
        content["reference"],
        content["id"],
        f"{received.received_at:%Y-%m-%d %H:%M}",
        labels.STATES[received.state],
        received.changed_by,
        f"{received.changed_at:%Y-%m-%d %H:%M}" if received.changed_at else "",
        labels.TYPES[content["type"]],
        _numbered(meetings, lambda meeting: labels.department(meeting, names)),
        _numbered(meetings, lambda meeting: meeting["department_text"]),
        _numbered(meetings, lambda meeting: labels.KINDS[meeting["kind"]]),
        _numbered(meetings, lambda meeting: meeting["date"]),
        _numbered(meetings, lambda meeting: meeting["time"]),
        person["name"] or labels.NOT_GIVEN,
        person["email"],
        labels.telephone(person["phone"] or ""),
        labels.MEDIA.get(recording.get("medium", "")),
        ", ".join(labels.GROUNDS[ground] for ground in recording.get("grounds", ())),
        recording.get("explanation"),
        labels.SUPPORT_PERSON.get(recording.get("support_person_possible", "")),
        labels.PURPOSES.get(recording.get("purpose", "")),
        content["notes"]["wanted"] if content["notes"] else None,
        content["question"]["text"] if content["question"] else None,
        _numbered(meetings, lambda meeting: meeting["recurrence"]),
        (behalf["name"] or labels.NOT_GIVEN) if behalf else None,
        labels.RELATIONS.get(behalf.get("relation", "")),
        behalf.get("words"),
        content["remarks"],
        recording.get("support_person_text"),
    )
