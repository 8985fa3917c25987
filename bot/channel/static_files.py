"""Serves the widget's modules, the demo page and openapi.json, with ETags and gzip."""

import gzip
import hashlib
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import yaml
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty, raw

from common import patterns
from common.settings import settings

_STATIC = Path(__file__).parent / "static"
_API = Path(__file__).parent / "openapi.yml"
_MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Any site may load the widget; CHAT_ORIGINS decides which of them may use the chat.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
}
# Comments on lines of their own; they are a third of the bytes.
_COMMENT = patterns.compile(r"^[ \t]*(?://[^\n]*+|/\*\*.*?\*/)[ \t]*\n", patterns.MULTILINE | patterns.DOTALL)


def add_routes(blueprint: Blueprint) -> None:
    """Adds a route for each file."""
    links = links_module(settings().privacy_url, settings().accessibility_url)
    for file in sorted(_STATIC.iterdir()):
        if file.suffix in _MEDIA_TYPES:
            path = "/demo" if file.name == "demo.html" else f"/{file.name}"
            body = links if file.name == "links.js" else content(file.name)
            handler = _handler(body, _MEDIA_TYPES[file.suffix])
            blueprint.add_route(handler, path, methods=["GET"], name=file.name.replace(".", "_"))
    blueprint.add_route(_handler(openapi(), "application/json"), "/openapi.json", methods=["GET"], name="openapi")


def openapi() -> bytes:
    """openapi.yml as JSON."""
    return json.dumps(yaml.safe_load(_API.read_text(encoding="utf-8")), ensure_ascii=False).encode()


def content(name: str) -> bytes:
    """A file of static/; JavaScript modules without their comments."""
    body = (_STATIC / name).read_text(encoding="utf-8")
    return (_COMMENT.sub("", body) if name.endswith(".js") else body).encode()


def links_module(privacy: str | None, accessibility: str | None) -> bytes:
    """static/links.js with these URLs in place of its nulls."""
    return f"export const links = {json.dumps({'privacy': privacy, 'accessibility': accessibility})};\n".encode()


def _handler(body: bytes, media_type: str) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
    # A weak ETag, because the compressed and the plain response share it.
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {**_SECURITY, "ETag": tag, "Cache-Control": "no-cache"}
    compressed = gzip.compress(body, mtime=0)

    async def serve(request: Request) -> HTTPResponse:
        if tag in request.headers.get("if-none-match", ""):
            return empty(304, headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return raw(compressed, headers={**headers, "Content-Encoding": "gzip"}, content_type=media_type)
        return raw(body, headers=headers, content_type=media_type)

    return serve
