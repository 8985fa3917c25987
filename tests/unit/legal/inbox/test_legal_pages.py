"""The inbox's pages: each request in Danish words, for logged-in staff only."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import requests

from common.settings import SettingsError
from legal import labels
from legal.inbox.password import PasswordCheck, prepare_password
from legal.inbox.store import InboxStore
from tests.unit.legal.browser import log_in, text

Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]


@pytest.mark.parametrize("path", ["/", "/requests/K7QF-3MXP", "/?side=2", "/findes-ikke"])
def test_without_logging_in_nothing_is_shown(inbox: Start, payload: Make, path: str) -> None:
    box, content = inbox(), payload()
    box.store.add(content)
    page = requests.get(box.url + path.replace("K7QF-3MXP", content["reference"]), timeout=10)
    assert page.url.endswith("/log-ind")
    assert "Anne-Marie" not in page.text and content["reference"] not in page.text


def test_after_logging_in_the_wanted_page_is_shown(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload()
    box.store.add(content)
    session = requests.Session()
    session.get(f"{box.url}/requests/{content['reference']}", timeout=10)
    _, page = log_in(box, session=session)
    assert page.url == f"{box.url}/requests/{content['reference']}"


def test_wrong_passwords_are_refused_and_then_limited(inbox: Start) -> None:
    box = inbox()
    for _ in range(5):
        session, answer = log_in(box, "forkert-kode-2026")
        assert answer.status_code == 401 and "passer ikke" in text(answer)
    _, answer = log_in(box)
    assert answer.status_code == 429 and "Vent et minut" in text(answer)
    assert session.get(box.url, timeout=10).url.endswith("/log-ind")


def test_right_passwords_are_never_limited(inbox: Start) -> None:
    box = inbox()
    assert [log_in(box)[1].status_code for _ in range(8)] == [200] * 8


def test_a_form_from_another_site_does_nothing(inbox: Start) -> None:
    box = inbox()
    forged = requests.post(f"{box.url}/log-ind", data={"username": "jura", "password": box.password}, timeout=10)
    assert forged.status_code == 400
    session, _ = log_in(box)
    assert session.post(f"{box.url}/log-ud", timeout=10).status_code == 400
    assert session.get(box.url, timeout=10).url == f"{box.url}/"


def test_logging_out_ends_the_session(inbox: Start) -> None:
    box = inbox()
    session, page = log_in(box)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    assert session.post(f"{box.url}/log-ud", data={"csrf_token": token[1]}, timeout=10).url.endswith("/log-ind")
    assert session.get(box.url, timeout=10).url.endswith("/log-ind")


def test_a_new_password_ends_the_sessions_of_the_old(inbox: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    box = inbox()
    session, _ = log_in(box)
    monkeypatch.setenv("INBOX_PASSWORD", "et-helt-nyt-ord-2027")
    prepare_password(box.store)
    assert session.get(box.url, timeout=10).url.endswith("/log-ind")
    assert log_in(box)[1].status_code == 401
    assert log_in(box, "et-helt-nyt-ord-2027")[1].status_code == 200


def test_the_cookie_is_httponly_and_samesite(inbox: Start) -> None:
    answer = requests.get(f"{inbox().url}/log-ind", timeout=10)
    assert "HttpOnly" in answer.headers["Set-Cookie"] and "SameSite=Lax" in answer.headers["Set-Cookie"]


def test_a_password_is_generated_once_and_stored_as_a_hash(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INBOX_PASSWORD", raising=False)
    store = InboxStore(f"sqlite:///{tmp_path / 'inbox.db'}")
    made = prepare_password(store)
    assert made and len(made) > 20
    assert prepare_password(store) is None
    kept = store.kept("password", lambda: "")
    # 64 MiB and three rounds, as RFC 9106 recommends.
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and made not in kept


def test_a_set_password_stays_valid_after_the_setting_is_removed(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INBOX_PASSWORD", raising=False)
    store = InboxStore(f"sqlite:///{tmp_path / 'inbox.db'}")
    made, check = prepare_password(store), PasswordCheck(store)
    assert made and check.fits("jura", made)
    monkeypatch.setenv("INBOX_PASSWORD", "et-helt-nyt-ord-2027")
    assert prepare_password(store) is None
    for value in ("", None):
        if value is None:
            monkeypatch.delenv("INBOX_PASSWORD")
        else:
            monkeypatch.setenv("INBOX_PASSWORD", value)
        assert prepare_password(store) is None, "no new one is made"
        assert check.fits("jura", "et-helt-nyt-ord-2027") and not check.fits("jura", made)


def test_a_short_password_is_refused_without_repeating_it(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOX_PASSWORD", "kort")
    with pytest.raises(SettingsError, match="INBOX_PASSWORD") as error:
        prepare_password(InboxStore(f"sqlite:///{tmp_path / 'inbox.db'}"))
    assert "kort" not in str(error.value)


def test_the_list_shows_the_newest_first(inbox: Start, payload: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOW", "2026-12-01T10:00:00+01:00")
    box = inbox()
    old = payload("recording")
    new = payload("question") | {"id": old["id"][:-1] + "c"}
    box.store.add(old)
    box.store.add(new)
    _, page = log_in(box)
    words = text(page)
    assert words.index(new["reference"]) < words.index(old["reference"])
    for shown in ("2 anmodninger", "Tilladelse til optagelse", "Spørgsmål", "3. december 2026", "Anne-Marie Ørsted Ng"):
        assert shown in words
    assert re.search(r"1\. december 2026 kl\. 10\.0\d", words)
    assert f'href="/requests/{old["reference"]}"' in page.text


def test_a_recording_is_shown_with_every_value_in_words(
    inbox: Start, payload: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels, "load_departments", lambda: {"jobcenter": "Jobcenter Frederiksberg"})
    box, content = inbox(), payload("recording")
    box.store.add(content)
    session, _ = log_in(box)
    page = session.get(f"{box.url}/requests/{content['reference'].lower()}", timeout=10)
    words = text(page)
    for shown in (
        f"Anmodning {content['reference']}",
        "Navn Anne-Marie Ørsted Ng",
        "E-mail anne-marie@example.dk",
        "Telefon +45 38 21 42 36",
        "Afdeling Jobcenter Frederiksberg",
        "Afdelingen med borgerens ord jobcentret på Finsensvej",
        "Slags møde Fysisk møde",
        "Tidspunkt torsdag den 3. december 2026 kl. 14.30",
        "Optages som Lyd",
        "Grunde Kommunikationshæmning Svært ved at huske samtalens indhold og aftaler",
        "Borgerens forklaring Jeg hører dårligt. Efter en blodprop glemmer jeg, hvad vi aftaler.",
        "Kan en bisidder komme med? Nej",
        "Skal bruges til Kun privat: egen hukommelse eller familien",
        "Sagt ja til vilkårene tirsdag den 1. december 2026 kl. 9.59 (tekst: 2026-12)",
        "Sendt af borgeren tirsdag den 1. december 2026 kl. 10.00",
        content["id"],
        "c-7f3a",
    ):
        assert shown in words
    assert "None" not in words and "communication_impairment" not in words


def test_notes_and_questions_are_shown_with_what_was_left_out(inbox: Start, payload: Make) -> None:
    box = inbox()
    notes, question = payload("notes"), payload("question")
    notes["notes"]["wanted"] = None
    question["applicant"]["phone"] = None
    question["id"] = question["id"][:-1] + "c"
    box.store.add(notes)
    box.store.add(question)
    session, _ = log_in(box)
    shown = text(session.get(f"{box.url}/requests/{notes['reference']}", timeout=10))
    assert "Borgeren ønsker Ikke uddybet" in shown and "Tidspunkt Ingen dato oplyst" in shown
    shown = text(session.get(f"{box.url}/requests/{question['reference']}", timeout=10))
    assert "Borgerens tekst Hvad gør jeg, hvis I siger nej?" in shown and "Telefon Ikke oplyst" in shown
    assert "Mødet eller samtalen" not in shown and "None" not in shown


def test_what_a_citizen_wrote_is_never_markup(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload("question")
    content["question"]["text"] = '<script>alert(1)</script>{{ config }} "><img src=x>'
    content["applicant"]["name"] = "<b>Bo</b>"
    box.store.add(content)
    session, page = log_in(box)
    assert "<b>" not in page.text
    page = session.get(f"{box.url}/requests/{content['reference']}", timeout=10)
    assert "<script" not in page.text and "<img" not in page.text and "{{ config }}" in page.text


def test_pages_allow_no_script_and_no_caching(inbox: Start) -> None:
    _, page = log_in(inbox())
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert " style=" not in page.text and "<script" not in page.text


def test_an_empty_inbox_and_an_unknown_reference_say_so(inbox: Start) -> None:
    box = inbox()
    session, page = log_in(box)
    assert "Der er ingen anmodninger endnu" in text(page)
    for path in ("/requests/AAAA-AAAA", "/requests/%00", "/vrøvl"):
        missing = session.get(box.url + path, timeout=10)
        assert missing.status_code == 404 and "Siden findes ikke" in text(missing)


def test_a_long_list_has_pages(inbox: Start, payload: Make) -> None:
    box = inbox()
    for number in range(53):
        box.store.add(payload("question") | {"id": f"01936f2e-7c00-7abc-8def-{number:012x}"})
    session, page = log_in(box)
    assert "Side 1 af 2" in text(page) and page.text.count('class="reference"') == 50
    older = session.get(f"{box.url}/?side=2", timeout=10)
    assert older.text.count('class="reference"') == 3 and "Nyere anmodninger" in text(older)
    for odd in ("0", "-1", "99", "x", "9" * 40):
        assert session.get(f"{box.url}/?side={odd}", timeout=10).status_code == 200


@pytest.mark.parametrize(
    "key, words, shown",
    [
        ("jobcenter", "jobcentret", "Jobcenter Frederiksberg"),
        ("new_office", "det nye kontor", "det nye kontor"),
        ("new_office", None, "new_office"),
        ("unknown", "ham med skægget", "ham med skægget"),
        ("unknown", None, "Ikke oplyst"),
    ],
)
def test_a_department_always_has_a_name_to_show(key: str, words: str | None, shown: str) -> None:
    names = {"jobcenter": "Jobcenter Frederiksberg"}
    assert labels.department({"department": key, "department_text": words}, names) == shown


@pytest.mark.parametrize(
    "content, names",
    [
        ("jobcenter: Jobcenter Frederiksberg\n", {"jobcenter": "Jobcenter Frederiksberg"}),
        ("jobcenter:\n  name: Jobcenter\n  words: [jobcentret]\n", {"jobcenter": "Jobcenter"}),
        ("departments:\n  jobcenter: Jobcenter\n", {"jobcenter": "Jobcenter"}),
        ("- jobcenter\n", {}),
        ("a: [1\n", {}),
        ("", {}),
        (None, {}),
    ],
)
def test_the_list_of_departments_may_be_missing_or_broken(
    content: str | None, names: dict[str, str], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "departments.yml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    monkeypatch.setattr(labels, "_DEPARTMENTS_FILE", file)
    assert labels.load_departments() == names


def test_times_are_shown_in_danish_time_all_year() -> None:
    assert labels.moment(datetime.fromisoformat("2026-07-01T08:05:00+00:00")) == "onsdag den 1. juli 2026 kl. 10.05"
    assert labels.moment(datetime.fromisoformat("2026-12-31T23:30:00+00:00")) == "fredag den 1. januar 2027 kl. 0.30"
