"""Remembers browsers and addresses from which somebody has logged in, so that others' guesses do not lock them out."""

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
# A known address is stored again after so long, not at each login.
_FRESH_SECONDS = 86_400.0
_KEPT = "known_addresses"


class KnownBrowsers:
    """Browsers and addresses known for the present password; a new password forgets them all."""

    def __init__(self, store: InboxStore, secret: str) -> None:
        """`secret` signs the browsers' cookies and hashes addresses."""
        self._store = store
        self._secret = secret

    def browser(self, cookie: str | None, password: str) -> str | None:
        """The id in a browser's cookie; None if it is not valid. `password`: the password's mark (password.py)."""
        try:
            found = self._signer(password).loads(cookie or "", max_age=BROWSER_SECONDS)
        except BadSignature:
            return None
        return str(found)

    def cookie(self, browser: str | None, password: str) -> str:
        """The cookie for a browser that has just logged in; it keeps its id."""
        return str(self._signer(password).dumps(browser or secrets.token_urlsafe(12)))

    def knows_address(self, address: str, password: str) -> bool:
        """Whether somebody has logged in from this address in the last 30 days."""
        return self._addresses().get(self._hash(address, password), 0.0) > time.time() - _ADDRESS_SECONDS

    def remember(self, address: str, password: str) -> None:
        """Stores a hash of this address; the 50 latest are kept."""
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
