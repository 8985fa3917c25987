"""Exports the list of requests as CSV or JSON, and notes that in the audit trail."""

import json

from flask import Blueprint, Response, g, request

from legal.inbox import presentation
from legal.inbox.pages import filter_of
from legal.inbox.store import InboxStore, Received
from legal.spreadsheet import to_csv
from legal.visible import is_seen


def _as_json(received: Received) -> str:
    listed = {
        "received_at": received.received_at.isoformat(),
        "state": received.state,
        "changed_by": received.changed_by or None,
        "changed_at": received.changed_at.isoformat() if received.changed_at else None,
        "request": received.content,
    }
    text = json.dumps(listed, ensure_ascii=False, indent=2)
    # Invisible characters and unusual line ends are escaped.
    invisible = (character for character in set(text) if character != "\n" and not is_seen(character))
    return text.translate({ord(character): json.dumps(character)[1:-1] for character in invisible})


def export_blueprint(store: InboxStore, names: dict[str, str]) -> Blueprint:
    """GET /anmodninger.csv and /anmodninger.json, with the list's filters; only when logged in (login.py).

    `names`: the departments' names by key.
    """
    blueprint = Blueprint("export", __name__)

    def export(form: str) -> Response:
        requests = store.page(0, None, filter_of(request.args))
        store.trail.add(g.who, f"hentede {len(requests)} anmodninger som {form.upper()}")
        if form == "csv":
            text = to_csv(presentation.HEADS, (presentation.row(received, names) for received in requests))
        else:
            text = "[\n" + ",\n".join(_as_json(received) for received in requests) + "\n]\n"
        answer = Response(text, mimetype="text/csv" if form == "csv" else "application/json")
        answer.headers["Content-Disposition"] = f"attachment; filename=anmodninger.{form}"
        return answer

    blueprint.add_url_rule("/anmodninger.<any(csv, json):form>", view_func=export)
    return blueprint
