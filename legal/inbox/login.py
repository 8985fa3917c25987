"""Jura's room: the log-in that guards the inbox's pages: one user, a hashed password, throttled guesses.

Who logs in says their initials; they stand at every change and in the audit trail.
"""

import os
import secrets
from hashlib import sha256
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import Blueprint, Flask, Response, g, redirect, render_template, request, session, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from common import patterns
from common.settings import SettingsError
from legal.inbox.store import InboxStore

USER = "jura"
PASSWORD_SETTING = "INBOX_PASSWORD"
SHORTEST_PASSWORD = 12
_MACHINES = {"receiving.receive", "receiving.schema", "health", "static"}
_LOGIN = {"login.form", "login.enter"}
_INITIALS = patterns.compile(r"[A-ZÆØÅ0-9]{2,10}")
_GUESSES = "5/minute;30/hour"
# Without letters and digits that look alike: it is copied by hand from a terminal.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
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
        if not _matches(store.kept("password", lambda: _hasher.hash(chosen)), chosen):
            store.keep("password", _hasher.hash(chosen))
        return None
    shown: list[str] = []

    def make() -> str:
        shown.append("-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4)))
        return _hasher.hash(shown[0])

    store.kept("password", make)
    return shown[0] if shown else None


class _Keyhole:
    """Compares what was typed with what is kept, and knows which password a session was opened with."""

    def __init__(self, store: InboxStore) -> None:
        self._store = store

    def _kept(self) -> str:
        return self._store.kept("password", lambda: _hasher.hash(secrets.token_urlsafe()))

    def mark(self) -> str:
        """Changes with the password, so that a new one ends all sessions."""
        return sha256(self._kept().encode()).hexdigest()[:16]

    def fits(self, user: str, password: str) -> bool:
        """Takes as long for a wrong user as for a wrong password."""
        fits = _matches(self._kept(), password)
        return fits and user.strip().lower() == USER


def guard(app: Flask, store: InboxStore) -> None:
    """Adds the log-in pages, and closes every other page to those who are not logged in."""
    keyhole = _Keyhole(store)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    blueprint = Blueprint("login", __name__)

    def form() -> str | Any:
        if g.who:
            return redirect(url_for("pages.inbox"))
        return render_template("login.html", user=USER)

    def enter() -> Any:
        who = request.form.get("initials", "").strip().upper()
        if not _INITIALS.fullmatch(who):
            return render_template("login.html", user=USER, nameless=True, initials=who[:10]), 422
        if not keyhole.fits(request.form.get("username", ""), request.form.get("password", "")[:1000]):
            store.trail.add(who, "forsøgte at logge ind med forkert adgangskode")
            return render_template("login.html", user=USER, wrong=True, initials=who), 401
        wanted = session.get("wanted", url_for("pages.inbox"))
        session.clear()
        session["key"] = store.sessions.open(who, keyhole.mark())
        session.permanent = True
        store.trail.add(who, "loggede ind")
        return redirect(wanted)

    def leave() -> Any:
        store.sessions.close(session.get("key", ""))
        store.trail.add(g.who, "loggede ud")
        session.clear()
        return redirect(url_for("login.form"))

    def _failed(response: Response) -> bool:
        return response.status_code == 401

    guarded = limiter.limit(_GUESSES, deduct_when=_failed)(enter)
    blueprint.add_url_rule("/log-ind", "form", form)
    blueprint.add_url_rule("/log-ind", "enter", guarded, methods=["POST"])
    blueprint.add_url_rule("/log-ud", "leave", leave, methods=["POST"])
    app.register_blueprint(blueprint)

    def check() -> Any:
        g.who = None
        if request.endpoint in _MACHINES:
            return None
        key = session.get("key")
        g.who = store.sessions.who(key, keyhole.mark()) if key else None
        if g.who or request.endpoint in _LOGIN:
            return None
        if request.method == "GET" and request.endpoint and request.endpoint.startswith("pages."):
            # Kept in the signed cookie, not in the address, so that nobody can choose where a log-in leads.
            session["wanted"] = request.path
        return redirect(url_for("login.form"))

    app.before_request(check)
