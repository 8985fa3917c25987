"""A request as the inbox shows it: a line of the list, headed groups of values, a row of a spreadsheet."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from legal import labels
from legal.inbox.legible import legible
from legal.inbox.store import Received
from legal.versions import upgraded


class Value(NamedTuple):
    """What a page or a mail says under a label; `own`: in the citizen's own words, which may be several lines."""

    label: str
    text: str
    own: bool = False


Section = tuple[str, list[Value]]
HEADS = (
    *("Reference", "Id", "Modtaget", "Status", "Status sat af", "Status sat", "Anmodning", "Afdeling"),
    *("Afdelingen med borgerens ord", "Slags møde", "Dato", "Tidspunkt", "Navn", "E-mail", "Telefon", "Optages som"),
    *("Grunde", "Borgerens forklaring", "Bisidder", "Skal bruges til", "Ønskede notater", "Spørgsmål"),
    # Added with version 2, and last: whoever counts columns finds the others where they were.
    *("Gentagelse med borgerens ord", "På vegne af", "Relation", "Borgerens ord om, hvem det er for"),
)


def readable(received: Received) -> dict[str, Any]:
    """The content as staff read it, in the shape of version 2."""
    return dict(legible(upgraded(received.content)))


def line(received: Received, names: dict[str, str]) -> dict[str, Any]:
    """A request as one line of the list: of several meetings the first, and how many `more` there are."""
    content = readable(received)
    first, *more = content["meetings"] or [None]
    return {
        "reference": content["reference"],
        "state": received.state,
        "type": labels.TYPES[content["type"]],
        "department": labels.department(first, names),
        "date": _short_day(first) if first else "",
        "more": len(more),
        "received": labels.short_moment(received.received_at),
        "applicant": content["applicant"]["name"] or labels.NOT_GIVEN,
        "for_another": content["behalf"] is not None,
    }


def _short_day(meeting: Mapping[str, Any]) -> str:
    if meeting["date"]:
        return labels.short_date(date.fromisoformat(meeting["date"]))
    return "Flere gange" if meeting["recurrence"] else ""


def _behalf(behalf: Mapping[str, Any]) -> list[Value]:
    return [
        Value("Navn", behalf["name"] or labels.NOT_GIVEN),
        Value("Relation", labels.RELATIONS[behalf["relation"]]),
        Value("Borgerens ord", behalf["words"], own=True),
    ]


def _meeting(meeting: Mapping[str, Any], names: dict[str, str]) -> list[Value]:
    department, words = labels.department(meeting, names), meeting["department_text"]
    lines = [Value("Afdeling", department, own=department == words)]
    if words and words != department:
        lines.append(Value("Afdelingen med borgerens ord", words, own=True))
    kind, when = labels.KINDS[meeting["kind"]], labels.meeting_time(meeting)
    again = meeting["recurrence"]
    lines += [Value("Slags møde", kind), Value("Første gang" if again and meeting["date"] else "Tidspunkt", when)]
    return [*lines, Value("Gentagelse med borgerens ord", again, own=True)] if again else lines


def _recording(recording: dict[str, Any]) -> list[Value]:
    terms = recording["terms"]
    accepted = labels.moment(datetime.fromisoformat(terms["accepted_at"]))
    return [
        Value("Optages som", labels.MEDIA[recording["medium"]]),
        Value("Grunde", "\n".join(labels.GROUNDS[ground] for ground in recording["grounds"])),
        _own("Borgerens forklaring", recording["explanation"], labels.NOT_GIVEN),
        Value("Kan en bisidder komme med?", labels.SUPPORT_PERSON[recording["support_person_possible"]]),
        Value("Skal bruges til", labels.PURPOSES[recording["purpose"]]),
        Value("Sagt ja til vilkårene", f"{accepted} (tekst: {terms['text_version']})"),
    ]


def _own(label: str, text: str | None, nothing: str) -> Value:
    return Value(label, text, own=True) if text else Value(label, nothing)


def sections(content: dict[str, Any], names: dict[str, str]) -> list[Section]:
    """What the citizen asks for: headed groups of values, in the order in which staff need them; of a legible one."""
    found: list[Section] = []
    if content["behalf"]:
        found.append(("På vegne af", _behalf(content["behalf"])))
    meetings = content["meetings"]
    for number, meeting in enumerate(meetings, 1):
        heading = f"Møde {number} af {len(meetings)}" if len(meetings) > 1 else "Mødet eller samtalen"
        found.append((heading, _meeting(meeting, names)))
    if content["recording"]:
        found.append(("Optagelsen", _recording(content["recording"])))
    if content["notes"]:
        found.append(("Notater eller referat", [_own("Borgeren ønsker", content["notes"]["wanted"], "Ikke uddybet")]))
    if content["question"]:
        found.append(("Spørgsmål", [_own("Borgerens tekst", content["question"]["text"], "")]))
    return found


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


def _numbered(meetings: list[dict[str, Any]], value: Callable[[dict[str, Any]], str | None]) -> str | None:
    """A value of each meeting in one cell: numbered, a line each, where there are several meetings."""
    if len(meetings) == 1:
        return value(meetings[0])
    # On one line each: no line of the citizen's looks like another meeting's.
    told = [(number, " ".join((value(meeting) or "").split())) for number, meeting in enumerate(meetings, 1)]
    return "\n".join(f"{number}: {text}" for number, text in told if text)


def row(received: Received, names: dict[str, str]) -> tuple[Any, ...]:
    """A request as one row of a spreadsheet, under `HEADS`."""
    content = readable(received)
    person, meetings = content["applicant"], content["meetings"]
    recording, behalf = content["recording"] or {}, content["behalf"] or {}
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
        (content["notes"] or {}).get("wanted"),
        (content["question"] or {}).get("text"),
        _numbered(meetings, lambda meeting: meeting["recurrence"]),
        (behalf["name"] or labels.NOT_GIVEN) if behalf else None,
        labels.RELATIONS.get(behalf.get("relation", "")),
        behalf.get("words"),
    )
