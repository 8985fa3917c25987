"""Work in the inbox: states, filters, forwarding, exports, audit trail, sessions and deletion."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import requests

from legal import labels
from legal.inbox import __main__ as command
from legal.inbox.forwarding import forwarding_text
from legal.inbox.store import Filter, InboxStore
from tests.unit.legal.browser import log_in, text
from tests.unit.legal.inbox.three_requests import shown

Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]


def post(session: requests.Session, url: str, page: requests.Response, **values: str) -> requests.Response:
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    return session.post(url, data={"csrf_token": token[1], **values}, timeout=10)


def change(box: Any, session: requests.Session, kind: str, state: str) -> requests.Response:
    content = box.content[kind]
    url = f"{box.url}/requests/{content['reference']}"
    return post(session, f"{url}/status", session.get(url, timeout=10), id=content["id"], status=state)


@pytest.mark.parametrize(
    "query, expected",
    [
        ("", {"recording", "notes", "question"}),
        ("?type=notes", {"notes"}),
        ("?afdeling=jobcenter", {"recording", "notes"}),
        ("?status=new", {"recording", "notes", "question"}),
        ("?status=closed", set()),
        ("?fra=2026-12-02", {"notes", "question"}),
        ("?til=2026-12-02", {"recording", "notes"}),
        ("?fra=2026-12-02&til=2026-12-02", {"notes"}),
        ("?til=9999-12-31", {"recording", "notes", "question"}),
        ("?ord=ØRSTED", {"recording"}),
        ("?ord=ng anne", {"recording"}),
        ("?ord=æ", {"notes", "question"}),
        ("?ord=%25", {"notes"}),
        ("?ord=_", {"question"}),
        ("?ord=o'brien", {"question"}),
        ("?ord='; DROP TABLE inbox_requests", set()),
        ("?fra=i går&status=x&type=y&side=2", {"recording", "notes", "question"}),
    ],
)
def test_the_list_can_be_filtered(box: Any, query: str, expected: set[str]) -> None:
    session, _ = log_in(box)
    assert shown(box, session, query) == expected


def test_a_reference_is_found_as_it_is_typed(box: Any) -> None:
    session, _ = log_in(box)
    reference = box.content["notes"]["reference"]
    for typed in (reference, reference.lower(), reference.replace("-", ""), reference.replace("-", " ")):
        assert shown(box, session, f"?ord={typed}") == {"notes"}


def test_the_list_shows_who_works_on_a_request(box: Any) -> None:
    session, _ = log_in(box)
    page = change(box, session, "notes", "active")
    words = text(page)
    assert "Status er nu: I gang." in words and "Sat af ABC fredag den 4. december 2026 kl. 10.00" in words
    assert "ABC ændrede status fra Ny til I gang" in words
    other, listed = log_in(box)
    assert "I gang 1" in text(listed) and "Ny 2" in text(listed)
    assert shown(box, other, "?status=active") == {"notes"}
    for state in ("forwarded", "closed", "new"):
        assert labels.STATES[state] in text(change(box, other, "notes", state))


@pytest.mark.parametrize("values", [{"status": "gone"}, {"id": "01936f2e-7c00-7abc-8def-0000000000ff"}, {}])
def test_unknown_states_and_requests_are_refused(box: Any, values: dict[str, str]) -> None:
    session, page = log_in(box)
    url = f"{box.url}/requests/{box.content['notes']['reference']}/status"
    sent = {"id": box.content["notes"]["id"], "status": "active"} | values if values else {}
    assert post(session, url, page, **sent).status_code == 404
    assert session.post(url, data=sent, timeout=10).status_code == 400, "another site's form"
    assert box.store.counts(Filter()) == {"new": 3}


@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_the_forwarding_text_has_every_value(box: Any, kind: str) -> None:
    session, _ = log_in(box)
    content = box.content[kind]
    page = session.get(f"{box.url}/requests/{content['reference']}", timeout=10).text
    area = re.search(r"<textarea[^>]* readonly[^>]*>(.*?)</textarea>", page, re.S)
    assert area
    words = unescape(area[1])
    assert words == forwarding_text(content, {"jobcenter": "Jobcenter Frederiksberg"})
    for needed in (content["reference"], content["applicant"]["name"], "anne-marie@example.dk", "+45 38 21 42 36"):
        assert needed in words
    assert ("Til Jobcenter Frederiksberg" in words) == (kind != "question")
    own = {"recording": "Efter en blodprop", "notes": "mødet i tirsdags", "question": "hvis I siger nej"}[kind]
    assert own in words and "None" not in words and content["id"] not in words


def test_files_hold_what_the_list_shows_and_no_formula(box: Any, payload: Make) -> None:
    evil = payload("question") | {"id": "01936f2e-7c00-7abc-8def-0000000000aa"}
    evil["applicant"]["name"] = '=HYPERLINK("http://x")'
    evil["question"]["text"] = "@SUM(1)\n+45"
    box.store.add(evil)
    session, _ = log_in(box)
    answer = session.get(f"{box.url}/anmodninger.csv?type=question", timeout=10)
    assert (
        answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 3 and {len(row) for row in rows} == {28}
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["Navn"] == '\'=HYPERLINK("http://x")' and first["Spørgsmål"] == "'@SUM(1)\n+45"
    assert first["Telefon"] == "'+45 38 21 42 36"
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row)
    listed = session.get(f"{box.url}/anmodninger.json?type=question", timeout=10).json()
    assert [one["request"] for one in listed] == [evil, box.content["question"]]


def test_the_trail_tells_who_did_what(box: Any) -> None:
    log_in(box, "forkert-kode-2026")
    session, _ = log_in(box)
    change(box, session, "recording", "forwarded")
    session.get(f"{box.url}/anmodninger.csv", timeout=10)
    words = text(session.get(f"{box.url}/haendelser", timeout=10))
    for deed in (
        "ABC forsøgte at logge ind med forkert adgangskode",
        "ABC loggede ind",
        f"ABC åbnede anmodningen {box.content['recording']['reference']}",
        "ABC ændrede status fra Ny til Videresendt",
        "ABC hentede 3 anmodninger som CSV",
    ):
        assert deed in words
    assert "Ørsted" not in words
    assert "loggede ind" not in text(
        session.get(f"{box.url}/requests/{box.content['recording']['reference']}", timeout=10)
    )


@pytest.mark.parametrize("path", ["/anmodninger.csv", "/anmodninger.json", "/haendelser"])
def test_nothing_of_it_without_logging_in(box: Any, path: str) -> None:
    page = requests.get(box.url + path, timeout=10)
    assert page.url.endswith("/log-ind") and "Ørsted" not in page.text
    assert box.store.trail.count() == 0


@pytest.mark.parametrize("initials", ["", "A", "A B", "<b>", "ABCDEFGHIJK"])
def test_nobody_logs_in_without_initials(box: Any, initials: str) -> None:
    session = requests.Session()
    form = session.get(f"{box.url}/log-ind", timeout=10)
    sent = {"username": "jura", "password": box.password, "initials": initials}
    answer = post(session, f"{box.url}/log-ind", form, **sent)
    assert answer.status_code == 422 and "Skriv dine initialer" in text(answer)
    assert session.get(box.url, timeout=10).url.endswith("/log-ind")


def test_a_session_that_was_logged_out_of_is_worth_nothing_to_a_thief(box: Any) -> None:
    session, page = log_in(box)
    stolen = dict(session.cookies)
    assert requests.get(box.url, cookies=stolen, timeout=10).url == f"{box.url}/"
    post(session, f"{box.url}/log-ud", page)
    assert requests.get(box.url, cookies=stolen, timeout=10).url.endswith("/log-ind")


def test_a_session_ends_after_eight_hours_and_its_key_is_kept_as_a_hash(
    box: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = box.store.sessions.open("ABC", "mark")
    assert box.store.sessions.who(key, "mark") == "ABC" and box.store.sessions.who(key, "another") is None
    with sqlite3.connect(tmp_path / "inbox.db") as file:
        assert key not in str(file.execute("SELECT * FROM inbox_sessions").fetchall())
    now = __import__("time").time()
    monkeypatch.setattr("legal.inbox.sessions.time.time", lambda: now + 8 * 3600 + 1)
    assert box.store.sessions.who(key, "mark") is None


def test_behind_https_the_cookie_goes_by_https_alone(inbox: Start) -> None:
    assert "Secure" not in requests.get(f"{inbox().url}/log-ind", timeout=10).headers["Set-Cookie"]
    cookie = requests.get(f"{inbox(INBOX_HTTPS='1').url}/log-ind", timeout=10).headers["Set-Cookie"]
    assert "Secure" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_old_closed_requests_are_deleted_and_open_ones_never(
    box: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any, config: Any
) -> None:
    session, _ = log_in(box)
    change(box, session, "recording", "closed")
    monkeypatch.setenv("NOW", "2027-12-04T09:00:00+01:00")
    assert box.store.delete_old(365, dry_run=False) == ([], 2)
    monkeypatch.setenv("NOW", "2027-12-04T11:00:00+01:00")
    monkeypatch.setattr(command, "settings", config)
    reference = box.content["recording"]["reference"]
    assert command.main(["delete-old", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert f"{reference}: ville blive slettet" in said and "2 er modtaget" in said
    assert box.store.count() == 3
    assert command.main(["delete-old"]) == 0
    assert f"{reference}: slettet" in capsys.readouterr().out
    assert box.store.count() == 2 and not box.store.by_reference(reference)
    left = b"".join(file.read_bytes() for file in tmp_path.glob("inbox.db*"))
    assert "Ørsted".encode() not in left and b"blodprop" not in left
    assert [(event.who, event.reference) for event in box.store.trail.page(0, 9)] == [("(system)", reference)]


def test_the_retention_period_follows_its_setting(monkeypatch: pytest.MonkeyPatch, config: Any, capsys: Any) -> None:
    monkeypatch.setattr(command, "settings", lambda: config(INBOX_RETENTION_DAYS="evigt"))
    assert command.main(["delete-old"]) == 2
    assert "INBOX_RETENTION_DAYS" in capsys.readouterr().err


def test_every_field_and_button_has_a_name_and_the_order_is_the_pages_own(box: Any) -> None:
    session, listed = log_in(box)
    change(box, session, "notes", "active")
    one = session.get(f"{box.url}/requests/{box.content['notes']['reference']}", timeout=10)
    for page in (listed.text, one.text, session.get(f"{box.url}/haendelser", timeout=10).text):
        assert "tabindex" not in page.replace('tabindex="-1"', "") and "onclick" not in page
        labelled = set(re.findall(r'<label for="([^"]+)"', page))
        fields = re.findall(r"<(?:input(?![^>]*hidden)|select|textarea)[^>]*\bid=\"([^\"]+)\"", page)
        assert set(fields) <= labelled
        assert len(re.findall(r"<h1", page)) == 1


def test_two_requests_with_one_reference_change_independently(inbox: Start, payload: Make, tmp_path: Any) -> None:
    store = InboxStore(f"sqlite:///{tmp_path / 'two.db'}")
    one = payload()
    other = one | {"id": one["id"][:-1] + "c"}
    store.add(one)
    store.add(other)
    assert store.change_state(other["id"], "active", "ABC", "ændrede")
    assert [found.state for found in store.by_reference(one["reference"])] == ["new", "active"]
