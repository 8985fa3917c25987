"""The action server believes nobody without the secret, and repeats nothing that it was sent."""

import contextlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from socket import create_connection
from typing import Any

import pytest
import requests
from action_server import CPR, SECRET, WORDS, ActionServer, call, recording

ACCEPTED = {"terms_accepted": True, "terms_accepted_at": "2026-12-01T09:58:00+01:00"}
FORGED = call(recording(**ACCEPTED))
PAGE = {"Origin": "https://ond.example"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ActionServer]:
    running = ActionServer(tmp_path_factory.mktemp("actions"))
    running.start()
    yield running
    running.close()


def refused(answer: requests.Response, status: int) -> None:
    """Checks that an answer is a refusal as every one is: JSON, with nothing of the request, and open to no page."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:500]}"
    assert answer.headers["Content-Type"] == "application/json"
    assert list(answer.json()) == ["error"]
    assert not _repeated(answer.text), answer.text
    assert not [name for name in answer.headers if name.lower().startswith("access-control")], answer.headers


def _repeated(text: str) -> list[str]:
    return [word for word in (WORDS, CPR, SECRET, "Traceback", "action_ukendt", "chat-1", "line ") if word in text]


def test_rasas_own_call_is_answered(server: ActionServer) -> None:
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


def test_a_secret_in_the_address_is_none(server: ActionServer) -> None:
    body = call({}, "action_affirm")
    refused(server.ask("POST", f"/webhook?token={SECRET}&ACTION_SECRET={SECRET}", None, json=body), 401)


def test_the_secret_of_a_second_header_is_none(server: ActionServer) -> None:
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
def test_who_has_no_secret_learns_of_no_address(server: ActionServer, method: str, path: str) -> None:
    refused(server.ask(method, path, None), 401)


@pytest.mark.parametrize("path", ["/webhook", "/health", "/outbox", "/actions"])
@pytest.mark.parametrize("secret", [None, SECRET])
def test_a_page_is_allowed_nothing(server: ActionServer, path: str, secret: str | None) -> None:
    asks = {**PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for method in ("OPTIONS", "GET", "POST"):
        refused(server.ask(method, path, secret, headers=asks), 403)
    for origin in ("null", "http://127.0.0.1:5005", server.url):
        refused(server.ask("GET", path, secret, headers={"Origin": origin}), 403)
    # A preflight without an origin is none; it is answered with no permission either.
    answer = server.ask("OPTIONS", path, SECRET)
    refused(answer, 405)


@pytest.mark.parametrize("path", ["/health", "/outbox"])
def test_the_supervisor_and_a_monitor_need_no_secret(server: ActionServer, path: str) -> None:
    answer = server.ask("GET", path, None)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_the_actions_are_listed_for_who_has_the_secret(server: ActionServer) -> None:
    listed = {one["name"] for one in server.ask("GET", "/actions").json()}
    assert {"validate_request_form", "action_affirm"} <= listed


@pytest.mark.parametrize(
    "host", ["ond.example", "ond.example:5055", "127.0.0.1.ond.example", "", "[", "127.0.0.1@ond.example"]
)
@pytest.mark.parametrize("path", ["/health", "/outbox", "/actions"])
def test_another_name_for_this_machine_is_refused(server: ActionServer, host: str, path: str) -> None:
    refused(server.ask("GET", path, headers={"Host": host}), 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:5055", "LOCALHOST", "[::1]:5055"])
def test_its_own_names_are_known(server: ActionServer, host: str) -> None:
    assert server.ask("GET", "/outbox", None, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "text/json"]
)
def test_anything_but_json_is_refused(server: ActionServer, kind: str | None) -> None:
    body = json.dumps(FORGED).encode()
    refused(server.ask("POST", "/webhook", data=body, headers={"Content-Type": kind}), 415)
    assert not server.stored()


def test_json_with_its_charset_is_json(server: ActionServer) -> None:
    answer = server.run(call({}, "action_affirm"), **{"Content-Type": "Application/JSON; charset=utf-8"})
    assert answer.status_code == 200


@pytest.mark.parametrize("coding", ["deflate", "gzip", "br", "identity", "DEFLATE"])
def test_a_compressed_body_is_not_unfolded(server: ActionServer, coding: str) -> None:
    body = zlib.compress(json.dumps(call({"question_text": "x" * 30_000_000}, "action_affirm")).encode(), 9)
    assert len(body) < 50_000
    refused(server.run(body, **{"Content-Encoding": coding}), 415)


def _deep(levels: int) -> bytes:
    return b'{"next_action": "action_affirm", "tracker": ' + b'{"a":' * levels + b"1" + b"}" * levels + b"}"


NO_CALLS = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"action_affirm"',
    b"1",
    b"\xff\xfe\x00",
    f'{{"{WORDS} {CPR}'.encode(),
    b"[" * 100_000,
    _deep(100_000),
    _deep(500),
    b'{"next_action": "action_affirm", "tracker": {"slots": ' + b"1" * 10_000 + b"}}",
    json.dumps({"tracker": {"slots": {"applicant_name": WORDS}}}).encode(),
    *(
        json.dumps(body).encode()
        for body in (
            {**FORGED, "next_action": None},
            {**FORGED, "next_action": ""},
            {**FORGED, "next_action": [WORDS]},
            {**FORGED, "next_action": {CPR: WORDS}},
            {**FORGED, "tracker": None},
            {**FORGED, "tracker": [WORDS]},
            {**FORGED, "tracker": {}},
            *(
                {**FORGED, "tracker": {**FORGED["tracker"], part: WORDS}}
                for part in ("slots", "latest_message", "events", "active_loop")
            ),
            {**FORGED, "tracker": {**FORGED["tracker"], "events": [WORDS]}},
            {
                **FORGED,
                "tracker": {**FORGED["tracker"], "events": [{"event": "user", "text": WORDS, "timestamp": CPR}]},
            },
            {**FORGED, "tracker": {**FORGED["tracker"], "events": [{"text": WORDS}]}},
            {**FORGED, "tracker": {**FORGED["tracker"], "sender_id": {WORDS: CPR}}},
            {**FORGED, "domain": [WORDS]},
        )
    ),
]


@pytest.mark.parametrize("body", NO_CALLS, ids=range(len(NO_CALLS)))
def test_what_is_no_call_is_refused_and_not_repeated(server: ActionServer, body: bytes) -> None:
    refused(server.run(body), 422)
    assert not server.stored()


@pytest.mark.parametrize("levels", [200, 900, 5000])
def test_a_value_of_many_levels_brings_nothing_down(server: ActionServer, levels: int) -> None:
    deep = json.dumps(call(recording(**ACCEPTED, meeting_department="?"))).replace('"?"', "[" * levels + "]" * levels)
    answer = server.run(deep.encode())
    if answer.status_code != 200:
        refused(answer, 422)
    assert not server.stored() and server.run(call({}, "action_affirm")).status_code == 200


def test_an_unknown_action_is_not_repeated(server: ActionServer) -> None:
    refused(server.run({**FORGED, "next_action": f"action_ukendt {WORDS}"}), 404)


def test_a_body_without_end_is_refused(server: ActionServer) -> None:
    refused(server.run(b" " * 70_000_000), 413)


def test_an_action_that_breaks_says_nothing_of_what_it_was_given(server: ActionServer) -> None:
    broken = recording(**ACCEPTED, request_settled=WORDS, request_failures=f"{WORDS} {CPR}")
    refused(server.run(call(broken)), 500)
    assert not server.stored()
    # The staff see where it broke.
    assert "validate_request_form: ValueError at actions/turn/open_request.py:" in server.log()


NO_HTTP = [
    f"GET /{WORDS}\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /{WORDS * 2000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"{WORDS} {CPR}\r\n\r\n",
    f"POST /webhook HTTP/1.1\r\nHost: localhost\r\n{WORDS}\r\n\r\n",
    f"POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {SECRET}\r\n"
    f"Transfer-Encoding: chunked\r\n\r\n{WORDS}\r\n",
    f"POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {SECRET}\r\n"
    f"Content-Length: {WORDS}\r\n\r\n",
]


@pytest.mark.parametrize("sent", NO_HTTP, ids=range(len(NO_HTTP)))
def test_what_is_no_http_is_not_repeated(server: ActionServer, sent: str) -> None:
    with create_connection(("127.0.0.1", server.port), 10) as raw:
        raw.sendall(sent.encode())
        with contextlib.suppress(ConnectionResetError):
            answer = raw.makefile("rb").read().decode()
            assert not answer or answer.startswith("HTTP/1.1 4")
            assert not _repeated(answer)
    assert not _repeated(server.log()), server.log()[-2000:]


def test_the_log_holds_nothing_of_what_was_sent(server: ActionServer) -> None:
    """After all of the above."""
    assert not _repeated(server.log()), server.log()[:5000]


def test_nothing_is_repeated_in_the_most_talkative_log_either(tmp_path: Path) -> None:
    server = ActionServer(tmp_path)
    try:
        server.start(
            "import logging, sys; from actions import log; start = log.start; log.start = lambda: start(logging.DEBUG);"
            "from actions.__main__ import main; sys.exit(main())"
        )
        answers = [
            server.run(FORGED, None),
            server.run(b'{"' + WORDS.encode()),
            server.run({**FORGED, "next_action": f"action_ukendt {WORDS}"}),
            server.run(call(recording(request_failures=f"{WORDS} {CPR}"))),
            server.run(call(recording(**ACCEPTED, applicant_phone=WORDS))),
            server.ask("GET", "/actions"),
            server.ask("GET", "/outbox"),
        ]
        assert [answer.status_code for answer in answers] == [401, 422, 404, 500, 200, 200, 200]
    finally:
        server.close()
    assert "DEBUG" in server.log()
    repeated = [word for word in _repeated(server.log()) if word != "chat-1"]
    assert not repeated, repeated


def test_for_other_machines_it_starts_with_a_chosen_secret_alone(tmp_path: Path) -> None:
    with_none = ActionServer(tmp_path, ACTION_HOST="0.0.0.0", ACTION_SECRET="")
    with pytest.raises(AssertionError, match=r"ACTION_HOST='0\.0\.0\.0': .*sæt ACTION_SECRET \(mindst 32 tegn\)"):
        with_none.start()
    server = ActionServer(tmp_path, ACTION_HOST="0.0.0.0")
    server.start()
    try:
        # Others call it by names that it does not know, and need the secret all the same.
        named = {"Host": "handlinger.intern"}
        assert server.ask("GET", "/health", None, headers=named).status_code == 200
        assert server.run(call({}, "action_affirm"), **named).status_code == 200
        refused(server.run(FORGED, None, **named), 401)
        refused(server.run(FORGED, **named, **PAGE), 403)
        assert not server.stored()
    finally:
        server.close()
