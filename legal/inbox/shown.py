"""Jura's room: a request as the inbox shows it: a line of the list, headed groups of values, a row of a spreadsheet."""

from datetime import date, datetime
from typing import Any

from legal.inbox import labels
from legal.inbox.store import Received

Section = tuple[str, list[tuple[str, str]]]
HEADS = (
    *("Reference", "Id", "Modtaget", "Status", "Status sat af", "Status sat", "Anmodning", "Afdeling"),
    *("Afdelingen med borgerens ord", "Slags møde", "Dato", "Tidspunkt", "Navn", "E-mail", "Telefon", "Optages som"),
    *("Grunde", "Borgerens forklaring", "Bisidder", "Skal bruges til", "Ønskede notater", "Spørgsmål"),
)


def line(received: Received, names: dict[str, str]) -> dict[str, Any]:
    """A request as one line of the list."""
    content = received.content
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


def _meeting(content: dict[str, Any], names: dict[str, str]) -> list[tuple[str, str]]:
    meeting = content["meeting"]
    lines = [("Afdeling", labels.department(meeting, names))]
    if meeting["department_text"] and meeting["department_text"] != lines[0][1]:
        lines.append(("Afdelingen med borgerens ord", meeting["department_text"]))
    return [*lines, ("Slags møde", labels.KINDS[meeting["kind"]]), ("Tidspunkt", labels.meeting_time(meeting))]


def _recording(recording: dict[str, Any]) -> list[tuple[str, str]]:
    terms = recording["terms"]
    accepted = labels.moment(datetime.fromisoformat(terms["accepted_at"]))
    return [
        ("Optages som", labels.MEDIA[recording["medium"]]),
        ("Grunde", "\n".join(labels.GROUNDS[ground] for ground in recording["grounds"])),
        ("Borgerens forklaring", recording["explanation"] or "Ikke oplyst"),
        ("Kan en bisidder komme med?", labels.SUPPORT_PERSON[recording["support_person_possible"]]),
        ("Skal bruges til", labels.PURPOSES[recording["purpose"]]),
        ("Sagt ja til vilkårene", f"{accepted} (tekst: {terms['text_version']})"),
    ]


def sections(content: dict[str, Any], names: dict[str, str]) -> list[Section]:
    """What the citizen asks for: headed groups of a label and a value each, in the order in which staff need them."""
    found: list[Section] = []
    if content["meeting"]:
        found.append(("Mødet eller samtalen", _meeting(content, names)))
    if content["recording"]:
        found.append(("Optagelsen", _recording(content["recording"])))
    if content["notes"]:
        found.append(("Notater eller referat", [("Borgeren ønsker", content["notes"]["wanted"] or "Ikke uddybet")]))
    if content["question"]:
        found.append(("Spørgsmål", [("Borgerens tekst", content["question"]["text"])]))
    return found


def about_sending(received: Received) -> Section:
    """When and how a request came."""
    content = received.content
    lines = [
        ("Sendt af borgeren", labels.moment(datetime.fromisoformat(content["submitted_at"]))),
        ("Modtaget i indbakken", labels.moment(received.received_at)),
        ("Id", content["id"]),
        ("Samtale", content["assistant"]["conversation"]),
        ("Assistentens version", content["assistant"]["version"]),
    ]
    return "Om afsendelsen", lines


def row(received: Received, names: dict[str, str]) -> tuple[Any, ...]:
    """A request as one row of a spreadsheet, under `HEADS`."""
    content, person = received.content, received.content["applicant"]
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
