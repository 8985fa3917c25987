"""Proxies the chat under the page's address, so that the token protects it too."""

import json
import time
from urllib.parse import quote

import requests
from flask import Blueprint, Response, request

from workbench.inspect.conversations import Conversations
from workbench.inspect.stopwatch import Stopwatch

_PATIENCE_SECONDS = 60
_REQUEST_HEADERS = ("Authorization", "Content-Type", "If-None-Match")
_ANSWER_HEADERS = ("Content-Type", "ETag", "Cache-Control", "Retry-After")


def chat(chat_url: str, conversations: Conversations, stopwatch: Stopwatch) -> Blueprint:
    """/samtale/<number>/chat/...: a path for each conversation, since the widget keeps its session by address."""
    blueprint = Blueprint("chat", __name__)
    http = requests.Session()
    http.trust_env = False

    def forward(number: int, path: str) -> Response:
        headers = {name: request.headers[name] for name in _REQUEST_HEADERS if name in request.headers}
        body = request.get_data()
        started = time.perf_counter()
        answer = http.request(
            request.method, f"{chat_url}/{quote(path)}", data=body, headers=headers, timeout=_PATIENCE_SECONDS
        )
        milliseconds = (time.perf_counter() - started) * 1000
        if answer.ok and request.method == "POST":
            if path == "sessions":
                conversations.opened(number, answer.json()["session"])
            elif path == "messages":
                stopwatch.arrived(str(json.loads(body).get("id")), milliseconds)
        back = {name: answer.headers[name] for name in _ANSWER_HEADERS if name in answer.headers}
        return Response(answer.content, answer.status_code, headers=back)

    # GET at the chat's own address: whether the assistant is paused.
    address = "/samtale/<int:number>/chat/"
    blueprint.add_url_rule(address, defaults={"path": ""}, view_func=forward, methods=["GET"])
    blueprint.add_url_rule(f"{address}<path>", view_func=forward, methods=["GET", "POST", "DELETE"])
    return blueprint
