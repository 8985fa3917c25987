"""The staff's pages: the list of requests, a page for each, and the audit trail."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from legal import labels
from legal.inbox import presentation
from legal.inbox.forwarding import forwarding_text
from legal.inbox.legible import hides
from legal.inbox.store import Filter, InboxStore, Received
from legal.reference import display, normalize

PAGE_SIZE = 50


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def filter_of(values: Mapping[str, str]) -> Filter:
    """The filter in an address's query; invalid values are ignored."""
    words = values.get("ord", "")[:200].strip()
    plain = normalize(words)
    return Filter(
        state=values.get("status", "") if values.get("status") in labels.STATES else "",
        type=values.get("type", "") if values.get("type") in labels.TYPES else "",
        department=values.get("afdeling", "")[:40],
        first=_day(values.get("fra", "")),
        last=_day(values.get("til", "")),
        words=display(plain) if plain else words,
    )


def query_of(which: Filter, **changes: Any) -> dict[str, Any]:
    """A filter as an address's query, with changes; empty values are left out."""
    query = {
        "status": which.state,
        "type": which.type,
        "afdeling": which.department,
        "fra": which.first and which.first.isoformat(),
        "til": which.last and which.last.isoformat(),
        "ord": which.words,
    }
    return {name: value for name, value in (query | changes).items() if value}


def _page_numbers(count: int) -> tuple[int, int]:
    """The requested page of a list of `count` items, and the last page."""
    last = max(1, -(-count // PAGE_SIZE))
    return min(max(request.args.get("side", 1, type=int), 1), last), last


def _shown(received: Received, names: dict[str, str]) -> dict[str, Any]:
    content = presentation.readable(received)
    return {
        "id": content["id"],
        "type": labels.TYPES[content["type"]],
        "received": labels.moment(received.received_at),
        "state": received.state,
        "changed_by": received.changed_by,
        "changed": labels.moment(received.changed_at) if received.changed_at else "",
        "applicant": content["applicant"],
        "hides": hides(received.content),
        "sections": [*presentation.sections(content, names), presentation.about_sending(received)],
        "forwarding": forwarding_text(received.content, names),
    }


def pages_blueprint(store: InboxStore, names: dict[str, str]) -> Blueprint:
    """GET /, /requests/<reference>, /haendelser, and POST of a request's status; only when logged in (login.py).

    `names`: the departments' names by key.
    """
    blueprint = Blueprint("pages", __name__)

    def inbox() -> str:
        which = filter_of(request.args)
        without_state = filter_of(request.args.to_dict() | {"status": ""})
        counts = store.counts(without_state)
        count = counts.get(which.state, 0) if which.state else sum(counts.values())
        number, last = _page_numbers(count)
        lines = [presentation.line(one, names) for one in store.page((number - 1) * PAGE_SIZE, PAGE_SIZE, which)]
        departments = {
            key: names.get(key, labels.NOT_GIVEN if key == "unknown" else key) for key in store.departments()
        }
        return render_template(
            "list.html",
            lines=lines,
            count=count,
            counts=counts,
            number=number,
            last=last,
            which=which,
            query=lambda **changes: query_of(which, **changes),
            narrowed=bool(query_of(without_state)),
            departments=sorted(departments.items(), key=lambda item: item[1]),
        )

    def one(reference: str) -> str | Response:
        plain = normalize(reference)
        found = store.by_reference(display(plain)) if plain else []
        if plain is None or not found:
            abort(404)
        if reference != display(plain):
            return redirect(url_for("pages.one", reference=display(plain)))
        # Before it is shown: nobody reads a request without a trace.
        store.trail.add(g.who, "åbnede anmodningen", reference)
        requests = [_shown(received, names) for received in found]
        events = [(labels.short_moment(event.at), event.who, event.what) for event in store.trail.of(reference)]
        return render_template("request.html", reference=reference, requests=requests, events=events)

    def status(reference: str) -> Response:
        state = request.form.get("status", "")
        found = [one for one in store.by_reference(reference) if one.content["id"] == request.form.get("id")]
        if state not in labels.STATES or not found:
            abort(404)
        if state != found[0].state:
            what = f"ændrede status fra {labels.STATES[found[0].state]} til {labels.STATES[state]}"
            store.change_state(found[0].content["id"], state, g.who, what)  # type: ignore[arg-type]
        flash(f"Status er nu: {labels.STATES[state]}.")
        return redirect(url_for("pages.one", reference=reference))

    def trail() -> str:
        count = store.trail.count()
        number, last = _page_numbers(count)
        events = [
            (labels.short_moment(event.at), event.who, event.what, event.reference)
            for event in store.trail.page((number - 1) * PAGE_SIZE, PAGE_SIZE)
        ]
        return render_template("trail.html", events=events, number=number, last=last)

    blueprint.add_url_rule("/", view_func=inbox)
    blueprint.add_url_rule("/requests/<reference>", view_func=one)
    blueprint.add_url_rule("/requests/<reference>/status", view_func=status, methods=["POST"])
    blueprint.add_url_rule("/haendelser", view_func=trail)
    blueprint.add_app_template_filter(labels.telephone, "telephone")
    return blueprint
