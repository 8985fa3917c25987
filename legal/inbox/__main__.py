"""The inbox's command line: `python -m legal.inbox` serves, `... delete-old [--dry-run]` deletes old requests."""

import argparse
import logging
import signal
import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from common.settings import SettingsError, settings
from legal.arguments import Parser
from legal.inbox.app import create_app
from legal.inbox.password import prepare_password
from legal.inbox.retention import delete_daily, delete_old
from legal.inbox.server import InboxServer
from legal.inbox.store import InboxStore


def _stop(*_: Any) -> None:
    raise SystemExit(0)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(prog="python -m legal.inbox", description="Juras indbakke. Uden en kommando starter den.")
    commands = parser.add_subparsers(dest="command", title="kommandoer")
    deleting = commands.add_parser("delete-old", help="slet nu de anmodninger, der er afsluttet for længe siden")
    deleting.options.add_argument("--dry-run", action="store_true", help="vis kun, hvad der ville blive slettet")
    return parser.read(given, ["delete-old"])


def main(given: Sequence[str] | None = None) -> int:
    """Serves until SIGTERM or SIGINT, or runs a command; 0 after a clean end, 2 if it could not start."""
    arguments = _arguments(given)
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("waitress").setLevel(logging.ERROR)
    try:
        config = settings()
        store = InboxStore(f"sqlite:///{config.data_dir / 'inbox.db'}")
        if arguments.command:
            delete_old(store, config.inbox_retention_days, arguments.dry_run, print)
            return 0
        new_password = prepare_password(store)
    except SettingsError as error:
        print(f"indbakke: {error}", file=sys.stderr)
        return 2
    except (SQLAlchemyError, OSError) as error:
        print(f"indbakke: databasen kan ikke åbnes ({type(error).__name__}). Se DATA_DIR.", file=sys.stderr)
        return 2
    host, port = config.inbox_host, config.inbox_port
    try:
        server = InboxServer(create_app(store, config), host, port, config.inbox_https)
    except (OSError, ValueError) as error:
        # waitress raises ValueError for an unknown host.
        reason = getattr(error, "strerror", None) or "ukendt adresse"
        print(f"indbakke: kan ikke lytte på {host}:{port} ({reason}). Se INBOX_HOST og INBOX_PORT.", file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    delete_daily(store, config.inbox_retention_days)
    if new_password:
        print(f"Adgangskode til indbakken (vises kun nu): {new_password}", flush=True)
    logging.getLogger("indbakke").info("klar på http://%s:%s", host, port)
    try:
        server.run()
    except SystemExit:
        pass
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
