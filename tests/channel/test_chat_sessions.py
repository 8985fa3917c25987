"""A token gives access to its own conversation only, until it expires or the conversation is erased."""

import json
import sqlite3
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from legal.outbox import Outbox
from tests.channel.server import SECRET, Page, Server, refused

ENDPOINTS = [("POST", "/messages"), ("GET", "/messages"), ("DELETE", "/sessions")]
Change = Callable[[str], str]


def check_every_endpoint_refuses(page: Page, **headers: str | None) -> None:
    for method, path in ENDPOINTS:
        body = {"json": {"id": str(uuid.uuid4()), "text": "hej"}} if method == "POST" else {}
        answer = page.ask(method, path, headers=headers, **body)
        assert "samtale" in refused(answer, 401)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def signed(token: str, secret: str = SECRET, at: float | None = None) -> str:
    """The token signed again with another secret or at another time."""

    class Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time() if at is None else at)

    key = URLSafeTimedSerializer(SECRET, salt="chat-session").loads(token)
    return str(URLSafeTimedSerializer(secret, salt="chat-session", signer=Signer).dumps(key))


@pytest.mark.parametrize(
    "change",
    [
        lambda token: f"Bearer {token}x",
        lambda token: f"Bearer {token[:-1]}",
        lambda token: f"Bearer x{token}",
        lambda token: f"Bearer {token.rpartition('.')[0]}",
        lambda token: f"Bearer {signed(token, secret='whsec_somebody-else')}",
        lambda token: f"Basic {token}",
        lambda token: f"Bearer{token}",
        lambda token: token,
        lambda _: "Bearer",
        lambda _: "Bearer ",
        lambda _: "Bearer \u00ff\u00fe",
        lambda _: "Bearer " + "a" * 5000,
        lambda _: "",
        lambda _: None,
    ],
)
def test_a_missing_or_forged_token_is_refused(page: Page, change: Callable[[str], str | None]) -> None:
    page.says("Må jeg filme?")
    check_every_endpoint_refuses(page, Authorization=change(page.token))
    assert page.said() == ["Må jeg filme?"]


def test_a_token_expires(page: Page) -> None:
    fresh = signed(page.token, at=time.time() - 23 * 3600)
    assert page.ask("GET", "/messages", headers={"Authorization": f"Bearer {fresh}"}).status_code == 200
    check_every_endpoint_refuses(page, Authorization=f"Bearer {signed(page.token, at=time.time() - 25 * 3600)}")


def test_a_token_goes_in_its_header_alone(page: Page) -> None:
    for name in ("token", "session", "access_token", "authorization"):
        for where in ({"params": {name: page.token}}, {"cookies": {name: page.token}}):
            refused(page.ask("GET", "/messages", headers={"Authorization": None}, **where), 401)
    opened = page.ask("POST", "/sessions")
    assert "Set-Cookie" not in opened.headers and page.token not in str(opened.headers)


def test_tokens_are_unguessable_and_do_not_name_the_conversation(server: Server) -> None:
    tokens = {Page(server.chat).token for _ in range(20)}
    assert len({token.partition(".")[0] for token in tokens}) == 20
    with sqlite3.connect(server.data / "chat.db") as sessions:
        rows = sessions.execute("select digest, conversation from chat_sessions").fetchall()
    for token in tokens:
        key = json.dumps(URLSafeTimedSerializer(SECRET, salt="chat-session").loads(token))
        assert len(key) >= 43, "fewer than 256 bits"
        assert not any(part in token or part in key for row in rows for part in row)


def test_the_id_that_rasa_sees_opens_nothing(server: Server, page: Page) -> None:
    page.says("Må jeg filme?")
    with sqlite3.connect(server.data / "chat.db") as sessions:
        rows = sessions.execute("select digest, conversation from chat_sessions").fetchall()
    for part in rows[-1]:
        check_every_endpoint_refuses(page, Authorization=f"Bearer {part}")
    conversation = rows[-1][1]
    for method, path in (
        ("GET", f"/conversations/{conversation}/tracker"),
        ("POST", f"/conversations/{conversation}/messages"),
        ("POST", "/webhooks/rest/webhook"),
        ("POST", "/webhooks/callback/webhook"),
        ("GET", "/status"),
        ("POST", "/model/parse"),
        ("GET", f"/webhooks/chat/messages/{conversation}"),
    ):
        body = {"sender": conversation, "message": "hej", "text": "hej"}
        refused(requests.request(method, server.site + path, json=body, timeout=10), 404)
    for name in ("sender_id", "conversation", "sender"):
        refused(page.post(text="hej", **{name: conversation}), 422, name)
        refused(page.ask("GET", "/messages", headers={"Authorization": None}, params={name: conversation}), 401)


def test_a_token_reads_only_its_own_conversation(server: Server, page: Page) -> None:
    other = Page(server.chat)
    page.says("Må jeg filme?")
    assert other.said() == []
    other.ask("DELETE", "/sessions")
    assert page.said() == ["Må jeg filme?"]


def test_an_erased_conversation_is_gone_and_its_token_worth_nothing(server: Server, page: Page) -> None:
    page.says("Må min papegøje Zebulon være med til mødet?")
    answer = page.ask("DELETE", "/sessions")
    assert (answer.status_code, answer.content) == (204, b"")
    check_every_endpoint_refuses(page)
    _nothing_left(server, "Zebulon")


def test_a_turn_waiting_during_an_erasure_leaves_nothing(server: Server) -> None:
    for number in range(6):
        page = Page(server.chat)
        name = f"Xerxes{number}"
        with ThreadPoolExecutor(9) as tabs:
            turns = [tabs.submit(page.post, text=f"Må {name} komme med til mødet?") for _ in range(8)]
            time.sleep(0.01 * number)
            assert page.ask("DELETE", "/sessions").status_code == 204
            statuses = {turn.result().status_code for turn in turns}
        assert statuses <= {200, 401}
        _nothing_left(server, name)


def test_a_request_that_was_sent_stays_when_the_conversation_is_erased(server: Server, page: Page) -> None:
    outbox = Outbox(f"sqlite:///{server.data}/outbox.db")
    before = {entry.reference for entry in outbox.entries()}
    question = "Hvor længe gemmer I Wilhelmines noter?"
    for line in ("jeg vil sende et spørgsmål til jura", question, "Li Ng", "li@eksempel.dk"):
        page.says(line)
    if page.asking == "applicant_phone":
        page.says("nej tak")
    assert page.asking == "review"
    receipt = next(message["card"] for message in page.says("ja, send") if message["card"])
    assert receipt["type"] == "receipt" and receipt["reference"] and receipt["rows"]
    assert page.ask("DELETE", "/sessions").status_code == 204
    kept = [entry for entry in outbox.entries() if entry.reference not in before]
    assert [(entry.reference, entry.payload["question"]["text"]) for entry in kept] == [
        (receipt["reference"], question)
    ]
    _nothing_left(server, "Wilhelmine")


def _nothing_left(server: Server, word: str) -> None:
    """Checks that the word is gone from database rows and logs; requests in the outbox are Jura's."""
    for database in ("conversations.db", "chat.db"):
        with sqlite3.connect(server.data / database) as stored:
            tables = [row[0] for row in stored.execute("select name from sqlite_master where type='table'")]
            rows = [str(row) for table in tables for row in stored.execute(f"select * from {table}")]
        assert not any(word in row for row in rows), f"{word} is still in {database}"
    assert word not in server.log() and word not in (server.folder / "actions.log").read_text()
    # Nor in free pages of the database files.
    for file in (file for file in server.data.rglob("*") if file.is_file() and not file.name.startswith("outbox.db")):
        assert word.encode() not in file.read_bytes(), f"{word} can still be read out of {file.name}"
