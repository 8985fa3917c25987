"""Staff's commands for the outbox: `python -m legal.outbox_commands`.

Only `export` prints what citizens wrote.
"""

import json
import sys
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from common.clock import COPENHAGEN
from common.danish import format_amount
from common.settings import SettingsError, settings
from legal.arguments import Parser
from legal.labels import refused_text
from legal.outbox import Entry, Outbox, State
from legal.spreadsheet import to_csv

STATES: dict[str, State] = {
    "venter": "pending",
    "leveret": "delivered",
    "afvist": "refused",
    "trukket": "withdrawn",
}
_NAMES = {state: name for name, state in STATES.items()}
_COMMANDS = ("list", "retry", "export", "health")
_HEADS = ("Reference", "Type", "Tilstand", "Sendt af borgeren", "Forsøg", "Årsag", "Indhold (JSON)")


def _sent(entry: Entry) -> str:
    return f"{entry.submitted_at.astimezone(COPENHAGEN):%d-%m-%Y %H.%M}"


def list_text(outbox: Outbox, state: State | None = None) -> str:
    """The requests, or those in one state, one per line: no names, no content."""
    found = outbox.entries(state)
    if not found:
        return "Ingen anmodninger."
    lines = [f"{'Reference':<10} {'Tilstand':<9} {'Sendt af borgeren':<17} {'Forsøg':>6}  Årsag"]
    for entry in found:
        line = f"{entry.reference:<10} {_NAMES[entry.state]:<9} {_sent(entry):<17} {entry.attempts:>6}"
        lines.append(f"{line}  {entry.reason or ''}".rstrip())
    return "\n".join([*lines, f"I alt {len(found)}."])


def retry_text(outbox: Outbox, references: Sequence[str]) -> str:
    """Retries the requests with these references, or all refused ones if none is given; returns a line for each."""
    if not references:
        done = sum(outbox.retry(entry.id) for entry in outbox.entries("refused"))
        what = format_amount(done, "afvist anmodning", "afviste anmodninger")
        return f"{what} bliver prøvet igen, når leveringen kører." if done else "Ingen anmodninger er afvist."
    return "\n".join(_retry_one(outbox, reference) for reference in references)


def _retry_one(outbox: Outbox, reference: str) -> str:
    entry = outbox.find(reference)
    if entry is None:
        return f"{reference}: findes ikke. Se efter, om referencen er skrevet rigtigt."
    if outbox.retry(entry.id):
        return f"{entry.reference}: bliver prøvet igen, når leveringen kører."
    if outbox.hasten_one(entry.id):
        return f"{entry.reference}: bliver prøvet med det samme, når leveringen kører."
    state = outbox.get(entry.id).state
    if state == "delivered":
        return f"{entry.reference}: er leveret, så der er intet at gøre."
    if state == "withdrawn":
        return f"{entry.reference}: er trukket tilbage af borgeren, så der er intet at gøre."
    # A process is delivering it, or was until just now.
    return f"{entry.reference}: er ved at blive sendt. Se om lidt med 'script/bot outbox list', hvordan det gik."


def export_text(outbox: Outbox, form: str = "json", state: State | None = None) -> str:
    """The requests with their payload as `json` or `csv`, to be handed to Jura by other means.

    CSV has the states in Danish. `payload` is null if the content has been deleted.
    """
    found = outbox.entries(state)
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
        for entry in found
    ]
    if form == "json":
        return json.dumps(listed, ensure_ascii=False, indent=2)
    danish = [one | {"state": _NAMES[entry.state]} for one, entry in zip(listed, found, strict=True)]
    rows = [[*list(one.values())[:-1], json.dumps(one["payload"], ensure_ascii=False)] for one in danish]
    return to_csv(_HEADS, rows)


def health_text(outbox: Outbox) -> str:
    """How many requests wait and for how long, how many were refused, and what to do about it."""
    health = outbox.health()
    lines = ["Ingen anmodninger venter."]
    if health["waiting"]:
        what = format_amount(health["waiting"], "anmodning", "anmodninger")
        lines = [f"{what} venter; den ældste har ventet i {_time(health['oldest_seconds'])}."]
    lines.append(refused_text(health["refused"]) or "Ingen anmodninger er afvist.")
    return "\n".join(lines)


def _time(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    parts = [format_amount(hours, "time", "timer")] if hours else []
    parts += [format_amount(minutes, "minut", "minutter")] if minutes else []
    return " og ".join(parts) or "under et minut"


def _parser(name: str) -> Parser:
    parser = Parser(prog=name, description="Anmodninger på vej til Jura.")
    commands = parser.add_subparsers(dest="command", title="kommandoer")

    def add(command: str, help: str) -> Parser:
        added: Parser = commands.add_parser(command, help=help, description=f"{help[:1].upper()}{help[1:]}.")
        return added

    listing = add("list", "vis anmodningerne, uden navne og indhold")
    listing.choice("state", list(STATES), None, "kun dem i denne tilstand")
    again = add("retry", "prøv alle afviste igen, eller dem, du nævner, også hvis de venter")
    again.arguments.add_argument("reference", nargs="*", metavar="REFERENCE", help="for eksempel K7QF-3MX5")
    export = add("export", "skriv anmodningerne ud med alt, hvad de indeholder")
    export.choice("format", ["json", "csv"], "json", "json (uden valg) eller csv til regneark")
    export.choice("state", list(STATES), None, "kun dem i denne tilstand")
    add("health", "vis, hvor mange der venter, og hvor længe")
    return parser


def main(arguments: Sequence[str] | None = None, name: str = "script/bot outbox") -> int:
    """Runs the command line `name`; 0 if all went well, 2 if it cannot start.

    1: `health` found refused requests, or `retry` got an unknown reference.
    """
    parser = _parser(name)
    given = parser.read(arguments, _COMMANDS)
    if given.command is None:
        parser.refuse(f"Vælg en kommando: {', '.join(_COMMANDS)}.")
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
        return 0 if all(outbox.find(reference) for reference in given.reference) else 1
    elif given.command == "export":
        print(export_text(outbox, given.format, state))
    else:
        print(health_text(outbox))
        return 1 if outbox.health()["refused"] else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(name="python -m legal.outbox_commands"))
