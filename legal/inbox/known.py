"""Browsers and addresses from which somebody has logged in: guesses of others are not counted against them."""

import json
import secrets
import time
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeTimedSerializer

from common.addresses import rate_key
from legal.inbox.store import InboxStore

BROWSER_SECONDS = 90 * 86_400
_ADDRESS_SECONDS = 30 * 86_400.0
_MOST_ADDRESSES = 50
# An address is written down again after so long: a log-in seldom has to.
_FRESH_SECONDS = 86_400.0
_KEPT = "known_addresses"


class Known:
    """Knows again who has logged in with the password at hand; after another password, nobody is known."""

    def __init__(self, store: InboxStore, secret: str) -> None:
        """`secret` signs what a browser keeps, and hides addresses in the database."""
        self._store = store
        self._secret = secret

    def browser(self, cookie: str | None, password: str) -> str | None:
        """The id of a browser that was given this cookie; None for any other. `password`: the mark of the password."""
        try:
            found = self._signer(password).loads(cookie or "", max_age=BROWSER_SECONDS)
        except BadSignature:
            return None
        return str(found)

    def cookie(self, browser: str | None, password: str) -> str:
        """What a browser keeps that has just logged in; it keeps its id."""
        return str(self._signer(password).dumps(browser or secrets.token_urlsafe(12)))

    def is_home(self, address: str, password: str) -> bool:
        """Whether somebody has logged in from this address in the last 30 days."""
        return self._addresses().get(self._hash(address, password), 0.0) > time.time() - _ADDRESS_SECONDS

    def remember(self, address: str, password: str) -> None:
        """Notes that somebody has logged in from this address; the 50 last ones are kept, each as a hash."""
        key, at, known = self._hash(address, password), time.time(), self._addresses()
        if at - known.get(key, 0.0) < _FRESH_SECONDS:
            return
        newest = sorted((known | {key: at}).items(), key=lambda item: -item[1])[:_MOST_ADDRESSES]
        self._store.keep(_KEPT, json.dumps({key: when for key, when in newest if when > at - _ADDRESS_SECONDS}))

    def _addresses(self) -> dict[str, float]:
        return dict(json.loads(self._store.kept(_KEPT, lambda: "{}")))

    def _hash(self, address: str, password: str) -> str:
        return sha256(f"{self._secret} {password} {rate_key(address)}".encode()).hexdigest()[:32]

    def _signer(self, password: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=f"known browser {password}")
