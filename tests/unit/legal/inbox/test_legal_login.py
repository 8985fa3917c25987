"""The inbox's log-in: guesses are limited, and guessers do not lock out those who have the password."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from argon2 import PasswordHasher

from legal.inbox import password
from tests.unit.legal.browser import PASSWORD, Browser

Start = Callable[..., Any]
WRONG = "forkert-kode-2026"
PROXY = {"INBOX_PROXY": "127.0.0.1"}


def at(box: Any, address: str) -> Browser:
    """A browser whose address the proxy reports."""
    return Browser(box.url, X_Forwarded_For=address)


def guess(browser: Browser, times: int, initials: str = "xyz") -> list[int]:
    return [browser.log_in(WRONG, initials).status for _ in range(times)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes checking a password quick, for tests that count checks."""
    monkeypatch.setattr(password, "verified", lambda kept, given: given == PASSWORD)


def test_guesses_at_the_same_moment_are_all_counted(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    # As slow as it is: several are being checked at the same moment.
    monkeypatch.setattr(password, "_hasher", PasswordHasher())
    box = inbox()
    browsers = [Browser(box.url) for _ in range(16)]
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda browser: browser.log_in(WRONG).status, browsers))
    # Few are checked at a time; those refused unchecked are not counted.
    assert 1 <= statuses.count(401) <= 5 and set(statuses) <= {401, 429, 503}
    statuses += guess(Browser(box.url), 6, "abc")
    assert statuses.count(401) == 5 and statuses[-1] == 429


@pytest.mark.usefixtures("quick")
def test_wrong_passwords_of_one_person_do_not_lock_out_a_colleague(inbox: Start) -> None:
    box = inbox()
    guess(Browser(box.url), 9, "glemsom")
    assert Browser(box.url).log_in(initials="kollega").status == 302


@pytest.mark.usefixtures("quick")
def test_a_browser_that_logged_in_before_gets_in_whoever_guesses_at_its_address(inbox: Start) -> None:
    box = inbox()
    mine = Browser(box.url)
    assert mine.log_in().status == 302
    mine.cookies.pop("indbakke")  # The session has ended, as after eight hours.
    for number in range(12):
        guess(Browser(box.url), 5, f"gaet{number}")
    assert Browser(box.url).log_in().status == 429, "a stranger at this address waits"
    assert mine.log_in().status == 302
    # Its own guesses are limited too.
    mine.cookies.pop("indbakke")
    assert guess(mine, 7) == [401] * 5 + [429] * 2


@pytest.mark.usefixtures("quick")
def test_a_forged_known_browser_cookie_is_ignored(inbox: Start) -> None:
    box = inbox()
    mine = Browser(box.url)
    mine.log_in()
    name = next(name for name in mine.cookies if name != "indbakke")
    guess(Browser(box.url), 12)
    stranger = Browser(box.url)
    # Not the last character: base64 ignores two of its bits.
    *start, changed, last = mine.cookies[name]
    stranger.cookies[name] = "".join([*start, "A" if changed != "A" else "B", last])
    assert stranger.log_in(initials="xyz").status == 429


def test_a_new_password_invalidates_known_browser_cookies(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
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
    # A browser without cookies at an address from which somebody has logged in.
    assert at(box, office).log_in(initials="ny").status == 302


@pytest.mark.usefixtures("quick")
def test_one_address_cannot_use_up_the_limit_of_all_unknown_addresses(
    inbox: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
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
def test_a_limited_log_in_says_how_long_to_wait(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_the_configured_proxys_own_entry_is_the_clients_address(start: Callable[..., Any], port: int) -> None:
    env = {"INBOX_PORT": str(port), "INBOX_PASSWORD": PASSWORD, "INBOX_PROXY": "10.1.2.3, 127.0.0.0/8"}
    start("legal.inbox", **env).wait_for("klar på")
    url = f"http://127.0.0.1:{port}"
    forged = [Browser(url, X_Forwarded_For=f"192.0.2.{number}, 198.51.100.1:4711") for number in range(7)]
    assert [browser.log_in(WRONG).status for browser in forged] == [401] * 5 + [429] * 2
    assert Browser(url, X_Forwarded_For="198.51.100.2").log_in(WRONG).status == 401


def test_a_flood_of_guesses_stops_neither_reading_nor_receiving(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    real, lock, at_once = password.verified, threading.Lock(), [0, 0]

    def slow(kept: str, given: str) -> bool:
        """Takes as long as on a small machine."""
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


def test_behind_https_hsts_is_sent(inbox: Start) -> None:
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


def test_a_proxy_may_pass_another_host_header(inbox: Start) -> None:
    """By default nginx passes the inbox's address as Host, while the page has the proxy's."""
    browser = Browser(inbox(INBOX_HTTPS="1").url, Referer="https://jura.example.dk/log-ind", X_Forwarded_Proto="https")
    assert browser.log_in().status == 302


def test_the_clients_address_is_not_stored(inbox: Start, tmp_path: Any) -> None:
    box = inbox(**PROXY)
    at(box, "203.0.113.77").log_in()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("inbox.db*"))
    assert b"203.0.113" not in kept


def test_requests_of_systems_need_and_get_no_cookie(inbox: Start) -> None:
    box = inbox()
    for path in ("/health", "/schema"):
        assert "Set-Cookie" not in requests.get(box.url + path, timeout=10).headers
