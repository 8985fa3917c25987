"""The inbox's login sessions, kept in the database: logging out ends one for good."""

import secrets
import time
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select

from legal.inbox.tables import SESSIONS

LONGEST_SECONDS = 8 * 3600


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()


class Sessions:
    """Sessions by a key that only the browser knows; each lasts eight hours at most."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def open(self, who: str, password: str) -> str:
        """Opens a session for these initials; returns its key. `password`: the password's mark (password.py)."""
        key = secrets.token_urlsafe(32)
        now = time.time()
        row = {"key": _hash(key), "who": who, "password": password, "ends_at": now + LONGEST_SECONDS}
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.ends_at <= now))
            connection.execute(insert(SESSIONS).values(**row))
        return key

    def who(self, key: str, password: str) -> str | None:
        """The initials of a session's owner; None if it has ended or the password has changed."""
        wanted = select(SESSIONS.c.who).where(
            SESSIONS.c.key == _hash(key), SESSIONS.c.password == password, SESSIONS.c.ends_at > time.time()
        )
        with self._engine.begin() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        return None if found is None else str(found)

    def close(self, key: str) -> None:
        """Ends a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.key == _hash(key)))
