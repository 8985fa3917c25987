"""The action server refuses malformed calls and repeats nothing of them, in answers or in its log."""

import contextlib
import json
import zlib
from pathlib import Path
from socket import create_connection

import pytest
from action_server import ACCEPTED, CPR, FORGED, SECRET, WORDS, ActionServer, call, recording, refused, repeated


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "text/json"]
)
def test_anything_but_json_is_refused(server: ActionServer, kind: str | None) -> None:
    body = json.dumps(FORGED).encode()
    refused(server.ask("POST", "/webhook", data=body, headers={"Content-Type": kind}), 415)
    assert not server.stored()


def test_json_with_a_charset_is_accepted(server: ActionServer) -> None:
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
def test_a_malformed_call_is_refused_and_not_repeated(server: ActionServer, body: bytes) -> None:
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
    # Staff see the place of the error.
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
def test_malformed_http_is_not_repeated(server: ActionServer, sent: str) -> None:
    with create_connection(("127.0.0.1", server.port), 10) as raw:
        raw.sendall(sent.encode())
        with contextlib.suppress(ConnectionResetError):
            answer = raw.makefile("rb").read().decode()
            assert not answer or answer.startswith("HTTP/1.1 4")
            assert not repeated(answer)
    assert not repeated(server.log()), server.log()[-2000:]


def test_the_log_holds_nothing_of_what_was_sent(server: ActionServer) -> None:
    """Runs last: the log has all calls of this module."""
    assert not repeated(server.log()), server.log()[:5000]


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
    said = [word for word in repeated(server.log()) if word != "chat-1"]
    assert not said, said
