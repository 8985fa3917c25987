"""Receiving requests: signed and valid ones are stored once, others are refused with a reason."""

import contextlib
import gzip
import http.client
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from standardwebhooks import Webhook

from legal.delivery import attempt, post
from legal.outbox import Outbox
from legal.schema import SCHEMA
from tests.unit.legal.samples import at, richer

Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]
TOKEN = "en-lang-noegle-til-proeven"


def send(
    box: Any,
    content: object,
    *,
    age: timedelta = timedelta(0),
    id: str | None = None,
    headers: dict[str, str] | None = None,
) -> requests.Response:
    """Posts a request signed `age` ago."""
    body, signed = signed_post(box, content, age, id)
    return requests.post(f"{box.url}/requests", data=body, headers=signed | (headers or {}), timeout=10)


def signed_post(
    box: Any, content: object, age: timedelta = timedelta(0), id: str | None = None
) -> tuple[bytes, dict[str, str]]:
    """A body and its headers with the signature."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    message = id or (content.get("id", "x") if isinstance(content, dict) else "x")
    moment = datetime.now(UTC) - age
    return body, {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(box.settings.legal_webhook_secret).sign(
            message, moment, body.decode("utf-8", "replace")
        ),
    }


@pytest.mark.parametrize("version", [2, 1])
@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_a_delivered_request_arrives_with_every_value(
    inbox: Start, outbox: Outbox, draft: Make, kind: str, version: int
) -> None:
    box = inbox(LEGAL_API_TOKEN=TOKEN)
    entry = outbox.store(draft(kind, version), "o", "c")
    assert attempt(outbox, entry.id, 5, box.settings) == "delivered"
    (received,) = box.store.by_reference(entry.reference)
    assert received.content == entry.payload


def test_a_repeat_is_accepted_and_other_content_under_its_id_refused(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload()
    first = send(box, content)
    assert (first.status_code, first.json()) == (201, {"status": "received", "id": content["id"]})
    again = send(box, dict(reversed(content.items())))
    assert (again.status_code, again.json()) == (200, {"status": "received", "id": content["id"]})
    other = content | {"applicant": content["applicant"] | {"name": "En anden"}}
    assert send(box, other).status_code == 409
    assert [received.content for received in box.store.page(0, 9)] == [content]


def test_a_repeat_at_the_same_moment_is_kept_once(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: post(content, box.settings, 10), range(12)))
    assert {answer.kind for answer in answers} == {"delivered"}
    assert sorted(answer.status or 0 for answer in answers) == [200] * 11 + [201]
    assert box.store.count() == 1


def test_two_requests_that_share_a_reference_are_both_kept(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload()
    other = content | {"id": content["id"][:-1] + "c"}
    assert [send(box, content).status_code, send(box, other).status_code] == [201, 201]
    assert len(box.store.by_reference(content["reference"])) == 2


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(days=9), -timedelta(minutes=6)])
def test_an_old_signature_is_refused(inbox: Start, payload: Make, age: timedelta) -> None:
    box = inbox()
    assert send(box, payload(), age=age).status_code == 401
    assert box.store.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": "vrøvl".encode().decode("latin-1")},
        {"webhook-signature": "v1,a b,c,d"},
        {"webhook-signature": ""},
        {"webhook-timestamp": "i dag"},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "1e400"},
        {"webhook-id": "en-anden"},
    ],
)
def test_a_signature_that_does_not_fit_is_refused(inbox: Start, payload: Make, headers: dict[str, str]) -> None:
    box = inbox()
    answer = send(box, payload(), headers=headers)
    assert answer.status_code == 401 and "LEGAL_WEBHOOK_SECRET" in answer.json()["error"]
    assert box.store.count() == 0


def test_a_changed_body_or_another_secret_is_refused(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload()
    signed = {"webhook-signature": "v1," + "A" * 43 + "="}
    assert send(box, content, headers=signed).status_code == 401
    assert send(box, b"\xff\xfe", id="x").status_code == 401
    assert requests.post(f"{box.url}/requests", json=content, timeout=10).status_code == 401


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer forkert", TOKEN, f"Basic {TOKEN}"])
def test_the_token_is_needed_where_it_is_set(inbox: Start, payload: Make, given: str) -> None:
    box = inbox(LEGAL_API_TOKEN=TOKEN)
    answer = send(box, payload(), headers={"Authorization": given})
    assert answer.status_code == 401 and "LEGAL_API_TOKEN" in answer.json()["error"]
    assert send(box, payload(), headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 201


def test_other_content_than_json_is_refused(inbox: Start, payload: Make) -> None:
    box = inbox()
    assert send(box, payload(), headers={"Content-Type": "text/plain"}).status_code == 415
    assert send(box, payload(), headers={"Content-Type": "application/json; charset=utf-8"}).status_code == 201


@pytest.mark.parametrize("size", [65 * 1024, 250_000])
def test_more_than_64_kb_is_refused(inbox: Start, size: int) -> None:
    answer = send(inbox(), b'"' + b"x" * size + b'"')
    assert answer.status_code == 413 and "64 KB" in answer.json()["error"]


def test_a_huge_body_is_not_read(inbox: Start) -> None:
    box = inbox()
    # The server closes the connection while the body is sent; the client may not see the response.
    with contextlib.suppress(requests.ConnectionError):
        assert send(box, b'"' + b"x" * 900_000 + b'"').status_code == 413
    assert requests.get(f"{box.url}/health", timeout=10).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 30_000, b'"tekst"', b"null", b"NaN", b"[]"])
def test_what_is_no_request_is_refused_with_a_reason(inbox: Start, body: bytes) -> None:
    answer = send(inbox(), body)
    assert answer.status_code == 422 and answer.json()["error"]


_DEEP = ("[" * 900 + "]" * 900, "[" * 30_000, '{"a":' * 300 + "1" + "}" * 300, '{"a":' * 5_000)
_LARGE = ("9" * 4_000, "9" * 60_000, "1e999", "-Infinity", "NaN", "[" + "[]," * 9_000 + "[]]")
_TEXTS = tuple(
    f'"{text}"' for text in ("a" * 60_000, " " * 60_000, "-" * 60_000 + "\\n", "a@" * 20_000, "\\ud800", "\\u0000")
)
_FIELDS = (
    *("schema", "id", "reference", "type", "submitted_at", "applicant", "applicant.name", "applicant.email"),
    *("applicant.phone", "meetings", "meetings.0", "meetings.0.department", "meetings.0.date"),
    *("meetings.1.recurrence", "behalf", "behalf.name", "behalf.relation", "recording", "recording.grounds"),
    *("recording.explanation", "recording.terms", "notes", "question", "assistant", "assistant.conversation"),
)


def with_raw(content: dict[str, Any], field: str, raw: str) -> bytes:
    """The bytes of a request with raw JSON (or what is none) in one field."""
    way, _, last = field.rpartition(".")
    place = at(content, way) if way else content
    place[int(last) if isinstance(place, list) else last] = "RAW"
    return json.dumps(content).replace('"RAW"', raw).encode()


def test_hostile_values_are_refused_in_every_field_and_the_next_request_is_accepted(
    inbox: Start, payload: Make
) -> None:
    box, id = inbox(), payload()["id"]
    for field in _FIELDS:
        for raw in (*_DEEP, *_LARGE, *_TEXTS):
            answer = send(box, with_raw(richer(payload()), field, raw), id=id)
            assert answer.status_code in (413, 422), (field, raw[:20])
    assert send(box, payload()).status_code == 201 and box.store.count() == 1


@pytest.mark.parametrize(
    "twice", ['"type": "question"', '"applicant": {"name": "Falsk", "email": "a@b.dk", "phone": null}']
)
def test_a_duplicate_field_is_refused(inbox: Start, payload: Make, twice: str) -> None:
    """JSON parsers disagree about which of the two counts."""
    box, content = inbox(), payload()
    body = json.dumps(content)
    inner = body.replace('"name": "Anne-Marie', '"name": "Falsk", "name": "Anne-Marie')
    assert inner != body
    for wrong in (f"{body[:-1]}, {twice}}}", inner):
        answer = send(box, wrong.encode(), id=content["id"])
        assert answer.status_code == 422 and "to gange" in answer.json()["error"]
    assert box.store.count() == 0


@pytest.mark.parametrize("how", ["gzip", "deflate", "br", "gzip, identity", "GZIP"])
def test_a_compressed_body_is_refused_with_415(inbox: Start, payload: Make, how: str) -> None:
    box, content = inbox(), payload()
    for body in (gzip.compress(json.dumps(content).encode()), content):
        answer = send(box, body, id=content["id"], headers={"Content-Encoding": how})
        assert answer.status_code == 415 and "Content-Encoding" in answer.json()["error"]
    assert send(box, content, headers={"Content-Encoding": "identity"}).status_code == 201


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_refused_without_redirecting_to_the_log_in(inbox: Start, method: str) -> None:
    answer = requests.request(method, f"{inbox().url}/requests", timeout=10, allow_redirects=False)
    assert answer.status_code == 405 and answer.json()["status"] == "error" and "Set-Cookie" not in answer.headers


def test_two_hundred_at_once_are_all_kept(inbox: Start, payload: Make) -> None:
    box = inbox()
    contents = [payload() | {"id": f"01936f2e-7c00-7abc-8def-{number:012x}"} for number in range(200)]
    posts = [signed_post(box, content) for content in contents]
    place = urlsplit(box.url).netloc
    with contextlib.ExitStack() as opened:
        # One thread posts all before reading a response: two hundred threads would slow the server in this process.
        waiting = []
        for body, headers in posts:
            connection = opened.enter_context(contextlib.closing(http.client.HTTPConnection(place, timeout=10)))
            connection.request("POST", "/requests", body, headers)
            waiting.append(connection)
        statuses = [connection.getresponse().status for connection in waiting]
    assert statuses == [201] * 200 and box.store.count() == 200


def test_requests_arriving_while_the_database_is_slow_are_kept(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload()
    with ThreadPoolExecutor(1) as pool:
        with box.store._engine.begin():
            sent = pool.submit(send, box, content)
            time.sleep(6)
        assert sent.result().status_code == 201


def test_errors_name_wrong_fields_but_not_their_values(
    inbox: Start, payload: Make, caplog: pytest.LogCaptureFixture
) -> None:
    content = payload()
    content["applicant"]["phone"] = "hemmeligt nummer"
    answer = send(inbox(), content)
    assert answer.status_code == 422
    assert [line.split(":")[0] for line in answer.json()["problems"]] == ["applicant.phone"]
    assert "hemmeligt" not in answer.text + caplog.text and "Anne-Marie" not in answer.text + caplog.text


def test_the_id_must_be_the_same_in_header_and_body(inbox: Start, payload: Make) -> None:
    answer = send(inbox(), payload(), id="01936f2e-7c00-7abc-8def-000000000000")
    assert answer.status_code == 422 and "webhook-id" in answer.json()["error"]


def test_a_database_error_is_answered_with_503(inbox: Start, payload: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    box = inbox()
    with box.store._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE inbox_requests RENAME TO away")
    assert post(payload(), box.settings, 10).kind == "retry"
    assert requests.get(f"{box.url}/health", timeout=10).status_code == 503
    with box.store._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO inbox_requests")
    assert post(payload(), box.settings, 10).kind == "delivered"


def test_health_and_schema_need_no_log_in(inbox: Start) -> None:
    box = inbox()
    assert requests.get(f"{box.url}/health", timeout=10).json() == {"status": "ok"}
    assert requests.get(f"{box.url}/schema", timeout=10).json() == SCHEMA
