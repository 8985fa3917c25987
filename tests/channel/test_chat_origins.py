"""CORS: the sites of CHAT_ORIGINS and the demo page may use the chat, other pages may not."""

import uuid
from typing import Any

import pytest
import requests

from tests.channel.server import SITE, Page, Server, refused

REQUESTS: list[tuple[str, str]] = [
    ("GET", "/"), ("POST", "/sessions"), ("DELETE", "/sessions"), ("POST", "/messages"), ("GET", "/messages"),
    ("POST", "/feedback"),
]  # fmt: skip
UNKNOWN = [
    "https://www.frederiksberg.dk.ond.dk",
    "http://www.frederiksberg.dk",
    "https://frederiksberg.dk",
    "https://www.frederiksberg.dk:8443",
    "https://www.frederiksberg.dk/",
    "https://ond.dk",
    "HTTPS://WWW.FREDERIKSBERG.DK",
    "null",
    "",
    "*",
    "http://[",
    "https://\u00ff",
]


def _asked(page: Page, method: str, path: str, origin: str) -> requests.Response:
    bodies: dict[str, dict[str, Any]] = {
        "/messages": {"json": {"id": str(uuid.uuid4()), "text": "hej"}},
        "/feedback": {"json": {"message": "greeting.0", "helped": True}},
    }
    body = bodies.get(path, {})
    return page.ask(method, path, headers={"Origin": origin}, **(body if method == "POST" else {}))


@pytest.mark.parametrize("origin", [SITE, "https://intranet.frederiksberg.dk"])
def test_an_embedding_site_may_send_and_read(server: Server, origin: str) -> None:
    for method, path in REQUESTS:
        answer = _asked(Page(server.chat), method, path, origin)
        assert answer.status_code < 300
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert answer.headers["Vary"] == "Origin" and answer.headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_embedding_site_can_read_every_refusal(page: Page) -> None:
    for answer in (
        page.ask("POST", "/messages", json={}, headers={"Origin": SITE}),
        page.ask("GET", "/messages", headers={"Origin": SITE, "Authorization": "Bearer x"}),
        page.ask("PUT", "/messages", headers={"Origin": SITE}),
        page.ask("GET", "/nothing", headers={"Origin": SITE}),
    ):
        assert answer.status_code in (401, 404, 405, 422) and answer.headers["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize("origin", UNKNOWN)
def test_another_site_gets_nothing_and_does_nothing(page: Page, origin: str) -> None:
    page.says("Må jeg filme?")
    for method, path in REQUESTS:
        answer = _asked(page, method, path, origin.encode("latin-1").decode("latin-1"))
        assert "denne side" in refused(answer, 403)
        assert "Access-Control-Allow-Origin" not in answer.headers
    for path in ("/sessions", "/messages", "/feedback"):
        answer = page.ask("OPTIONS", path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        refused(answer, 403)
        assert not [name for name in answer.headers if name.startswith("Access-Control")]
    answer = page.ask("GET", "/nothing", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert page.said() == ["Må jeg filme?"]


@pytest.mark.parametrize("path", ["/sessions", "/messages", "/feedback"])
def test_preflight_of_an_embedding_site(server: Server, path: str) -> None:
    answer = requests.options(
        server.chat + path,
        headers={
            "Origin": SITE,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
        timeout=10,
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == SITE and answer.headers["Vary"] == "Origin"
    assert {"GET", "POST", "DELETE"} == set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    allowed = {name.lower() for name in answer.headers["Access-Control-Allow-Headers"].split(", ")}
    assert allowed == {"authorization", "content-type"}
    assert int(answer.headers["Access-Control-Max-Age"]) > 0


def test_the_demo_page_talks_to_its_own_server(server: Server, page: Page) -> None:
    answer = page.ask("GET", "/messages", headers={"Origin": server.site})
    assert answer.status_code == 200 and "Access-Control-Allow-Origin" not in answer.headers
