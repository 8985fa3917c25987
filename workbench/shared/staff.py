"""What the commands share that announce or publish: who does it, when it was, and a database that cannot be used."""

import getpass
import os
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from common.clock import COPENHAGEN
from common.settings import Settings, settings

Say: TypeAlias = Callable[[str], None]
DONE, REFUSED = 0, 1
Table = TypeVar("Table")


def with_table(
    table: Callable[[str], Table], run: Callable[[Table], int], say: Say, config: Settings | None = None
) -> int:
    """What `run` returns of a table of the chat's database; REFUSED, and says why, where it cannot be used."""
    try:
        return run(table((config or settings()).database("chat")))
    except (SQLAlchemyError, OSError) as error:
        say(f"FEJL: Databasen kan ikke bruges ({type(error).__name__}). Se DATABASE_URL og DATA_DIR.")
        return REFUSED


def who() -> str:
    """The person at the terminal, by the machine's name for them."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return "ukendt"  # a user without a name, as in some containers


def when(at: str) -> str:
    """A row's time as people write it."""
    return f"{datetime.fromisoformat(at).astimezone(COPENHAGEN):%d-%m-%Y %H.%M}"
