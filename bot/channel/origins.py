"""Bot room, channel: which sites may embed the chat (CHAT_ORIGINS), told to browsers by CORS."""

from urllib.parse import urlsplit

from sanic import Request
from sanic.response import HTTPResponse

from bot.channel.refusals import unknown_origin


def check_origin(request: Request, allowed: tuple[str, ...]) -> str | None:
    """The origin that a browser names, when it is another site's; raises the 403 Refusal for an unknown one."""
    origin = request.headers.get("origin")
    # Our own demo page names its own server; programs that are no browser name none.
    if origin is None or urlsplit(origin).netloc == request.headers.get("host"):
        return None
    if origin not in allowed:
        raise unknown_origin()
    return origin


def allow(response: HTTPResponse, origin: str | None) -> HTTPResponse:
    """Lets the page at `origin` read the response."""
    response.headers["Vary"] = "Origin"
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response
