"""Serves the widget, the demo page and openapi.json, with ETags and gzip."""

import gzip
import hashlib
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty, raw

from bot.channel.widget_bundle import STATIC, Site, bundle, read_site
from common.settings import settings

_API = Path(__file__).parent / "openapi.yml"
_SCRIPT = "text/javascript; charset=utf-8"
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
# Of what has its content in its name.
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


@dataclass(frozen=True)
class File:
    """A file to serve at `path`; `kept` is its Cache-Control."""

    path: str
    name: str
    body: bytes
    media_type: str
    kept: str = _ASK_EACH_TIME

    @property
    def tag(self) -> str:
        """A weak ETag, because the compressed and the plain response share it."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    @property
    def headers(self) -> dict[str, str]:
        """The headers of each response."""
        return {**_SECURITY, "ETag": self.tag, "Cache-Control": self.kept}


def files(site: Site) -> tuple[File, ...]:
    """All files, the widget as one script beside the loader that names it."""
    joined = bundle(site)
    # An older loader may ask for an older script, when several servers are not upgraded at once: it gets this one.
    any_script = File("/<name:widget-[0-9a-f]{16}\\.js>", "any_widget", joined.script, _SCRIPT)
    return (
        File("/widget.js", "widget", joined.loader, _SCRIPT),
        File(f"/{joined.name}", "widget_script", joined.script, _SCRIPT, _FOR_GOOD),
        any_script,
        File("/demo", "demo", (STATIC / "demo.html").read_bytes(), "text/html; charset=utf-8"),
        File("/demo.css", "demo_css", (STATIC / "demo.css").read_bytes(), "text/css; charset=utf-8"),
        File("/openapi.json", "openapi", openapi(), "application/json"),
    )


def add_routes(blueprint: Blueprint) -> None:
    """Adds a route for each file."""
    config = settings()
    for file in files(read_site(config.privacy_url, config.accessibility_url)):
        blueprint.add_route(_handler(file), file.path, methods=["GET"], name=file.name)


def openapi() -> bytes:
    """openapi.yml as JSON."""
    return json.dumps(yaml.safe_load(_API.read_text(encoding="utf-8")), ensure_ascii=False).encode()


def _handler(file: File) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
    tag, headers, compressed = file.tag, file.headers, gzip.compress(file.body, mtime=0)

    async def serve(request: Request, name: str = "") -> HTTPResponse:
        if tag in request.headers.get("if-none-match", ""):
            return empty(304, headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return raw(compressed, headers={**headers, "Content-Encoding": "gzip"}, content_type=file.media_type)
        return raw(file.body, headers=headers, content_type=file.media_type)

    return serve
