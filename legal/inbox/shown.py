"""A request as the inbox shows it: a line of the list, headed groups of values, a row of a spreadsheet."""

from datetime import date, datetime
from typing import Any, NamedTuple

from legal.inbox import labels
from legal.inbox.legible import legible
from legal.inbox.store import Received


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
)


def line(received: Received, names: dict[str, str]) -> dict[str, Any]:
    """A request as one line of the list."""
    content = legible(received.content)
    meeting = content["meeting"]
    day = meeting and meeting["date"]
    return {
        "reference": content["reference"],
        "state": received.state,
        "type": labels.TYPES[content["type"]],
        "department": labels.department(meeting, names),
        "date": labels.short_date(date.fromisoformat(day)) if day else "",
        "received": labels.short_moment(received.received_at),
        "applicant": content["applicant"]["name"],
    }


def _meeting(content: dict[str, Any], names: dict[str, str]) -> list[Value]:
    meeting = content["meeting"]
    department, words = labels.department(meeting, names), meeting["department_text"]
    lines = [Value("Afdeling", department, own=department == words)]
    if words and words != department:
        lines.append(Value("Afdelingen med borgerens ord", words, own=True))
    kind, when = labels.KINDS[meeting["kind"]], labels.meeting_time(meeting)
    return [*lines, Value("Slags møde", kind), Value("Tidspunkt", when)]


def _recording(recording: dict[str, Any]) -> list[Value]:
    terms = recording["terms"]
    accepted = labels.moment(datetime.fromisoformat(terms["accepted_at"]))
    return [
        Value("Optages som", labels.MEDIA[recording["medium"]]),
        Value("Grunde", "\n".join(labels.GROUNDS[ground] for ground in recording["grounds"])),
        _own("Borgerens forklaring", recording["explanation"], "Ikke oplyst"),
        Value("Kan en bisidder komme med?", labels.SUPPORT_PERSON[recording["support_person_possible"]]),
        Value("Skal bruges til", labels.PURPOSES[recording["purpose"]]),
        Value("Sagt ja til vilkårene", f"{accepted} (tekst: {terms['text_version']})"),
    ]


def _own(label: str, text: str | None, nothing: str) -> Value:
    return Value(label, text, own=True) if text else Value(label, nothing)


def sections(content: dict[str, Any], names: dict[str, str]) -> list[Section]:
    """What the citizen asks for: headed groups of values, in the order in which staff need them; of a legible one."""
    found: list[Section] = []
    if content["meeting"]:
        found.append(("Mødet eller samtalen", _meeting(content, names)))
    if content["recording"]:
        found.append(("Optagelsen", _recording(content["recording"])))
    if content["notes"]:
        found.append(("Notater eller referat", [_own("Borgeren ønsker", content["notes"]["wanted"], "Ikke uddybet")]))
    if content["question"]:
        found.append(("Spørgsmål", [_own("Borgerens tekst", content["question"]["text"], "")]))
    return found


def about_sending(received: Received) -> Section:
    """When and how a request came."""
    content = legible(received.content)
    lines = [
        Value("Sendt af borgeren", labels.moment(datetime.fromisoformat(content["submitted_at"]))),
        Value("Modtaget i indbakken", labels.moment(received.received_at)),
        Value("Id", content["id"]),
        Value("Samtale", content["assistant"]["conversation"]),
        Value("Assistentens version", content["assistant"]["version"]),
    ]
    return "Om afsendelsen", lines


def row(received: Received, names: dict[str, str]) -> tuple[Any, ...]:
    """A request as one row of a spreadsheet, under `HEADS`."""
    content = legible(received.content)
    person = content["applicant"]
    meeting, recording = content["meeting"] or {}, content["recording"] or {}
    return (
        content["reference"],
        content["id"],
        f"{received.received_at:%Y-%m-%d %H:%M}",
        labels.STATES[received.state],
        received.changed_by,
        f"{received.changed_at:%Y-%m-%d %H:%M}" if received.changed_at else "",
        labels.TYPES[content["type"]],
        labels.department(content["meeting"], names),
        meeting.get("department_text"),
        labels.KINDS.get(meeting.get("kind", "")),
        meeting.get("date"),
        meeting.get("time"),
        person["name"],
        person["email"],
        labels.telephone(person["phone"] or ""),
        labels.MEDIA.get(recording.get("medium", "")),
        ", ".join(labels.GROUNDS[ground] for ground in recording.get("grounds", ())),
        recording.get("explanation"),
        labels.SUPPORT_PERSON.get(recording.get("support_person_possible", "")),
        labels.PURPOSES.get(recording.get("purpose", "")),
        (content["notes"] or {}).get("wanted"),
        (content["question"] or {}).get("text"),
    )
