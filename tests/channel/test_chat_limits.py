"""Rate limits of a conversation and of an address, and Retry-After."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import requests

from tests.channel.server import PER_ADDRESS, PER_SESSION, SITE, Page, Server, new_address, refused


def check_too_fast(answer: requests.Response) -> None:
    message = refused(answer, 429)
    wait = int(answer.headers["Retry-After"])
    assert 1 <= wait <= 60 and f"Vent {wait} sekund" in message


def test_a_conversations_rate_counts_messages_from_all_addresses(server: Server) -> None:
    page = Page(server.chat)
    turn = {"id": str(uuid.uuid4()), "text": "hej"}
    for _ in range(PER_SESSION):
        assert page.post(**turn).status_code == 200
    late = str(uuid.uuid4())
    for address in (None, new_address()):
        page.headers["X-Forwarded-For"] = address or page.headers["X-Forwarded-For"]
        check_too_fast(page.post(id=late, text="Må jeg filme?"))
    assert page.said() == ["hej"], "what was refused has been done"
    # Reading, erasing and other conversations of the address are not limited.
    neighbour = Page(server.chat, page.headers["X-Forwarded-For"])
    assert neighbour.says("hej")
    assert page.ask("DELETE", "/sessions").status_code == 204


def test_many_at_once_are_counted_too(server: Server) -> None:
    page = Page(server.chat)
    turn = {"id": str(uuid.uuid4()), "text": "hej"}
    with ThreadPoolExecutor(16) as tabs:
        statuses = [answer.status_code for answer in tabs.map(lambda _: page.post(**turn), range(PER_SESSION + 10))]
    assert (statuses.count(200), statuses.count(429)) == (PER_SESSION, 10)


def test_an_address_has_its_rate_over_all_its_conversations(server: Server) -> None:
    address = new_address()
    pages = [Page(server.chat, address) for _ in range(PER_ADDRESS - 60)]
    for page in pages[:60]:
        assert page.ask("GET", "/messages").status_code == 200
    check_too_fast(pages[0].post(text="Må jeg filme?"))
    check_too_fast(pages[0].ask("POST", "/sessions"))
    check_too_fast(pages[0].ask("GET", "/messages"))
    # Other addresses are not limited, and erasing never is.
    pages[0].headers["X-Forwarded-For"] = new_address()
    assert pages[0].said() == []
    assert pages[1].ask("DELETE", "/sessions").status_code == 204


def test_guessing_tokens_counts_against_the_addresss_rate(server: Server) -> None:
    address = {"X-Forwarded-For": new_address(), "Authorization": "Bearer gaet"}
    with requests.Session() as line:
        statuses = [
            line.get(f"{server.chat}/messages", headers=address, timeout=10).status_code for _ in range(PER_ADDRESS + 5)
        ]
    assert statuses == [401] * PER_ADDRESS + [429] * 5


def test_what_a_citizen_writes_into_the_header_of_proxies_is_not_believed(server: Server) -> None:
    """With one proxy of ours, the last address is what it saw; earlier ones may be forged."""
    seen = new_address()
    with requests.Session() as line:
        for _ in range(PER_ADDRESS):
            headers = {"X-Forwarded-For": f"{new_address()}, {seen}"}
            assert line.get(f"{server.chat}/messages", headers=headers, timeout=10).status_code == 401
    check_too_fast(requests.get(f"{server.chat}/messages", headers={"X-Forwarded-For": f"1.2.3.4, {seen}"}, timeout=10))


@pytest.mark.parametrize(
    "lines",
    [
        # A proxy may add its own header line instead of appending to the client's.
        lambda number: [f"203.0.113.{number}", "192.0.2.250"],
        # Some proxies add the port, which changes with each connection.
        lambda number: [f"192.0.2.251:{40_000 + number}"],
        # An IPv6 client has a whole /64 network.
        lambda number: [f"2001:db8:7:7::{number}"],
        lambda number: [f"[2001:db8:7:8::{number}]:{40_000 + number}"],
        lambda number: [f"::ffff:192.0.2.{252 + number % 2}", "::ffff:192.0.2.254"],
    ],
    ids=["lines", "port", "IPv6", "IPv6 and port", "IPv4 as IPv6"],
)
def test_spellings_of_an_address_are_counted_together(server: Server, lines: Callable[[int], list[str]]) -> None:
    place = urlsplit(server.chat)

    def guess(number: int) -> int:
        line.putrequest("GET", f"{place.path}/messages")
        for value in lines(number):
            line.putheader("X-Forwarded-For", value)
        line.putheader("Authorization", "Bearer gaet")
        line.endheaders()
        answer = line.getresponse()
        answer.read()
        return answer.status

    line = HTTPConnection(place.netloc, timeout=10)
    try:
        statuses = [guess(number) for number in range(PER_ADDRESS + 5)]
    finally:
        line.close()
    assert statuses == [401] * PER_ADDRESS + [429] * 5


def test_the_embedding_page_can_read_retry_after(server: Server) -> None:
    page = Page(server.chat)
    turn = {"id": str(uuid.uuid4()), "text": "hej"}
    for _ in range(PER_SESSION):
        page.post(**turn)
    answer = page.ask("POST", "/messages", json=turn, headers={"Origin": SITE})
    check_too_fast(answer)
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert answer.headers["Access-Control-Expose-Headers"] == "Retry-After"
