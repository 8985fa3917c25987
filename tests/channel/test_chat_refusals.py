"""Malformed requests are refused in JSON and Danish, name the field, and store nothing."""

import json
import socket
import uuid

import pytest
import requests

from tests.channel.server import SITE, Page, Server, refused

ID = "7b0c4d1e-4a53-4f4e-9a56-0a1f3f0e9b11"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"hej", "body"),
        (b"null", "body"),
        (b"[]", "body"),
        (b'"hej"', "body"),
        (b"1e999", "body"),
        (b'{"id": "', "body"),
        (b"\xff\xfe\x00", "body"),
        (b"[" * 40_000, "body"),
        (b'{"id":' * 8_000, "body"),
        ({"text": "hej"}, "id"),
        ({"id": None, "text": "hej"}, "id"),
        ({"id": 1, "text": "hej"}, "id"),
        ({"id": "1", "text": "hej"}, "id"),
        ({"id": "1_111111-1111-1111-1111-111111111111", "text": "hej"}, "id"),
        ({"id": ID + "\n", "text": "hej"}, "id"),
        ({"id": "\u0661" * 32, "text": "hej"}, "id"),
        ({"id": [ID], "text": "hej"}, "id"),
        ({"id": ID}, "text"),
        ({"id": ID, "text": None, "payload": None}, "text"),
        ({"id": ID, "text": "hej", "payload": "/request_recording"}, "text"),
        ({"id": ID, "text": ""}, "text"),
        ({"id": ID, "text": " \n\t "}, "text"),
        ({"id": ID, "text": "\u200b \u202e\u2060\U000e0041"}, "text"),
        ({"id": ID, "text": 5}, "text"),
        ({"id": ID, "text": ["hej"]}, "text"),
        ({"id": ID, "text": {"a": "b"}}, "text"),
        ({"id": ID, "text": True}, "text"),
        ({"id": ID, "payload": ""}, "payload"),
        ({"id": ID, "payload": 5}, "payload"),
        ({"id": ID, "payload": {"intent": "affirm"}}, "payload"),
        ({"id": ID, "text": "hej", "sender": "chat-1"}, "sender"),
        ({"id": ID, "text": "hej", "metadata": {}}, "metadata"),
        ({"id": ID, "text": "hej", "parse_data": {}}, "parse_data"),
        ({"id": ID, "text": "hej", "a\ud800\0": 1}, "a?\ufffd"),
    ],
)
def test_what_has_not_the_shape_is_refused_and_leaves_nothing(page: Page, body: object, field: str) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body)
    answer = page.ask("POST", "/messages", data=data, headers={"Content-Type": "application/json"})
    assert f"'{field}'" in refused(answer, 422, field)
    assert page.said() == []


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x", ""]
)
def test_a_body_with_another_content_type_than_json_is_refused(page: Page, media_type: str) -> None:
    data = json.dumps({"id": ID, "text": "hej"})
    message = refused(page.ask("POST", "/messages", data=data, headers={"Content-Type": media_type}), 422, "body")
    assert "application/json" in message and page.said() == []


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/json; charset=utf-8", "Application/JSON", None]
)
def test_json_content_types_are_accepted(page: Page, media_type: str | None) -> None:
    data = json.dumps({"id": ID, "text": "hej"}, ensure_ascii=False).encode()
    assert page.ask("POST", "/messages", data=data, headers={"Content-Type": media_type}).status_code == 200


@pytest.mark.parametrize("character", ["a", "å", "🎥"])
def test_a_text_may_have_at_most_4000_characters(page: Page, character: str) -> None:
    assert "4.000 tegn" in refused(page.post(text=character * 4001), 413, "text")
    assert page.said() == []
    assert page.post(text=character * 4000).status_code == 200
    assert page.said() == [character * 4000]


def test_a_huge_body_is_refused_so_that_the_embedding_page_can_read_why(page: Page) -> None:
    for size in (60_000, 5_000_000):
        data = json.dumps({"id": ID, "text": "a" * size})
        headers = {"Content-Type": "application/json", "Origin": SITE}
        try:
            answer = page.ask("POST", "/messages", data=data, headers=headers)
        except requests.ConnectionError:
            # The server closed the connection before everything was sent, as a browser would report.
            assert size > 1_000_000
            continue
        assert "4.000 tegn" in refused(answer, 413, "text")
        assert answer.headers["Access-Control-Allow-Origin"] == SITE, "the page sees a broken line and tries for ever"
    assert page.said() == []


def test_an_unfinished_body_is_not_a_turn(server: Server, page: Page) -> None:
    body = json.dumps({"id": ID, "text": "hej"}).encode()
    head = (
        f"POST /webhooks/chat/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {page.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body) + 10}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", int(server.settings["RASA_PORT"])), timeout=5) as line:
        line.sendall(head.encode() + body)
    assert page.said() == []


@pytest.mark.parametrize("path", ["/", "/sessions", "/messages", "/widget.js", "/demo", "/openapi.json"])
def test_a_wrong_method_is_refused_with_the_allowed_ones(page: Page, path: str) -> None:
    right = {"/": "GET", "/sessions": "DELETE, OPTIONS, POST", "/messages": "GET, OPTIONS, POST"}.get(path, "GET")
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - set(right.split(", ")):
        answer = page.ask(method, path)
        refused(answer, 405)
        assert sorted(answer.headers["Allow"].split(", ")) == sorted(right.split(", "))
    head = page.ask("HEAD", path)
    assert head.status_code in (200, 405) and head.content == b""


@pytest.mark.parametrize(
    "path", ["/nothing", "/messages/1", "/static/widget.js", "/../chat.py", "/%ff%00", "/openapi.yml"]
)
def test_an_unknown_path_is_refused(server: Server, path: str) -> None:
    assert refused(requests.get(server.chat + path, timeout=10), 404) == "Adressen findes ikke."


def test_malformed_http_is_refused(server: Server) -> None:
    for lines in (
        b"HEJ\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 90_000 + b"\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", int(server.settings["RASA_PORT"])), timeout=10) as line:
            line.sendall(lines)
            # A response may come in several pieces; after a refusal the server closes the connection.
            answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
        head, _, body = answer.partition("\r\n\r\n")
        assert head.split()[1] in ("400", "413") and "content-type: application/json" in head.lower()
        assert json.loads(body)["error"]["message"]


def test_refusals_between_turns_leave_the_conversation_unchanged(page: Page) -> None:
    page.says("jeg vil søge om lov til at optage et møde")
    before = page.history()
    refused(page.post(text="a" * 4001), 413, "text")
    refused(page.post(payload="/stop"), 422, "payload")
    refused(page.post(id=str(uuid.uuid4()), text=""), 422, "text")
    refused(page.post(text="hej", headers={}), 422, "headers")
    assert page.history() == before
    page.says("jobcentret")
    assert page.asking == "meeting_kind"
