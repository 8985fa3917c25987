"""A published answer is said from the next turn on, until it is taken back, and conversations go on."""

import time
from collections.abc import Iterator

import pytest
import requests

from bot.channel.published import PUBLISH, UNDO, Published
from bot.responses import Responses
from tests.channel.server import Page, Server

FIRST, FIRST_ANSWER = "Må jeg filme mødet?", "utter_faq_video"
QUESTION, ANSWER = "Må jeg tage en bisidder med?", "utter_faq_support_person"
NEW = "Ja. Tag gerne en bisidder med, og det siger vi nu tydeligere."


@pytest.fixture
def staff(server: Server) -> Iterator[Published]:
    """Publishes to the running server from another process, as `script/bot` does; puts all back afterwards."""
    published = Published(f"sqlite:///{server.data}/chat.db")
    before = published.responses(published.latest(1)[0].number)
    yield published
    in_use(published, before, UNDO)


def in_use(published: Published, responses: Responses, what: str = PUBLISH) -> float:
    """Publishes; returns the seconds until a server says so."""
    began = time.monotonic()
    number = published.add("test", what, responses)
    while not published.used(number):
        assert time.monotonic() - began < 5, "not in use within five seconds"
        time.sleep(0.02)
    return time.monotonic() - began


def current(published: Published) -> Responses:
    return published.responses(published.latest(1)[0].number)


def test_a_published_answer_is_said_in_the_next_turn_and_the_conversation_goes_on(
    server: Server, staff: Published, page: Page
) -> None:
    first = page.says(FIRST)
    assert first[0]["name"] == FIRST_ANSWER
    before = current(staff)
    button = {"title": "Hvad hvis jeg får nej?", "payload": "/faq_refusal"}
    changed = {name: [{**before[name][0], "text": NEW, "buttons": [button]}] for name in (FIRST_ANSWER, ANSWER)}
    assert in_use(staff, before | changed) < 5
    # A button of the text before can be pressed while it is the last that was offered.
    assert page.post(payload=first[0]["buttons"][0]["payload"]).status_code == 200
    said = page.says(QUESTION)[0]
    assert (said["name"], said["text"], said["buttons"]) == (ANSWER, NEW, [button])
    assert page.asking == "meeting_department", "the request that the button began goes on"
    assert in_use(staff, before, UNDO) < 5
    assert page.post(payload=button["payload"]).status_code == 200
    assert [m["text"] for m in page.history() if m["name"] in changed] == [first[0]["text"], NEW]
    assert Page(server.chat).says(QUESTION)[0]["text"] == before[ANSWER][0]["text"]


def test_a_row_for_another_model_changes_nothing(staff: Published, page: Page) -> None:
    before = current(staff)
    staff.add("test", PUBLISH, {**before, ANSWER: [{"text": NEW}], "utter_faq_new": [{"text": "Ny"}]})
    time.sleep(2.1)
    assert page.says(QUESTION)[0]["text"] == before[ANSWER][0]["text"]


def test_the_widget_is_told_of_other_paragraphs(server: Server, staff: Published) -> None:
    def script() -> requests.Response:
        loader = requests.get(f"{server.chat}/widget.js", timeout=10).text
        return requests.get(f"{server.chat}/{loader.split('./')[1].split(chr(34))[0]}", timeout=10)

    old = script()
    before = current(staff)
    metadata = {**before[ANSWER][0]["metadata"], "paragraphs": ["9", "10"]}
    in_use(staff, {**before, ANSWER: [{**before[ANSWER][0], "metadata": metadata}]})
    new = script()
    told = '"support_person":"9 10"'
    assert told in new.text and told not in old.text
    assert "immutable" in new.headers["Cache-Control"] and "immutable" in old.headers["Cache-Control"]
    # A page with the loader from before still gets a script, which it does not keep.
    late = requests.get(old.url, timeout=10)
    assert late.text == new.text and late.headers["Cache-Control"] == "no-cache"
