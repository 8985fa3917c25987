"""Jura's room: starts the inbox: `python -m legal.inbox`."""

import logging
import signal
import sys
from typing import Any

import waitress
from sqlalchemy.exc import SQLAlchemyError

from common.settings import SettingsError, settings
from legal.inbox.app import create_app
from legal.inbox.login import prepare_password
from legal.inbox.store import InboxStore


def _stop(*_: Any) -> None:
    raise SystemExit(0)


def main() -> int:
    """Serves until SIGTERM or SIGINT; 0 after a clean stop, 2 where it could not start."""
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("waitress").setLevel(logging.ERROR)
    try:
        config = settings()
        store = InboxStore(f"sqlite:///{config.data_dir / 'inbox.db'}")
        made = prepare_password(store)
    except SettingsError as error:
        print(f"indbakke: {error}", file=sys.stderr)
        return 2
    except (SQLAlchemyError, OSError) as error:
        print(f"indbakke: databasen kan ikke åbnes ({type(error).__name__}). Se DATA_DIR.", file=sys.stderr)
        return 2
    host, port = config.inbox_host, config.inbox_port
    try:
        # Above the application's own limit, so that it can answer in Danish; waitress cuts off the rest.
        server = waitress.create_server(create_app(store, config), host=host, port=port, max_request_body_size=1 << 20)
    except (OSError, ValueError) as error:
        # ValueError is how waitress says that the host is unknown.
        reason = getattr(error, "strerror", None) or "ukendt adresse"
        print(f"indbakke: kan ikke lytte på {host}:{port} ({reason}). Se INBOX_HOST og INBOX_PORT.", file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    if made:
        print(f"Adgangskode til indbakken (vises kun nu): {made}", flush=True)
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
