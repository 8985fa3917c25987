"""Settings that limit a server: conversation length, running requests, https only, Rasa's API token."""

import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from legal.outbox import Outbox
from tests.channel.server import SITE, Page, Server, refused

TURNS, CHARACTERS, PER_ADDRESS, IN_ALL = 5, 4000, 3, 5
TOKEN = "et-token-til-rasa-paa-over-32-tegn"
LONG = "må jeg optage mødet med min sagsbehandler på torsdag? " * 60


@pytest.fixture(scope="module")
def bounded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    own = Server(
        tmp_path_factory.mktemp("bounded"),
        TURNS_PER_CONVERSATION=str(TURNS),
        CHARACTERS_PER_CONVERSATION=str(CHARACTERS),
        REQUESTS_PER_ADDRESS=str(PER_ADDRESS),
        REQUESTS_IN_ALL=str(IN_ALL),
        CHAT_HTTPS="1",
        RASA_AUTH_TOKEN=TOKEN,
    )
    try:
        own.start("actions", "bot.server")
        yield own
    finally:
        own.close()


def test_at_the_end_of_a_conversation_a_request_can_still_be_sent_by_its_button(bounded: Server) -> None:
    page = Page(bounded.chat)
    for line in ("hej", "jeg vil sende et spørgsmål til jura", "Må Valdemar læse med?", "Li Ng", "li@eksempel.dk"):
        last = {"id": str(uuid.uuid4()), "text": line}
        answered = page.post(**last)
        assert answered.status_code == 200
    assert answered.json()["asking"] == "review" and len(page.said()) == TURNS
    send = next(b for m in answered.json()["messages"] for b in m["buttons"] if b["title"] == "Ja, send")

    message = refused(page.post(text="ja, send"), 409)
    assert "Din anmodning er heller ikke sendt." in message and "knapperne i det seneste svar" in message
    assert "Start en ny samtale, eller ring til Jura på 3821 4236." in message
    assert len(page.said()) == TURNS, "what was refused is done"
    # A repeated earlier turn is answered as before.
    assert page.post(**last).json() == answered.json()

    sent = page.post(payload=send["payload"])
    assert sent.status_code == 200 and any(message["card"] for message in sent.json()["messages"])
    outbox = Outbox(f"sqlite:///{bounded.data}/outbox.db")
    assert [entry.payload["question"]["text"] for entry in outbox.entries()] == ["Må Valdemar læse med?"]
    assert "anmodning" not in refused(page.post(text="tak"), 409)
    assert Page(bounded.chat).says("hej"), "a new conversation cannot be begun"


def test_a_conversation_has_so_many_characters(bounded: Server) -> None:
    page = Page(bounded.chat)
    first = {"id": str(uuid.uuid4()), "text": "x" * (CHARACTERS - 3)}
    answered = page.post(**first)
    assert answered.status_code == 200
    refused(page.post(text="hejsa"), 409)
    assert page.post(**first).json() == answered.json()
    assert page.says("hej")
    refused(page.post(text="a"), 409)
    assert [len(text) for text in page.said()] == [CHARACTERS - 3, 3]


def _at_once(pages: list[Page], each: int) -> Counter[int]:
    """The responses to turns that are all sent at once."""
    with ThreadPoolExecutor(len(pages) * each) as tabs:
        answers = list(tabs.map(lambda page: page.post(text=LONG), pages * each))
    for answer in answers:
        if answer.status_code == 503:
            assert "Der er travlt" in refused(answer, 503) and int(answer.headers["Retry-After"]) >= 1
    return Counter(answer.status_code for answer in answers)


def test_one_address_has_so_much_done_at_once_and_others_are_served(bounded: Server) -> None:
    greedy, other = Page(bounded.chat), Page(bounded.chat)
    with ThreadPoolExecutor(1) as attack:
        going = attack.submit(_at_once, [greedy], 12)
        statuses = {other.ask("GET", "/messages").status_code for _ in range(20)}
        counted = going.result()
    assert statuses == {200}
    assert set(counted) <= {200, 409, 503} and counted[503] >= 1 and counted[200] >= 1
    assert len(greedy.said()) == counted[200], "what was refused is done, or what was taken is not"
    assert greedy.ask("GET", "/messages").status_code == 200, "a place was not given back"


def test_in_all_so_much_is_done_at_once(bounded: Server) -> None:
    pages = [Page(bounded.chat) for _ in range(12)]
    counted = _at_once(pages, 1)
    assert set(counted) == {200, 503} and counted[200] >= IN_ALL
    assert {page.ask("GET", "/messages").status_code for page in pages} == {200}


def test_reading_opening_and_erasing_count_as_running_requests_too(bounded: Server) -> None:
    page = Page(bounded.chat)
    with ThreadPoolExecutor(40) as tabs:
        turns = [tabs.submit(page.post, text=LONG) for _ in range(PER_ADDRESS)]
        others = [
            tabs.submit(requests.request, method, bounded.chat + path, headers=page.headers, timeout=60)
            for method, path in (("GET", "/messages"), ("POST", "/sessions"), ("GET", "/messages")) * 10
        ]
        found = [Counter(one.result().status_code for one in group) for group in (turns, others)]
    assert found[1][503] >= 1, found


def test_by_https_alone(bounded: Server) -> None:
    for path in ("/webhooks/chat/", "/webhooks/chat/demo", "/webhooks/chat/widget.js", "/webhooks/chat/messages", "/x"):
        answer = requests.get(bounded.site + path, timeout=10)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000", path


def test_without_https_no_hsts_is_sent(server: Server) -> None:
    assert "Strict-Transport-Security" not in requests.get(f"{server.chat}/demo", timeout=10).headers


RASAS = [("GET", "/"), ("GET", "/version"), ("GET", "/status"), ("POST", "/model/parse"), ("GET", "/domain")]


@pytest.mark.parametrize(("method", "path"), RASAS)
@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", TOKEN, "Bearer \u00e6"]
)
def test_rasas_api_needs_its_token(bounded: Server, method: str, path: str, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode()}
    answer = requests.request(method, bounded.site + path, headers=headers, data='{"text": "hej"}', timeout=10)
    assert "Authorization: Bearer" in answer.json()["error"]["message"] and answer.status_code == 401


@pytest.mark.parametrize(("method", "path"), RASAS)
def test_rasas_api_takes_the_token_in_a_header(bounded: Server, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json"}
    answer = requests.request(method, bounded.site + path, headers=headers, data='{"text": "hej"}', timeout=10)
    assert answer.status_code == 200, answer.text
    assert TOKEN not in answer.text and TOKEN not in str(answer.headers)


@pytest.mark.parametrize("headers", [{}, {"Authorization": f"Bearer {TOKEN}"}])
def test_in_an_address_the_token_is_refused(bounded: Server, headers: dict[str, str]) -> None:
    for method, path in RASAS:
        answer = requests.request(
            method, bounded.site + path, params={"token": TOKEN}, headers=headers, data='{"text": "hej"}', timeout=10
        )
        assert answer.status_code == 401 and "adressen" in answer.json()["error"]["message"]


def test_the_chat_needs_no_rasa_token(bounded: Server) -> None:
    page = Page(bounded.chat)
    page.headers["Authorization"] = f"Bearer {TOKEN}"
    refused(page.ask("GET", "/messages"), 401)
    refused(page.ask("GET", "/nothing"), 404)


def test_a_site_may_embed_the_chat_with_rasas_api_enabled(bounded: Server) -> None:
    asked = {"Origin": SITE, "Access-Control-Request-Method": "POST"}
    answer = requests.options(f"{bounded.chat}/messages", headers=asked, timeout=10)
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert Page(bounded.chat).ask("GET", "/messages", headers={"Origin": SITE}).headers["Vary"] == "Origin"
