"""A browser at the inbox, as somebody uses it who knows the password."""

import http.client
import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

PASSWORD = "hest-sol-cykel-2026"


@dataclass
class Answer:
    """What a browser got: the status, the headers by small name, and the text."""

    status: int
    headers: dict[str, str]
    text: str


class Browser:
    """A browser without the rule that secure cookies go by https alone, so that a test can play the https proxy."""

    def __init__(self, url: str, **headers: str) -> None:
        """`headers`: what the proxy adds to each request, with underscores for hyphens."""
        self._place = urlsplit(url).netloc
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def log_in(self, password: str = PASSWORD, initials: str = "abc") -> Answer:
        """Fills in the form as it was served."""
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
