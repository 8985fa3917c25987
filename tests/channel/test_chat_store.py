"""While a database is locked or cannot be read, citizens are asked to wait, and nothing is lost or doubled."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import requests

from legal.outbox import Outbox
from tests.channel.server import Page, Server, refused


@contextmanager
def _held(server: Server, database: str) -> Iterator[None]:
    """Holds the lock on writing to the database for longer than the server waits for it."""
    with closing(sqlite3.connect(server.data / database, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _unreadable(server: Server, database: str) -> Iterator[None]:
    """Takes the tables of the database away. No lock keeps anybody from reading."""
    with closing(sqlite3.connect(server.data / database, isolation_level=None, timeout=30)) as other:
        tables = [name for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in tables if not name.startswith("sqlite_")]
        for name in tables:
            other.execute(f'ALTER TABLE "{name}" RENAME TO "{name}_away"')
        try:
            yield
        finally:
            for name in tables:
                other.execute(f'ALTER TABLE "{name}_away" RENAME TO "{name}"')


def _asked_to_wait(answer: requests.Response) -> None:
    assert "3821 4236" in refused(answer, 503)
    assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("database", ["conversations.db", "chat.db"])
def test_a_conversation_that_cannot_be_read_is_not_an_empty_one(server: Server, page: Page, database: str) -> None:
    page.says("Må jeg filme?")
    before = page.history()
    with _unreadable(server, database):
        _asked_to_wait(page.ask("GET", "/messages"))
        _asked_to_wait(page.post(text="Må min påfugl Balthazar med?"))
    assert page.history() == before and "Balthazar" not in server.log()


def test_a_turn_that_cannot_be_saved_is_taken_when_it_comes_again(server: Server, page: Page) -> None:
    turn = {"id": str(uuid.uuid4()), "text": "Må min papegøje Nepomuk sidde med til mødet?"}
    with _held(server, "conversations.db"):
        _asked_to_wait(page.post(**turn))
        assert page.said() == []
    first = page.post(**turn)
    assert first.status_code == 200 and page.post(**turn).json() == first.json()
    assert page.said() == [turn["text"]]
    assert "Nepomuk" not in server.log(), "the log has what the citizen wrote"
    assert page.ask("DELETE", "/sessions").status_code == 204


def test_a_request_whose_turn_cannot_be_saved_is_sent_once(server: Server, page: Page) -> None:
    outbox = Outbox(f"sqlite:///{server.data}/outbox.db")
    for line in ("jeg vil sende et spørgsmål til jura", "Må Ildefons læse med?", "Li Ng", "li@eksempel.dk"):
        page.says(line)
    if page.asking == "applicant_phone":
        page.says("nej tak")
    assert page.asking == "review"
    before = {entry.reference for entry in outbox.entries()}
    send = {"id": str(uuid.uuid4()), "text": "ja, send"}
    with _held(server, "conversations.db"):
        _asked_to_wait(page.post(**send))
    receipt = next(message["card"] for message in page.post(**send).json()["messages"] if message["card"])
    assert [entry.reference for entry in outbox.entries() if entry.reference not in before] == [receipt["reference"]]
    assert page.said().count("ja, send") == 1


def test_a_failed_erasure_can_be_repeated(server: Server, page: Page) -> None:
    page.says("Må min hest Amandus vente udenfor?")
    with _held(server, "conversations.db"):
        _asked_to_wait(page.ask("DELETE", "/sessions"))
    assert page.said() == ["Må min hest Amandus vente udenfor?"]
    assert page.ask("DELETE", "/sessions").status_code == 204
    assert page.ask("GET", "/messages").status_code == 401


def test_no_conversation_is_opened_that_cannot_be_stored(server: Server, page: Page) -> None:
    with _held(server, "conversations.db"):
        _asked_to_wait(requests.post(f"{server.chat}/sessions", headers=page.headers, timeout=60))
