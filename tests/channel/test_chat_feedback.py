"""Feedback: a yes or no about an answer of one's own conversation, and nothing else."""

import sqlite3
import uuid
from typing import Any

import pytest

from tests.channel.server import PER_SESSION, Page, Server, refused


def kept(server: Server) -> list[tuple[str, str, int]]:
    """What is kept of feedback: message, answer, helped."""
    with sqlite3.connect(server.data / "conversations.db") as file:
        return file.execute("SELECT message, answer, helped FROM chat_feedback ORDER BY at").fetchall()


def rate(page: Page, message: Any, helped: Any = True, **more: Any) -> Any:
    return page.ask("POST", "/feedback", json={"message": message, "helped": helped, **more})


def test_the_last_word_about_an_answer_counts(server: Server, page: Page) -> None:
    answer = page.says("Må jeg få et referat af mødet?")[0]
    for helped in (True, False):
        told = rate(page, answer["id"], helped)
        assert (told.status_code, told.content) == (204, b"")
        assert told.headers["Cache-Control"] == "no-store"
    assert (answer["id"], "utter_faq_notes", 0) in kept(server)
    assert [message for message, *_ in kept(server)].count(answer["id"]) == 1


def test_the_greeting_and_an_earlier_answer_can_be_rated(page: Page) -> None:
    first = page.says("Må jeg filme?")[0]
    page.says("Hvornår kan jeg ringe?")
    assert rate(page, first["id"]).status_code == rate(page, page.greeting[0]["id"]).status_code == 204


def test_what_is_no_answer_of_this_conversation_is_refused(server: Server, page: Page) -> None:
    turn = str(uuid.uuid4())
    answers = page.post(id=turn, text="Må jeg filme?").json()["messages"]
    other = Page(server.chat)
    theirs = other.says("Må jeg tage en bisidder med?")[0]["id"]
    for message in (turn, f"{turn}.9", theirs, "greeting", "x" * 5000, answers[0]["id"] + " "):
        assert "'message'" in refused(rate(page, message), 422, "message")
    assert not [one for one in kept(server) if one[0] in (turn, theirs)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ({}, "message"),
        ({"helped": True}, "message"),
        ({"message": None, "helped": True}, "message"),
        ({"message": "", "helped": True}, "message"),
        ({"message": ["greeting.0"], "helped": True}, "message"),
        ({"message": "greeting.0"}, "helped"),
        ({"message": "greeting.0", "helped": None}, "helped"),
        ({"message": "greeting.0", "helped": 1}, "helped"),
        ({"message": "greeting.0", "helped": "true"}, "helped"),
        ({"message": "greeting.0", "helped": True, "text": "tak for hjælpen"}, "text"),
    ],
)
def test_what_has_not_the_shape_is_refused(page: Page, body: object, field: str) -> None:
    assert f"'{field}'" in refused(page.ask("POST", "/feedback", json=body), 422, field)


def test_it_needs_the_conversations_token(page: Page) -> None:
    for token in (None, "Bearer x"):
        answer = page.ask("POST", "/feedback", json={}, headers={"Authorization": token})
        refused(answer, 401)


def test_it_counts_against_the_conversations_rate(page: Page) -> None:
    statuses = [rate(page, "greeting.0").status_code for _ in range(PER_SESSION + 2)]
    assert statuses == [204] * PER_SESSION + [429] * 2


def test_it_is_erased_with_the_conversation(server: Server, page: Page) -> None:
    answer = page.says("Må jeg filme?")[0]["id"]
    assert rate(page, answer).status_code == 204
    assert page.ask("DELETE", "/sessions").status_code == 204
    assert answer not in [message for message, *_ in kept(server)]
    refused(rate(page, answer), 401)
