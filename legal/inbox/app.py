"""The inbox's Flask application: receiving, pages, login, error pages, security headers."""

import logging
import secrets
import traceback
from datetime import timedelta
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from common.settings import Settings
from legal import labels
from legal.inbox.export import export_blueprint
from legal.inbox.login import MACHINE_PATHS, cookie_name, guard
from legal.inbox.pages import pages_blueprint
from legal.inbox.receive import LARGEST_REQUEST, receive_blueprint
from legal.inbox.sessions import LONGEST_SECONDS
from legal.inbox.store import InboxStore

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_MESSAGES = {
    400: ("Siden var for gammel", "Gå tilbage, genindlæs siden, og prøv igen."),
    404: ("Siden findes ikke", "Der er ingen anmodning eller side på denne adresse. Se efter, om adressen er rigtig."),
    405: ("Det kan man ikke her", "Gå til listen, og prøv derfra."),
    413: ("Det fylder for meget", "Send en kortere tekst."),
    429: ("For mange forsøg", "Vent et minut, og prøv igen."),
    503: (
        "Indbakken kan ikke nå sine data",
        "Prøv igen om lidt. Bliver det ved, så tal med den, der driver indbakken.",
    ),
}
_UNEXPECTED = ("Noget gik galt", "Prøv igen om lidt. Bliver det ved, så tal med den, der driver indbakken.")

log = logging.getLogger("indbakke")


def _answer(status: int) -> Any:
    """An error as a page, or as JSON for the machines that post."""
    heading, text = _MESSAGES.get(status, _UNEXPECTED)
    if request.path in MACHINE_PATHS:
        return jsonify({"status": "error", "error": f"{heading}. {text}", "problems": []}), status
    return render_template("error.html", heading=heading, text=text, known=bool(g.get("who"))), status


def _http_error(error: HTTPException) -> Any:
    if error.response is not None or not error.code or error.code < 400:
        return error
    return _answer(error.code)


def _database_error(error: SQLAlchemyError) -> Any:
    log.error("databasen svarer ikke (%s)", type(error).__name__)
    return _answer(503)


def _unexpected(error: Exception) -> Any:
    # Not the error's message: it may hold what a citizen wrote.
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("uventet fejl %s i %s linje %s", type(error).__name__, place.name, place.lineno)
    return _answer(500)


def _headers(response: Response) -> Response:
    """Adds the security headers to every answer; with https also HSTS."""
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def create_app(store: InboxStore, config: Settings) -> Flask:
    """The inbox as a WSGI application over a store, which also keeps the session secret."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=store.kept("session_secret", lambda: secrets.token_hex(32)),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_NAME=cookie_name("indbakke", config.inbox_https),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.inbox_https,
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=LONGEST_SECONDS),
        WTF_CSRF_TIME_LIMIT=None,
        # The token in the host's own cookie is enough. Behind a proxy that changes the Host header, a check of the
        # Referer would keep everybody from logging in.
        WTF_CSRF_SSL_STRICT=False,
    )
    csrf = CSRFProtect(app)

    def health() -> Response:
        store.count()  # Answers 503 if the database does not work.
        return jsonify({"status": "ok"})

    guard(app, store, config)
    for_machines = receive_blueprint(store, config)
    csrf.exempt(for_machines)
    app.register_blueprint(for_machines)
    departments = labels.load_departments()
    app.register_blueprint(pages_blueprint(store, departments))
    app.register_blueprint(export_blueprint(store, departments))
    app.jinja_env.globals["states"] = labels.STATES
    app.jinja_env.globals["types"] = labels.TYPES
    app.add_url_rule("/health", "health", health)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SQLAlchemyError, _database_error)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(_headers)
    return app
