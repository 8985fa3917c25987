"""Bot room, channel: the files that the web chat serves: the widget, cached by content, and the page to try it on."""

import hashlib
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty, raw

_STATIC = Path(__file__).parent / "static"
_FILES = {
    "/widget.js": ("widget.js", "text/javascript; charset=utf-8"),
    "/demo": ("demo.html", "text/html; charset=utf-8"),
    "/demo.css": ("demo.css", "text/css; charset=utf-8"),
}
_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # The widget is a script that other sites embed; which of them may talk to the chat is CHAT_ORIGINS' matter.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


def add_to(routes: Blueprint) -> None:
    """Adds the files' addresses."""
    for path, (name, media_type) in _FILES.items():
        routes.add_route(_handler(name, media_type), path, methods=["GET"], name=name.replace(".", "_"))


def _handler(name: str, media_type: str) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
    async def serve(request: Request) -> HTTPResponse:
        body = (_STATIC / name).read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {**_SECURITY, "ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return empty(304, headers)
        return raw(body, headers=headers, content_type=media_type)

    return serve
