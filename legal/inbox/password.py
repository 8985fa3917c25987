"""The inbox's password: how it comes to be, and how a guess is checked, a few at a time."""

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
# Checking is slow by design. So many are checked at once, and so many wait; they hold at most half of the threads.
AT_ONCE = 2
WAITING = 4
# Without letters and digits that look alike: it is copied by hand from a terminal.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()


class Busy(Exception):
    """So many passwords are being checked that this one was not."""


def verified(kept: str, given: str) -> bool:
    """Whether a password is the one that was hashed; takes tens of milliseconds."""
    try:
        return _hasher.verify(kept, given)
    except VerificationError:
        return False


def prepare_password(store: InboxStore) -> str | None:
    """Sees to it that there is a password; returns it where it was made just now, to be shown this once.

    `INBOX_PASSWORD` in the environment is the password, where it is set; SettingsError when it is too short.
    """
    chosen = os.environ.get(PASSWORD_SETTING, "").strip()
    if chosen:
        if len(chosen) < SHORTEST_PASSWORD:
            raise SettingsError(f"{PASSWORD_SETTING}: skal have mindst {SHORTEST_PASSWORD} tegn")
        if not verified(store.kept("password", lambda: _hasher.hash(chosen)), chosen):
            store.keep("password", _hasher.hash(chosen))
        return None
    shown: list[str] = []

    def make() -> str:
        shown.append("-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4)))
        return _hasher.hash(shown[0])

    store.kept("password", make)
    return shown[0] if shown else None


class Keyhole:
    """Compares what was typed with what is kept, and knows which password a session was opened with."""

    def __init__(self, store: InboxStore) -> None:
        self._store = store
        self._places = threading.BoundedSemaphore(AT_ONCE + WAITING)
        self._at_once = threading.BoundedSemaphore(AT_ONCE)

    def _kept(self) -> str:
        return self._store.kept("password", lambda: _hasher.hash(secrets.token_urlsafe()))

    def mark(self) -> str:
        """Changes with the password, so that a new one ends all sessions."""
        return sha256(self._kept().encode()).hexdigest()[:16]

    def fits(self, user: str, password: str) -> bool:
        """Takes as long for a wrong user as for a wrong password. Busy where too many are being checked."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            with self._at_once:
                fits = verified(self._kept(), password)
        finally:
            self._places.release()
        return fits and user.strip().lower() == USER
