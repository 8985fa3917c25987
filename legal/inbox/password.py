"""The inbox's password: set or created at start, and checked at login."""

import os
import secrets
import threading
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from common.settings import SettingsError
from legal.inbox.store import InboxStore

USER = "jura"
PASSWORD_SETTING = "INBOX_PASSWORD"
SHORTEST_PASSWORD = 12
# Checking is slow by design: so many are checked at once, and so many wait. They hold at most half of the threads.
AT_ONCE = 2
WAITING = 4
# No look-alikes: a new password is copied by hand from a terminal.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()


class Busy(Exception):
    """Too many passwords are being checked at once."""


def verified(kept: str, given: str) -> bool:
    """Whether a password fits the hash; takes tens of milliseconds."""
    try:
        return _hasher.verify(kept, given)
    except VerificationError:
        return False


def prepare_password(store: InboxStore) -> str | None:
    """Makes sure that there is a password; returns it if it was created now, to be shown this once.

    `INBOX_PASSWORD` in the environment sets it; SettingsError if that is too short.
    """
    chosen = os.environ.get(PASSWORD_SETTING, "").strip()
    if chosen:
        if len(chosen) < SHORTEST_PASSWORD:
            raise SettingsError(f"{PASSWORD_SETTING}: skal have mindst {SHORTEST_PASSWORD} tegn")
        if not verified(store.kept("password", lambda: _hasher.hash(chosen)), chosen):
            store.keep("password", _hasher.hash(chosen))
        return None
    created: list[str] = []

    def make() -> str:
        created.append("-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4)))
        return _hasher.hash(created[0])

    store.kept("password", make)
    return created[0] if created else None


class PasswordCheck:
    """Checks typed passwords against the stored hash."""

    def __init__(self, store: InboxStore) -> None:
        self._store = store
        self._places = threading.BoundedSemaphore(AT_ONCE + WAITING)
        self._at_once = threading.BoundedSemaphore(AT_ONCE)

    def _kept(self) -> str:
        return self._store.kept("password", lambda: _hasher.hash(secrets.token_urlsafe()))

    def mark(self) -> str:
        """An id of the present password: sessions and cookies of another one are not valid."""
        return sha256(self._kept().encode()).hexdigest()[:16]

    def fits(self, user: str, password: str) -> bool:
        """Whether user and password are right; equally slow for a wrong user. Raises Busy if too many wait."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            with self._at_once:
                fits = verified(self._kept(), password)
        finally:
            self._places.release()
        return fits and user.strip().lower() == USER
