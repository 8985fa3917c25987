"""Hostile requests and log-ins are accepted or refused in time, and the inbox keeps working.

A tenth of `--hostile-inputs` of each; `--hostile-seed` and `--hostile-first` say which.
"""

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
import requests
from hostile_bodies import hostile_body
from hostile_texts import CPR, hostile_text
from slowest import Slowest

from tests.unit.legal.browser import log_in
from tests.unit.legal.inbox.test_legal_receiving import send

_SLOWEST_SECONDS = 1.0
_SHARE = 10
_READ = 25
_ANSWERS = {200, 201, 401, 409, 413, 415, 422}
Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]


@pytest.fixture
def numbers(pytestconfig: pytest.Config) -> range:
    first = pytestconfig.getoption("--hostile-first")
    return range(first, first + max(1, pytestconfig.getoption("--hostile-inputs") // _SHARE))


@pytest.mark.timeout(24 * 3600)
def test_hostile_requests_are_taken_or_refused_and_can_be_read(
    inbox: Start, payload: Make, slowest: Slowest, numbers: range, caplog: pytest.LogCaptureFixture
) -> None:
    box = inbox()
    slowest.clock = time.process_time
    kinds = ("recording", "notes", "question")
    for number in numbers:
        content = payload(kinds[number % 3]) | {"id": f"01936f2e-7c00-7abc-8def-{number:012x}"}
        body = hostile_body(content, slowest.seed, number)
        shown = body.decode("utf-8", "replace")
        with slowest.lap("POST /requests", shown, number):
            answer = send(box, body, id=content["id"])
        slowest.counts[f"HTTP {answer.status_code}"] += 1
        if answer.status_code not in _ANSWERS or (answer.status_code >= 300 and not answer.json()["error"]):
            slowest.breaks(f"POST /requests: HTTP {answer.status_code}", shown, number)
    session, page = log_in(box)
    assert page.ok and box.store.count()
    paths = ["/", "/?side=2", "/haendelser", "/anmodninger.csv", "/anmodninger.json"]
    paths += [f"/requests/{one.content['reference']}" for one in box.store.page(0, _READ)]
    paths += [f"/?q={quote(hostile_text(slowest.seed, number)[:900])}" for number in numbers[:_READ]]
    for number, path in enumerate(paths):
        with slowest.lap("GET", path, number):
            page = session.get(box.url + path, timeout=60)
        if not page.ok:
            slowest.breaks(f"GET: HTTP {page.status_code}", path, number)
    assert not slowest.broken, "\n".join(slowest.broken.values())
    assert slowest.worst() < _SLOWEST_SECONDS, str(slowest)
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]
    assert CPR not in caplog.text


@pytest.mark.timeout(24 * 3600)
def test_hostile_log_ins_open_nothing(inbox: Start, slowest: Slowest, numbers: range) -> None:
    box = inbox()
    slowest.clock = time.process_time
    session = requests.Session()
    token = re.search(r'name="csrf_token" value="([^"]+)"', session.get(f"{box.url}/log-ind", timeout=10).text)
    assert token
    for number in numbers:
        texts = [hostile_text(slowest.seed + place, number) for place in range(3)]
        said = dict(zip(("username", "initials", "password"), texts, strict=True)) | {"csrf_token": token[1]}
        if number % 2:
            # Without initials no password is checked.
            said["initials"] = "ABC"
        with slowest.lap("POST /log-ind", texts[0], number):
            answer = session.post(f"{box.url}/log-ind", data=said, timeout=60)
        slowest.counts[f"HTTP {answer.status_code}"] += 1
        if answer.status_code not in {401, 422, 429}:
            slowest.breaks(f"POST /log-ind: HTTP {answer.status_code}", texts[0], number)
    assert not slowest.broken, "\n".join(slowest.broken.values())
    assert slowest.worst() < _SLOWEST_SECONDS, str(slowest)
    assert session.get(box.url, timeout=10).url.endswith("/log-ind")
