"""Jura's room: what staff do with the outbox from a terminal: `python -m legal.outbox_commands`.

Each function returns the text to print. Only `export` holds what citizens wrote.
"""

import argparse
import json
import sys
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from common.clock import COPENHAGEN
from common.settings import SettingsError, settings
from legal.outbox import Entry, Outbox, State
from legal.spreadsheet import to_csv

STATES: dict[str, State] = {
    "venter": "pending",
    "leveret": "delivered",
    "afvist": "refused",
    "trukket": "withdrawn",
}
_NAMES = {state: name for name, state in STATES.items()}
_HEADS = ("Reference", "Type", "Tilstand", "Sendt af borgeren", "Forsøg", "Årsag", "Indhold (JSON)")


def _sent(entry: Entry) -> str:
    return f"{entry.submitted_at.astimezone(COPENHAGEN):%d-%m-%Y %H.%M}"


def list_text(outbox: Outbox, state: State | None = None) -> str:
    """The requests, or those in one state, a line each: no names, no content."""
    found = outbox.entries(state)
    if not found:
        return "Ingen anmodninger."
    lines = [f"{'Reference':<10} {'Tilstand':<9} {'Sendt':<16} {'Forsøg':>6}  Årsag"]
    for entry in found:
        line = f"{entry.reference:<10} {_NAMES[entry.state]:<9} {_sent(entry):<16} {entry.attempts:>6}"
        lines.append(f"{line}  {entry.reason or ''}".rstrip())
    return "\n".join([*lines, f"I alt {len(found)}."])


def retry_text(outbox: Outbox, references: Sequence[str]) -> str:
    """Has refused requests tried anew: those with the references given, or all where none is given."""
    if not references:
        done = sum(outbox.retry(entry.id) for entry in outbox.entries("refused"))
        what = "1 afvist anmodning" if done == 1 else f"{done} afviste anmodninger"
        return f"{what} bliver prøvet igen nu." if done else "Ingen anmodninger er afvist."
    lines = []
    for reference in references:
        entry = outbox.find(reference)
        if entry is None:
            lines.append(f"{reference}: findes ikke. Se efter, om referencen er skrevet rigtigt.")
        elif outbox.retry(entry.id):
            lines.append(f"{entry.reference}: bliver prøvet igen nu.")
        else:
            state = _NAMES[outbox.get(entry.id).state]
            lines.append(f"{entry.reference}: er ikke afvist ({state}), så der er intet at gøre.")
    return "\n".join(lines)


def export_text(outbox: Outbox, form: str = "json", state: State | None = None) -> str:
    """The requests with all they hold, as `json` or `csv`, so that they can be handed to Jura by other means.

    `payload` is null where the content has been deleted.
    """
    listed = [
        {
            "reference": entry.reference,
            "type": entry.type,
            "state": entry.state,
            "submitted_at": entry.submitted_at.isoformat(),
            "attempts": entry.attempts,
            "reason": entry.reason,
            "payload": entry.payload or None,
        }
        for entry in outbox.entries(state)
    ]
    if form == "json":
        return json.dumps(listed, ensure_ascii=False, indent=2)
    rows = [[*list(one.values())[:-1], json.dumps(one["payload"], ensure_ascii=False)] for one in listed]
    return to_csv(_HEADS, rows)


def health_text(outbox: Outbox) -> str:
    """How many wait and for how long, and how many were refused and what to do about it."""
    health = outbox.health()
    lines = ["Ingen anmodninger venter."]
    if health["waiting"]:
        minutes = health["oldest_seconds"] // 60
        hours = f"{minutes // 60} timer og {minutes % 60} minutter" if minutes >= 60 else f"{minutes} minutter"
        what = "1 anmodning" if health["waiting"] == 1 else f"{health['waiting']} anmodninger"
        lines = [f"{what} venter; den ældste har ventet i {hours}."]
    lines.append(refused_text(health["refused"]) or "Ingen anmodninger er afvist.")
    return "\n".join(lines)


def refused_text(count: int) -> str:
    """The line that says how many requests were refused, and the remedy; empty where there is none."""
    if not count:
        return ""
    what = "1 anmodning er afvist af Juras system og er" if count == 1 else f"{count} anmodninger er afvist og er"
    return (
        f"{what} IKKE nået frem. Se hvilke med 'script/bot outbox list --state afvist', ret årsagen, "
        "og send dem igen med 'script/bot outbox retry'."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 when all went well, 1 for `health` where some are refused, 2 where it cannot start."""
    parser = argparse.ArgumentParser(prog="outbox", description="Anmodninger på vej til Jura.")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="vis anmodningerne, uden navne og indhold")
    listing.add_argument("--state", choices=list(STATES), help="kun dem i denne tilstand")
    again = commands.add_parser("retry", help="send afviste anmodninger igen; alle, hvis ingen er nævnt")
    again.add_argument("reference", nargs="*")
    export = commands.add_parser("export", help="skriv anmodningerne ud med alt, hvad de indeholder")
    export.add_argument("--format", choices=["json", "csv"], default="json")
    export.add_argument("--state", choices=list(STATES), help="kun dem i denne tilstand")
    commands.add_parser("health", help="hvor mange venter, og hvor længe")
    given = parser.parse_args(arguments)
    try:
        outbox = Outbox(settings().database("outbox"))
    except SettingsError as error:
        print(f"outbox: {error}", file=sys.stderr)
        return 2
    except (SQLAlchemyError, OSError) as error:
        print(
            f"outbox: databasen kan ikke åbnes ({type(error).__name__}). Se DATABASE_URL og DATA_DIR.", file=sys.stderr
        )
        return 2
    state = STATES.get(getattr(given, "state", None) or "")
    if given.command == "list":
        print(list_text(outbox, state))
    elif given.command == "retry":
        print(retry_text(outbox, given.reference))
    elif given.command == "export":
        print(export_text(outbox, given.format, state))
    else:
        print(health_text(outbox))
        return 1 if outbox.health()["refused"] else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
