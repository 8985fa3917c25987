"""The Flask application of the page: token in every address, security headers, error pages."""

import hmac
import logging
import traceback
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException

from workbench.inspect.assistant import InspectedAssistant
from workbench.inspect.conversations import Conversations
from workbench.inspect.nearest import Nearest
from workbench.inspect.pages import pages
from workbench.inspect.proxy import chat
from workbench.inspect.review import Review

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_MESSAGES = {
    403: ("Adressen er ikke den rigtige", "Brug den adresse, som script/bot inspect skrev i terminalen."),
    404: ("Siden findes ikke", "Gå tilbage til den adresse, som script/bot inspect skrev i terminalen."),
}
_UNEXPECTED = ("Noget gik galt", "Genindlæs siden. Bliver det ved, så start script/bot inspect igen.")
log = logging.getLogger("inspect")
# Any other host name is one that somebody pointed at this machine (DNS rebinding).
_HOSTS = ("127.0.0.1", "localhost")
_LARGEST_BODY = 1 << 16


def create_app(assistant: InspectedAssistant, nearest: Nearest, review: Review, token: str, dialogues: Path) -> Flask:
    """The page as a WSGI application. `token` is the first part of every path; requests without it get 403."""
    app = Flask(__name__, static_url_path=f"/{token}/static")
    app.config.update(MAX_CONTENT_LENGTH=_LARGEST_BODY)
    conversations = Conversations(assistant)
    app.register_blueprint(pages(assistant, conversations, nearest, review, dialogues), url_prefix=f"/{token}")
    app.register_blueprint(chat(assistant.chat_url, conversations, assistant.stopwatch), url_prefix=f"/{token}")
    app.jinja_env.filters.update(ms=_milliseconds, percent=_percent, width=_width)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    def guard() -> None:
        given = request.path.split("/")[1]
        if request.host.rpartition(":")[0] not in _HOSTS or not hmac.compare_digest(given.encode(), token.encode()):
            abort(403)

    app.before_request(guard)
    app.register_error_handler(Exception, _answer)
    app.after_request(_headers)
    return app


def _answer(error: Exception) -> Any:
    status = error.code if isinstance(error, HTTPException) else 500
    if isinstance(error, HTTPException) and (status is None or status < 400):
        return error
    if not isinstance(error, HTTPException):
        # Not the message: it may hold what was written in the chat.
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error("uventet fejl %s i %s linje %s", type(error).__name__, place.filename, place.lineno)
    heading, text = _MESSAGES.get(status or 500, _UNEXPECTED)
    return render_template("error.html", heading=heading, text=text), status or 500


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The address holds the token.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _milliseconds(value: float | None) -> str:
    """'12 ms', '0,4 ms'; a dash when nothing was measured."""
    if value is None:
        return "–"
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms".replace(".", ",")


def _percent(value: float) -> str:
    """A share as '87 %' or 'under 1 %'."""
    return f"{value * 100:.0f} %" if value >= 0.01 else "under 1 %"


def _width(value: float) -> int:
    """A share as a step from 1 to 20 for a CSS class: the content policy forbids style attributes."""
    return max(1, min(20, round(value * 20)))
