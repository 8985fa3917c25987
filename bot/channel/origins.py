"""CORS: which sites may embed the chat (CHAT_ORIGINS)."""

from urllib.parse import urlsplit

from sanic import Request
from sanic.response import HTTPResponse

from bot.channel.refusals import Refusal, unknown_origin

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


def check_origin(request: Request, allowed: tuple[str, ...]) -> str | None:
    """The Origin header of a cross-site request, None for any other; raises the 403 Refusal for an unknown origin."""
    origin = request.headers.get("origin")
    # The demo page sends this server's own origin; programs other than browsers send none.
    if origin is None or _site(origin) == request.headers.get("host"):
        return None
    if origin not in allowed:
        raise unknown_origin()
    return origin


def _site(origin: str) -> str | None:
    """Host and port of an origin; None when it is not a URL."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def allow(response: HTTPResponse, origin: str | None) -> HTTPResponse:
    """Adds the headers that let the page at `origin` read the response."""
    response.headers["Vary"] = "Origin"
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


def allow_known(response: HTTPResponse, request: Request, allowed: tuple[str, ...]) -> HTTPResponse:
    """`allow` for errors outside the chat's own handlers; an unknown origin gets no access and raises nothing."""
    response.headers["Cache-Control"] = "no-store"
    try:
        return allow(response, check_origin(request, allowed))
    except Refusal:
        return allow(response, None)
