"""Deletes old requests from the inbox: closed ones, and the audit trail with them."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from legal.inbox.store import InboxStore

_DAY_SECONDS = 86_400.0

log = logging.getLogger("indbakke")


def delete_old(store: InboxStore, days: int, dry_run: bool, say: Callable[[str], None]) -> None:
    """Deletes requests closed over `days` ago and says so by `say`, a line each; `dry_run` only says it."""
    references, left = store.delete_old(days, dry_run)
    for reference in references:
        say(f"{reference}: {'ville blive slettet' if dry_run else 'slettet'}")
    say(
        f"{len(references)} anmodninger blev afsluttet for over {days} dage siden "
        f"og {'ville blive' if dry_run else 'er'} slettet."
    )
    if left:
        say(f"{left} er modtaget for over {days} dage siden, men ikke afsluttet. De slettes ikke, før de er afsluttet.")


def delete_daily(store: InboxStore, days: int) -> None:
    """Deletes now and once a day, in a thread of its own, for as long as the process lives."""

    def work() -> None:
        waits = threading.Event()
        while True:
            try:
                references, _ = store.delete_old(days, dry_run=False)
                if references:
                    log.info("slettede %d anmodninger, afsluttet for over %d dage siden", len(references), days)
            except SQLAlchemyError as error:
                log.error("gamle anmodninger kunne ikke slettes (%s). Prøver igen i morgen.", type(error).__name__)
            waits.wait(_DAY_SECONDS)

    threading.Thread(target=work, daemon=True, name="retention").start()
