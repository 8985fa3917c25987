"""Jura's room: the two pages that staff read: the list of requests, and a page for each."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from legal.inbox import labels
from legal.inbox.store import InboxStore, Received
from legal.reference import display, normalize

PAGE_SIZE = 50


def _line(received: Received, names: dict[str, str]) -> dict[str, Any]:
    """A request as one line of the list."""
    content = received.content
    meeting = content["meeting"]
    day = meeting and meeting["date"]
    return {
        "reference": content["reference"],
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


def _sections(received: Received, names: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """A request as headed groups of a label and a value each, in the order in which staff need them."""
    content = received.content
    sections = []
    if content["meeting"]:
        sections.append(("Mødet eller samtalen", _meeting(content, names)))
    if content["recording"]:
        sections.append(("Optagelsen", _recording(content["recording"])))
    if content["notes"]:
        sections.append(("Notater eller referat", [("Borgeren ønsker", content["notes"]["wanted"] or "Ikke uddybet")]))
    if content["question"]:
        sections.append(("Spørgsmål", [("Borgerens tekst", content["question"]["text"])]))
    sent = [
        ("Sendt af borgeren", labels.moment(datetime.fromisoformat(content["submitted_at"]))),
        ("Modtaget i indbakken", labels.moment(received.received_at)),
        ("Id", content["id"]),
        ("Samtale", content["assistant"]["conversation"]),
        ("Assistentens version", content["assistant"]["version"]),
    ]
    return [*sections, ("Om afsendelsen", sent)]


def reading(store: InboxStore) -> Blueprint:
    """GET / and GET /requests/<reference>; the log-in guards both."""
    blueprint = Blueprint("pages", __name__)
    names = labels.load_departments()

    def inbox() -> str:
        count = store.count()
        last = max(1, -(-count // PAGE_SIZE))
        number = min(max(request.args.get("side", 1, type=int), 1), last)
        lines = [_line(received, names) for received in store.page((number - 1) * PAGE_SIZE, PAGE_SIZE)]
        return render_template("list.html", lines=lines, count=count, number=number, last=last)

    def one(reference: str) -> str | Response:
        plain = normalize(reference)
        found = store.by_reference(display(plain)) if plain else []
        if plain is None or not found:
            abort(404)
        if reference != display(plain):
            return redirect(url_for("pages.one", reference=display(plain)))
        shown = [
            {
                "type": labels.TYPES[received.content["type"]],
                "received": labels.moment(received.received_at),
                "applicant": received.content["applicant"],
                "sections": _sections(received, names),
            }
            for received in found
        ]
        return render_template("request.html", reference=reference, requests=shown)

    blueprint.add_url_rule("/", view_func=inbox)
    blueprint.add_url_rule("/requests/<reference>", view_func=one)
    blueprint.add_app_template_filter(labels.telephone, "telephone")
    return blueprint
