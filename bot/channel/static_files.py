"""Serves the widget, the demo page and openapi.json, with ETags and gzip."""

import gzip
import hashlib
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty, raw

from bot.channel.widget_bundle import STATIC, Site, bundle, read_site, sources_of
from bot.responses import Responses
from common.settings import Settings
from common.yaml_files import read_yaml

_API = Path(__file__).parent / "openapi.yml"
_SCRIPT = "text/javascript; charset=utf-8"
_WIDGET_SCRIPT = "widget_script"
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

    @cached_property
    def tag(self) -> str:
        """A weak ETag, because the compressed and the plain response share it."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    @cached_property
    def compressed(self) -> bytes:
        """The body, compressed with gzip."""
        return gzip.compress(self.body, mtime=0)

    @property
    def headers(self) -> dict[str, str]:
        """The headers of each response."""
        return {**_SECURITY, "ETag": self.tag, "Cache-Control": self.kept}

    def answer(self, request: Request) -> HTTPResponse:
        """The response to a request for the file."""
        if self.tag in request.headers.get("if-none-match", ""):
            return empty(304, self.headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers = {**self.headers, "Content-Encoding": "gzip"}
            return raw(self.compressed, headers=headers, content_type=self.media_type)
        return raw(self.body, headers=self.headers, content_type=self.media_type)


def files(site: Site) -> tuple[File, ...]:
    """All files, the widget as one script beside the loader that names it."""
    joined = bundle(site)
    # An older loader may ask for an older script, when several servers are not upgraded at once: it gets this one.
    any_script = File("/<name:widget-[0-9a-f]{16}\\.js>", "any_widget", joined.script, _SCRIPT)
    return (
        File("/widget.js", "widget", joined.loader, _SCRIPT),
        File(f"/{joined.name}", _WIDGET_SCRIPT, joined.script, _SCRIPT, _FOR_GOOD),
        any_script,
        File("/demo", "demo", (STATIC / "demo.html").read_bytes(), "text/html; charset=utf-8"),
        File("/demo.css", "demo_css", (STATIC / "demo.css").read_bytes(), "text/css; charset=utf-8"),
        File("/openapi.json", "openapi", openapi(), "application/json"),
    )


class StaticFiles:
    """What is served of the files; the widget's script changes with the answers."""

    def __init__(self, config: Settings) -> None:
        """Begins with the answers of the files in domain/."""
        self._site = read_site(config.privacy_url, config.accessibility_url)
        self._files = {file.path: file for file in files(self._site)}

    def show(self, responses: Responses) -> None:
        """Tells the widget of other answers than before."""
        self._files = {file.path: file for file in files(replace(self._site, sources=sources_of(responses)))}

    def add_routes(self, blueprint: Blueprint) -> None:
        """Adds the files' routes."""
        for path, file in self._files.items():
            # The path of the widget's script changes with it: the route of any script leads to it.
            if file.name != _WIDGET_SCRIPT:
                blueprint.add_route(self._handler(path), path, methods=["GET"], name=file.name)

    def _handler(self, path: str) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
        async def serve(request: Request, name: str = "") -> HTTPResponse:
            return (self._files.get(f"/{name}") or self._files[path]).answer(request)

        return serve


def openapi() -> bytes:
    """openapi.yml as JSON."""
    return json.dumps(read_yaml(_API), ensure_ascii=False).encode()
