"""The requests of the list as a file, CSV for a spreadsheet or JSON for a machine; it leaves a trace."""

import json

from flask import Blueprint, Response, g, request

from legal import labels
from legal.inbox import shown
from legal.inbox.pages import filter_of
from legal.inbox.store import InboxStore, Received
from legal.seen import is_seen
from legal.spreadsheet import to_csv


def _listed(received: Received) -> str:
    listed = {
        "received_at": received.received_at.isoformat(),
        "state": received.state,
        "changed_by": received.changed_by or None,
        "changed_at": received.changed_at.isoformat() if received.changed_at else None,
        "request": received.content,
    }
    text = json.dumps(listed, ensure_ascii=False, indent=2)
    # What is not seen, or ends a line where a program thinks so, may be written in JSON with its number.
    unseen = (sign for sign in set(text) if sign != "\n" and not is_seen(sign))
    return text.translate({ord(sign): json.dumps(sign)[1:-1] for sign in unseen})


def exporting(store: InboxStore) -> Blueprint:
    """GET /anmodninger.csv and /anmodninger.json, with the list's filters; the log-in guards both."""
    blueprint = Blueprint("export", __name__)
    names = labels.load_departments()

    def export(form: str) -> Response:
        found = store.page(0, None, filter_of(request.args))
        store.trail.add(g.who, f"hentede {len(found)} anmodninger som {form.upper()}")
        if form == "csv":
            text = to_csv(shown.HEADS, (shown.row(received, names) for received in found))
        else:
            text = "[\n" + ",\n".join(_listed(received) for received in found) + "\n]\n"
        answer = Response(text, mimetype="text/csv" if form == "csv" else "application/json")
        answer.headers["Content-Disposition"] = f"attachment; filename=anmodninger.{form}"
        return answer

    blueprint.add_url_rule("/anmodninger.<any(csv, json):form>", view_func=export)
    return blueprint
