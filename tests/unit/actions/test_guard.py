"""The action server answers only callers with the secret, and no web page."""

import json
from pathlib import Path
from socket import create_connection
from typing import Any

import pytest
from action_server import FORGED, PAGE, SECRET, ActionServer, call, refused


def test_a_call_as_rasa_makes_it_is_answered(server: ActionServer) -> None:
    answer = server.run(call({}, "action_affirm"))
    assert answer.status_code == 200
    assert [said["response"] for said in answer.json()["responses"]] == ["utter_affirm"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain", **PAGE},
        {"Content-Type": "text/plain;charset=UTF-8"},
        {"Content-Type": "application/json", **PAGE},
        {"Content-Type": "application/json"},
    ],
)
def test_a_forged_conversation_sends_nothing_to_jura(server: ActionServer, headers: dict[str, str]) -> None:
    answer = server.ask("POST", "/webhook", None, data=json.dumps(FORGED).encode(), headers=headers)
    refused(answer, 403 if "Origin" in headers else 401)
    assert not server.stored()


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {SECRET[:-1]}",
        f"Bearer {SECRET}x",
        f"Bearer {SECRET.upper()}",
        f"Basic {SECRET}",
        SECRET,
        "Bearer æøå".encode(),
    ],
)
def test_without_the_secret_no_action_runs(server: ActionServer, authorization: Any) -> None:
    refused(
        server.run(call({}, "action_affirm"), None, **({"Authorization": authorization} if authorization else {})), 401
    )


def test_a_secret_in_the_url_is_refused(server: ActionServer) -> None:
    body = call({}, "action_affirm")
    refused(server.ask("POST", f"/webhook?token={SECRET}&ACTION_SECRET={SECRET}", None, json=body), 401)


def test_a_secret_in_a_second_authorization_header_is_refused(server: ActionServer) -> None:
    body = json.dumps(call({}, "action_affirm")).encode()
    head = (
        f"POST /webhook HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer x\r\nAuthorization: Bearer {SECRET}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    with create_connection(("127.0.0.1", server.port), 10) as raw:
        raw.sendall(head.encode() + body)
        assert raw.makefile("rb").readline().startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/actions"),
        ("GET", "/"),
        ("GET", "/nothing"),
        ("GET", "/webhook"),
        ("POST", "/health"),
        ("DELETE", "/outbox"),
    ],
)
def test_without_the_secret_every_url_answers_401(server: ActionServer, method: str, path: str) -> None:
    refused(server.ask(method, path, None), 401)


@pytest.mark.parametrize("path", ["/webhook", "/health", "/outbox", "/actions"])
@pytest.mark.parametrize("secret", [None, SECRET])
def test_a_page_is_allowed_nothing(server: ActionServer, path: str, secret: str | None) -> None:
    asks = {**PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for method in ("OPTIONS", "GET", "POST"):
        refused(server.ask(method, path, secret, headers=asks), 403)
    for origin in ("null", "http://127.0.0.1:5005", server.url):
        refused(server.ask("GET", path, secret, headers={"Origin": origin}), 403)
    # Without an origin it is no preflight, and gets no permission either.
    answer = server.ask("OPTIONS", path, SECRET)
    refused(answer, 405)


@pytest.mark.parametrize("path", ["/health", "/outbox"])
def test_health_needs_no_secret(server: ActionServer, path: str) -> None:
    answer = server.ask("GET", path, None)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_actions_are_listed_with_the_secret(server: ActionServer) -> None:
    listed = {one["name"] for one in server.ask("GET", "/actions").json()}
    assert {"validate_request_form", "action_affirm"} <= listed


@pytest.mark.parametrize(
    "host", ["ond.example", "ond.example:5055", "127.0.0.1.ond.example", "", "[", "127.0.0.1@ond.example"]
)
@pytest.mark.parametrize("path", ["/health", "/outbox", "/actions"])
def test_another_name_for_this_machine_is_refused(server: ActionServer, host: str, path: str) -> None:
    refused(server.ask("GET", path, headers={"Host": host}), 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:5055", "LOCALHOST", "[::1]:5055"])
def test_the_machines_own_host_names_are_accepted(server: ActionServer, host: str) -> None:
    assert server.ask("GET", "/outbox", None, headers={"Host": host}).status_code == 200


def test_for_other_machines_it_starts_with_a_chosen_secret_alone(tmp_path: Path) -> None:
    with_none = ActionServer(tmp_path, ACTION_HOST="0.0.0.0", ACTION_SECRET="")
    with pytest.raises(AssertionError, match=r"ACTION_HOST='0\.0\.0\.0': .*sæt ACTION_SECRET \(mindst 32 tegn\)"):
        with_none.start()
    server = ActionServer(tmp_path, ACTION_HOST="0.0.0.0")
    server.start()
    try:
        # Host names are not checked then; the secret is.
        named = {"Host": "handlinger.intern"}
        assert server.ask("GET", "/health", None, headers=named).status_code == 200
        assert server.run(call({}, "action_affirm"), **named).status_code == 200
        refused(server.run(FORGED, None, **named), 401)
        refused(server.run(FORGED, **named, **PAGE), 403)
        assert not server.stored()
    finally:
        server.close()
