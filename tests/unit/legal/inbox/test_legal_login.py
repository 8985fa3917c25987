"""The inbox's log-in: guesses are counted and few, and nobody shuts out who has the password."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from legal.inbox import password
from tests.unit.legal.browser import PASSWORD, Browser

Start = Callable[..., Any]
WRONG = "forkert-kode-2026"
PROXY = {"INBOX_PROXY": "127.0.0.1"}


def at(box: Any, address: str) -> Browser:
    """A browser at an address, as the proxy tells it."""
    return Browser(box.url, X_Forwarded_For=address)


def guess(browser: Browser, times: int, initials: str = "xyz") -> list[int]:
    return [browser.log_in(WRONG, initials).status for _ in range(times)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks a password at once, where a test is about how many are checked."""
    monkeypatch.setattr(password, "verified", lambda kept, given: given == PASSWORD)


def test_guesses_at_the_same_moment_are_all_counted(inbox: Start) -> None:
    box = inbox()
    browsers = [Browser(box.url) for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda browser: browser.log_in(WRONG).status, browsers))
    # Some are sent away unread, since only so many are checked at a time. They are not counted.
    assert 1 <= statuses.count(401) <= 5 and set(statuses) <= {401, 429, 503}
    statuses += guess(Browser(box.url), 6, "abc")
    assert statuses.count(401) == 5 and statuses[-1] == 429


@pytest.mark.usefixtures("quick")
def test_one_person_who_forgot_the_password_keeps_no_colleague_out(inbox: Start) -> None:
    box = inbox()
    guess(Browser(box.url), 9, "glemsom")
    assert Browser(box.url).log_in(initials="kollega").status == 302


@pytest.mark.usefixtures("quick")
def test_a_browser_that_logged_in_before_gets_in_whoever_guesses_at_its_address(inbox: Start) -> None:
    box = inbox()
    mine = Browser(box.url)
    assert mine.log_in().status == 302
    mine.cookies.pop("indbakke")  # The session is over, as after eight hours.
    for number in range(12):
        guess(Browser(box.url), 5, f"gaet{number}")
    assert Browser(box.url).log_in().status == 429, "a stranger at this address waits"
    assert mine.log_in().status == 302
    # It is counted as well, alone.
    mine.cookies.pop("indbakke")
    assert guess(mine, 7) == [401] * 5 + [429] * 2


@pytest.mark.usefixtures("quick")
def test_a_cookie_that_nobody_here_gave_is_worth_nothing(inbox: Start) -> None:
    box = inbox()
    mine = Browser(box.url)
    mine.log_in()
    name = next(name for name in mine.cookies if name != "indbakke")
    guess(Browser(box.url), 12)
    stranger = Browser(box.url)
    # The last character but one: of the last, base64 leaves two bits unread.
    *start, changed, last = mine.cookies[name]
    stranger.cookies[name] = "".join([*start, "A" if changed != "A" else "B", last])
    assert stranger.log_in(initials="xyz").status == 429


def test_an_old_cookie_is_no_way_around_a_new_password(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    box = inbox()
    mine = Browser(box.url)
    mine.log_in()
    monkeypatch.setenv("INBOX_PASSWORD", "et-helt-nyt-ord-2027")
    password.prepare_password(box.store)
    guess(Browser(box.url), 6, "abc")
    assert mine.log_in("et-helt-nyt-ord-2027").status == 429


@pytest.mark.usefixtures("quick")
def test_from_all_addresses_together_only_so_many_guesses_an_hour(inbox: Start) -> None:
    box = inbox(**PROXY)
    statuses = [at(box, f"198.51.100.{number}").log_in(WRONG, f"x{number}").status for number in range(130)]
    assert statuses.count(401) == 100 and set(statuses[100:]) == {429}


@pytest.mark.usefixtures("quick")
def test_jura_gets_in_from_where_it_logs_in_whoever_guesses_elsewhere(inbox: Start) -> None:
    box = inbox(**PROXY)
    office, elsewhere = "203.0.113.7", "198.51.100"
    assert at(box, office).log_in().status == 302
    for number in range(102):
        at(box, f"{elsewhere}.{number}").log_in(WRONG, f"x{number}")
    assert at(box, f"{elsewhere}.200").log_in().status == 429, "a stranger's right password waits, too"
    # Another browser, without any cookie, at the address from which somebody logged in.
    assert at(box, office).log_in(initials="ny").status == 302


@pytest.mark.usefixtures("quick")
def test_one_address_cannot_use_up_what_all_strangers_have(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    box = inbox(**PROXY)
    begun, later = time.monotonic(), 0
    monkeypatch.setattr("legal.inbox.guesses.now", lambda: begun + later)
    answers: list[int] = []
    for minute in range(20):
        later = minute * 61
        answers += [at(box, "198.51.100.1").log_in(WRONG, f"x{minute}{number}").status for number in range(11)]
    assert answers.count(401) == 40
    assert at(box, "203.0.113.9").log_in().status == 302


@pytest.mark.usefixtures("quick")
def test_who_has_an_ipv6_network_is_one_guesser(inbox: Start) -> None:
    box = inbox(**PROXY)
    answers = [at(box, f"2001:db8:1:2::{number:x}").log_in(WRONG).status for number in range(8)]
    assert answers == [401] * 5 + [429] * 3


@pytest.mark.usefixtures("quick")
def test_whoever_must_wait_is_told_how_long_and_may_then_try_again(
    inbox: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = inbox()
    begun, later = time.monotonic(), 0.0
    monkeypatch.setattr("legal.inbox.guesses.now", lambda: begun + later)
    guess(Browser(box.url), 5)
    refused = Browser(box.url).log_in(initials="xyz")
    assert refused.status == 429 and "Vent et minut, og prøv igen" in refused.text
    assert refused.headers["retry-after"] == "60"
    later = 61
    assert Browser(box.url).log_in(initials="xyz").status == 302, "a right password gives its count back"
    guess(Browser(box.url), 5)
    later = 122
    guess(Browser(box.url), 5)
    refused = Browser(box.url).log_in(initials="xyz")
    assert refused.status == 429 and "Vent 58 minutter, og prøv igen" in refused.text


@pytest.mark.parametrize("env", [{}, {"INBOX_HTTPS": "1"}, {"INBOX_PROXY": "10.0.0.0/8"}])
def test_a_header_of_anybody_but_the_named_proxy_is_not_believed(
    start: Callable[..., Any], port: int, env: dict[str, str]
) -> None:
    start("legal.inbox", INBOX_PORT=str(port), INBOX_PASSWORD=PASSWORD, **env).wait_for("klar på")
    url = f"http://127.0.0.1:{port}"
    forged = [
        Browser(url, X_Forwarded_For=f"198.51.100.{number}", Forwarded=f"for=198.51.100.{number}")
        for number in range(7)
    ]
    assert [browser.log_in(WRONG).status for browser in forged] == [401] * 5 + [429] * 2


def test_the_named_proxy_tells_who_asks_and_nobody_before_it(start: Callable[..., Any], port: int) -> None:
    env = {"INBOX_PORT": str(port), "INBOX_PASSWORD": PASSWORD, "INBOX_PROXY": "10.1.2.3, 127.0.0.0/8"}
    start("legal.inbox", **env).wait_for("klar på")
    url = f"http://127.0.0.1:{port}"
    forged = [Browser(url, X_Forwarded_For=f"192.0.2.{number}, 198.51.100.1:4711") for number in range(7)]
    assert [browser.log_in(WRONG).status for browser in forged] == [401] * 5 + [429] * 2
    assert Browser(url, X_Forwarded_For="198.51.100.2").log_in(WRONG).status == 401


def test_a_flood_of_guesses_stops_neither_reading_nor_receiving(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    real, lock, at_once = password.verified, threading.Lock(), [0, 0]

    def slow(kept: str, given: str) -> bool:
        """As slow as on a small machine."""
        with lock:
            at_once[0] += 1
            at_once[1] = max(at_once)
        time.sleep(0.8)
        with lock:
            at_once[0] -= 1
        return real(kept, given)

    box = inbox(**PROXY)
    reader = at(box, "203.0.113.1")
    reader.log_in()
    monkeypatch.setattr(password, "verified", slow)
    with ThreadPoolExecutor(30) as pool:
        flood = [pool.submit(at(box, f"198.51.100.{number}").log_in, WRONG, f"x{number}") for number in range(30)]
        time.sleep(0.5)
        for path in ("/health", "/"):
            before = time.monotonic()
            assert reader.get(path).status == 200
            assert time.monotonic() - before < 2, path
        statuses = [one.result().status for one in flood]
    assert at_once[1] <= 2
    assert set(statuses) <= {401, 503} and 503 in statuses


def test_behind_https_a_browser_asks_by_https_alone(inbox: Start) -> None:
    box = inbox(INBOX_HTTPS="1", **PROXY)
    browser = at(box, "203.0.113.1")
    assert browser.log_in().status == 302
    for path in ("/", "/health", "/schema", "/findes-ikke", "/static/inbox.css", "/log-ind"):
        assert browser.get(path).headers["strict-transport-security"] == "max-age=31536000"
    plain = Browser(inbox().url)
    assert "strict-transport-security" not in plain.get("/log-ind").headers


def test_behind_https_the_cookies_are_the_hosts_own(inbox: Start) -> None:
    browser = Browser(inbox(INBOX_HTTPS="1").url)
    assert browser.log_in().status == 302
    assert browser.get("/").status == 200
    assert len(browser.set_cookies) >= 1 and all(name.startswith("__Host-") for name in browser.cookies)
    browser = Browser(inbox(INBOX_HTTPS="1").url)
    browser.log_in()
    for line in browser.set_cookies:
        words = [word.strip().lower() for word in line.split(";")]
        assert {"secure", "httponly", "path=/"} <= set(words), line
        assert {"samesite=lax", "samesite=strict"} & set(words) and not any(w.startswith("domain") for w in words)
    plain = Browser(inbox().url)
    plain.log_in()
    assert not any("secure" in line.lower() or "__Host" in line for line in plain.set_cookies)


def test_a_proxy_that_names_the_inbox_otherwise_keeps_nobody_out(inbox: Start) -> None:
    """The page's own address is the proxy's, the Host header the inbox's, as nginx does where nobody tells it."""
    browser = Browser(inbox(INBOX_HTTPS="1").url, Referer="https://jura.example.dk/log-ind", X_Forwarded_Proto="https")
    assert browser.log_in().status == 302


def test_the_address_is_not_written_down(inbox: Start, tmp_path: Any) -> None:
    box = inbox(**PROXY)
    at(box, "203.0.113.77").log_in()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("inbox.db*"))
    assert b"203.0.113" not in kept


def test_machines_need_no_cookie_and_get_none(inbox: Start) -> None:
    box = inbox()
    for path in ("/health", "/schema"):
        assert "Set-Cookie" not in requests.get(box.url + path, timeout=10).headers
