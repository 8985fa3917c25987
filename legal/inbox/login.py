"""The inbox's login: one user, a password, a limited number of guesses.

Staff give their initials, which stand at every change and in the audit trail.
"""

import math
from ipaddress import ip_address
from typing import Any

from flask import Blueprint, Flask, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from common import patterns
from common.addresses import client_address, rate_key
from common.settings import Settings
from legal.inbox.guesses import Guess, Guesses, TooMany, names_of
from legal.inbox.known_browsers import BROWSER_SECONDS, KnownBrowsers
from legal.inbox.password import USER, Busy, PasswordCheck
from legal.inbox.store import InboxStore

# For machines: answers are JSON, without a login.
MACHINE_PATHS = ("/requests", "/schema", "/health")
_LOGIN = {"login.form", "login.enter"}
_INITIALS = patterns.compile(r"[A-ZÆØÅ0-9]{2,10}")
_LONGEST_PASSWORD = 1000


def cookie_name(name: str, https: bool) -> str:
    """A cookie's name; behind https with `__Host-`: no other site or plain connection can set it."""
    return f"__Host-{name}" if https else name


class _Login:
    """The views of the login."""

    def __init__(self, store: InboxStore, config: Settings, secret: str) -> None:
        self._store = store
        self._config = config
        self._password = PasswordCheck(store)
        self._known = KnownBrowsers(store, secret)
        self._guesses = Guesses()
        self._cookie = cookie_name("indbakke-kendt", config.inbox_https)

    def form(self) -> Any:
        if g.who:
            return redirect(url_for("pages.inbox"))
        return _page(200)

    def enter(self) -> Any:
        who = request.form.get("initials", "").strip().upper()
        if not _INITIALS.fullmatch(who):
            return _page(422, nameless=True, initials=who[:10])
        mark = self._password.mark()
        browser = self._known.browser(request.cookies.get(self._cookie), mark)
        try:
            guess = self._count(browser, mark, who)
            fits = self._fits(guess)
        except TooMany as many:
            return _wait(many.seconds, who)
        except Busy:
            return _page(503, busy=True, initials=who)
        if not fits:
            self._store.trail.add(who, "forsøgte at logge ind med forkert adgangskode")
            return _page(401, wrong=True, initials=who)
        self._guesses.give_back(guess)
        return self._welcome(who, mark, browser)

    def leave(self) -> Any:
        self._store.sessions.close(session.get("key", ""))
        self._store.trail.add(g.who, "loggede ud")
        session.clear()
        return redirect(url_for("login.form"))

    def check(self) -> Any:
        """Runs before every request: sets `g.who`, or redirects to the login."""
        g.who = None
        if request.path in MACHINE_PATHS or request.endpoint == "static":
            return None
        key = session.get("key")
        g.who = self._store.sessions.who(key, self._password.mark()) if key else None
        if g.who or request.endpoint in _LOGIN:
            return None
        if request.method == "GET" and request.endpoint and request.endpoint.startswith("pages."):
            # In the signed cookie, not in the address: no link can choose where a login leads.
            session["wanted"] = request.path
        return redirect(url_for("login.form"))

    def _address(self) -> str:
        """The client's address; behind a proxy of `INBOX_PROXY` the one that the proxy saw."""
        peer = client_address(request.remote_addr or "", (), 0)
        named = any(ip_address(peer) in network for network in self._config.inbox_proxy)
        return client_address(peer, request.headers.getlist("X-Forwarded-For"), 1 if named else 0)

    def _count(self, browser: str | None, mark: str, who: str) -> Guess:
        address = self._address()
        known_address = not browser and self._known.knows_address(address, mark)
        return self._guesses.take(names_of(browser, rate_key(address), known_address, who))

    def _fits(self, guess: Guess) -> bool:
        try:
            return self._password.fits(
                request.form.get("username", ""), request.form.get("password", "")[:_LONGEST_PASSWORD]
            )
        except Busy:
            self._guesses.give_back(guess)
            raise

    def _welcome(self, who: str, mark: str, browser: str | None) -> Response:
        wanted = session.get("wanted", url_for("pages.inbox"))
        session.clear()
        session["key"] = self._store.sessions.open(who, mark)
        session.permanent = True
        self._store.trail.add(who, "loggede ind")
        self._known.remember(self._address(), mark)
        answer = redirect(wanted)
        answer.set_cookie(
            self._cookie,
            self._known.cookie(browser, mark),
            max_age=BROWSER_SECONDS,
            secure=self._config.inbox_https,
            httponly=True,
            samesite="Strict",
        )
        return answer


def _page(status: int, **shown: Any) -> Response:
    return make_response(render_template("login.html", user=USER, **shown), status)


def _wait(seconds: int, who: str) -> Response:
    minutes = math.ceil(seconds / 60)
    answer = _page(429, wait="et minut" if minutes == 1 else f"{minutes} minutter", initials=who)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def guard(app: Flask, store: InboxStore, config: Settings) -> None:
    """Adds the login pages, and closes all other pages to those who are not logged in."""
    login = _Login(store, config, str(app.secret_key))
    blueprint = Blueprint("login", __name__)
    blueprint.add_url_rule("/log-ind", "form", login.form)
    blueprint.add_url_rule("/log-ind", "enter", login.enter, methods=["POST"])
    blueprint.add_url_rule("/log-ud", "leave", login.leave, methods=["POST"])
    app.register_blueprint(blueprint)
    app.before_request(login.check)
