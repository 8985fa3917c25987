"""Which sites may embed the chat (CHAT_ORIGINS), told to browsers by CORS."""

from urllib.parse import urlsplit

from sanic import Request
from sanic.response import HTTPResponse

from bot.channel.refusals import Refusal, unknown_origin

# What a browser asks before it lets another site's page use the chat.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


def check_origin(request: Request, allowed: tuple[str, ...]) -> str | None:
    """The origin that a browser names, when it is another site's; raises the 403 Refusal for an unknown one."""
    origin = request.headers.get("origin")
    # Our own demo page names its own server; programs that are no browser name none.
    if origin is None or _site(origin) == request.headers.get("host"):
        return None
    if origin not in allowed:
        raise unknown_origin()
    return origin


def _site(origin: str) -> str | None:
    """Host and port of an origin; None where it is no address."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def allow(response: HTTPResponse, origin: str | None) -> HTTPResponse:
    """Lets the page at `origin` read the response."""
    response.headers["Vary"] = "Origin"
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


def allow_known(response: HTTPResponse, request: Request, allowed: tuple[str, ...]) -> HTTPResponse:
    """Lets a page that may embed the chat read an answer that was given before any address was found."""
    response.headers["Cache-Control"] = "no-store"
    try:
        return allow(response, check_origin(request, allowed))
    except Refusal:
        return allow(response, None)
