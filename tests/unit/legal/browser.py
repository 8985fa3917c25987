"""Browsers for tests of the inbox: log in, read a page's words, keep cookies."""

import http.client
import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

PASSWORD = "hest-sol-cykel-2026"


@dataclass
class Answer:
    """A response: status, headers by lower-case name, and text."""

    status: int
    headers: dict[str, str]
    text: str


class Browser:
    """A browser that sends secure cookies over http as well, so that a test can act as the https proxy."""

    def __init__(self, url: str, **headers: str) -> None:
        """`headers` go with each request, as a proxy adds them; underscores in their names become hyphens."""
        self._place = urlsplit(url).netloc
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def log_in(self, password: str = PASSWORD, initials: str = "abc") -> Answer:
        """Fetches the form and sends it with its CSRF token."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/log-ind").text)
        assert found
        return self.post("/log-ind", username="jura", initials=initials, password=password, csrf_token=found[1])

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        connection = http.client.HTTPConnection(self._place, timeout=20)
        headers = dict(self._headers)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            self.set_cookies = answer.headers.get_all("Set-Cookie") or []
            for line in self.set_cookies:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            named = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, named, answer.read().decode())
        finally:
            connection.close()


def text(page: requests.Response) -> str:
    """The words of a page, without its markup."""
    body = page.text.partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def log_in(box: Any, password: str | None = None, session: requests.Session | None = None) -> Any:
    """Fetches the log-in form and sends it filled in; returns the session and the page that follows."""
    session = session or requests.Session()
    form = session.get(f"{box.url}/log-ind", timeout=10)
    found = re.search(r'name="csrf_token" value="([^"]+)"', form.text)
    assert found
    answer = session.post(
        f"{box.url}/log-ind",
        data={
            "username": "jura",
            "initials": "abc",
            "password": password or box.password,
            "csrf_token": found[1],
        },
        timeout=10,
    )
    return session, answer
