"""A notice stands above the chat; a pause closes it at once, and leaves reading and erasing open."""

import time
import uuid
from collections.abc import Iterator

import pytest
import requests

from bot.channel.announcements import NOTICE, PAUSE, REMOVE, RESUME, Announcements
from tests.channel.server import SITE, Page, Server, new_address, refused

WHY = "Vi opdaterer assistenten. Den er tilbage klokken 14."


@pytest.fixture
def staff(server: Server) -> Iterator[Announcements]:
    """Announces to the running server from another process, as `script/bot` does; takes all back afterwards."""
    told = Announcements(f"sqlite:///{server.data}/chat.db")
    yield told
    for what in (RESUME, REMOVE):
        told.add("test", what)
    time.sleep(1.05)


def announce(staff: Announcements, what: str, text: str = "") -> None:
    staff.add("test", what, text)
    # What a server knows is at most a second old.
    time.sleep(1.05)


def health(server: Server) -> dict[str, object]:
    answer = requests.get(f"{server.chat}/", headers={"Origin": SITE}, timeout=10)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    return dict(answer.json())


def test_a_notice_stands_above_the_chat(server: Server, staff: Announcements, page: Page) -> None:
    assert health(server) == {"status": "ok", "paused": False, "notice": None}
    announce(staff, NOTICE, "Telefonen er lukket i dag.")
    told = health(server)
    assert not told["paused"] and told["notice"] == {
        "text": "Telefonen er lukket i dag.",
        "since": staff.latest(1)[0].at,
    }
    assert page.says("Må jeg filme?"), "the chat is open"
    announce(staff, REMOVE)
    assert health(server)["notice"] is None


def test_a_pause_closes_the_chat_and_leaves_reading_and_erasing_open(
    server: Server, staff: Announcements, page: Page
) -> None:
    turn = {"id": str(uuid.uuid4()), "text": "Må jeg filme?"}
    answered = page.post(**turn).json()
    announce(staff, PAUSE, WHY)
    told = health(server)
    assert told["paused"] is True and told["notice"] == {"text": WHY, "since": staff.latest(1)[0].at}
    opening = requests.post(
        f"{server.chat}/sessions", headers={"X-Forwarded-For": new_address(), "Origin": SITE}, timeout=10
    )
    for refusal in (opening, page.post(text="Hvornår kan jeg ringe?"), page.post(payload="/request_recording")):
        message = refused(refusal, 503)
        assert message.startswith(WHY) and "3821 4236" in message and "Smallegade 1" in message
        assert "digital post" in message and int(refusal.headers["Retry-After"]) >= 1
    assert opening.headers["Access-Control-Allow-Origin"] == SITE
    assert page.post(**turn).json() == answered, "a turn that was taken is still answered alike"
    assert page.said() == ["Må jeg filme?"]
    feedback = {"message": answered["messages"][0]["id"], "helped": False}
    assert page.ask("POST", "/feedback", json=feedback).status_code == 204
    assert page.ask("DELETE", "/sessions").status_code == 204
    refused(page.ask("GET", "/messages"), 401)


def test_after_a_pause_the_conversation_goes_on(server: Server, staff: Announcements, page: Page) -> None:
    page.says("jeg vil søge om lov til at optage et møde")
    announce(staff, PAUSE, WHY)
    refused(page.post(text="jobcentret"), 503)
    announce(staff, RESUME)
    assert health(server) == {"status": "ok", "paused": False, "notice": None}
    page.says("jobcentret")
    assert page.asking == "meeting_kind" and page.said()[-1] == "jobcentret"
