"""Staff's view of the outbox: health, lists, exports; withdrawing, retrying and erasing requests."""

import csv
import io
import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from legal import outbox_commands as commands
from legal.delivery import post
from legal.delivery.process import Delivery
from legal.entry import Withdrawal
from legal.outbox import Outbox
from legal.outcome import Outcome
from legal.spreadsheet import cell, to_csv

Make = Callable[..., dict[str, Any]]
DELIVERED = Outcome("delivered", 201, "modtaget")
NOBODY = Outcome("retry", None, "ingen forbindelse", reached=False)
TIMEOUT = Outcome("retry", None, "svarede ikke i tide")
REFUSED = Outcome("refused", 401, "afvist med HTTP 401")
DAY = 86_400.0


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    start = time.time()

    def move(seconds: float) -> None:
        monkeypatch.setattr("legal.outbox.time.time", lambda: start + seconds)

    return move


def _try(outbox: Outbox, id: str, outcome: Outcome) -> str:
    assert outbox.claim_one(id, 30)
    return outbox.record(id, outcome)


@pytest.mark.parametrize(
    "outcomes, expected",
    [
        ([], Withdrawal.DONE),
        ([NOBODY, NOBODY], Withdrawal.DONE),
        ([TIMEOUT], Withdrawal.MAY_HAVE_ARRIVED),
        ([TIMEOUT, NOBODY], Withdrawal.MAY_HAVE_ARRIVED),
        ([Outcome("retry", 500, "svarede HTTP 500")], Withdrawal.MAY_HAVE_ARRIVED),
        ([DELIVERED], Withdrawal.DELIVERED),
        ([REFUSED], Withdrawal.REFUSED),
    ],
)
def test_only_a_request_that_never_reached_jura_is_withdrawn(
    outbox: Outbox, draft: Make, outcomes: list[Outcome], expected: Withdrawal
) -> None:
    entry = outbox.store(draft(), "o", "c")
    for outcome in outcomes:
        _try(outbox, entry.id, outcome)
    assert outbox.withdraw(entry.reference, "c") is expected
    assert bool(expected) == (outbox.get(entry.id).state == "withdrawn")
    if expected:
        assert outbox.withdraw(entry.reference, "c") is Withdrawal.ALREADY
        assert outbox.claim_one(entry.id, 30) is None


def test_after_a_killed_attempt_a_request_counts_as_possibly_delivered(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert outbox.claim_one(entry.id, 30)
    assert outbox.withdraw(entry.reference, "c") is Withdrawal.ON_ITS_WAY
    later(31)
    assert outbox.withdraw(entry.reference, "c") is Withdrawal.MAY_HAVE_ARRIVED


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "https://findes.ikke.invalid/x"])
def test_after_a_failed_connection_a_request_counts_as_not_delivered(
    config: Callable[..., Any], payload: Make, url: str
) -> None:
    assert post(payload(), config(LEGAL_API_URL=url), 5).reached is False


def test_refused_requests_are_retried_from_the_beginning(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert not outbox.retry(entry.id), "what waits is left alone"
    _try(outbox, entry.id, REFUSED)
    later(20 * DAY)
    assert outbox.retry(entry.id)
    assert [found.id for found in outbox.claim(1, 30)] == [entry.id]
    assert outbox.record(entry.id, TIMEOUT) == "pending", "fourteen days begin anew"
    _try(outbox, entry.id, DELIVERED)
    assert not outbox.retry(entry.id)


def test_content_is_forgotten_after_thirty_days_and_the_receipt_stays(
    outbox: Outbox, draft: Make, later: Callable[[float], None], tmp_path: Path
) -> None:
    delivered, withdrawn, refused, waiting = (outbox.store(draft(), f"o{number}", "c") for number in range(4))
    later(5 * DAY)
    _try(outbox, delivered.id, DELIVERED)
    outbox.withdraw(withdrawn.reference, "c")
    _try(outbox, refused.id, REFUSED)
    later(34 * DAY)
    assert outbox.forget() == 0
    later(36 * DAY)
    assert outbox.forget() == 2 and outbox.forget() == 0
    for entry, state in ((delivered, "delivered"), (withdrawn, "withdrawn")):
        found = outbox.find(entry.reference)
        assert found and (found.state, found.payload, found.submitted_at) == (state, {}, entry.submitted_at)
    assert outbox.get(refused.id).payload == refused.payload and outbox.get(waiting.id).payload == waiting.payload
    assert outbox.store(draft(), "o0", "c").reference == delivered.reference


def test_what_is_forgotten_is_on_disk_no_more(
    outbox: Outbox, draft: Make, later: Callable[[float], None], tmp_path: Path
) -> None:
    made = draft()
    made["applicant"]["name"] = "Findes Ikkemere"
    entry = outbox.store(made, "samtale-17:udkast", "c")
    _try(outbox, entry.id, DELIVERED)
    assert b"Ikkemere" in b"".join(file.read_bytes() for file in tmp_path.glob("outbox.db*"))
    later(31 * DAY)
    outbox.forget(30)
    left = b"".join(file.read_bytes() for file in tmp_path.glob("outbox.db*"))
    assert b"Ikkemere" not in left and b"samtale-17" not in left


def test_delivery_erases_old_content_by_itself(
    outbox: Outbox, draft: Make, later: Callable[[float], None], config: Callable[..., Any]
) -> None:
    entry = outbox.store(draft(), "o", "c")
    _try(outbox, entry.id, DELIVERED)
    later(8 * DAY)
    Delivery(outbox, config(), content_days=7).forget()
    assert outbox.get(entry.id).payload == {}


def test_an_error_while_erasing_does_not_stop_delivery(
    outbox: Outbox, config: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legal.delivery.process._ERROR_PAUSE_SECONDS", 0.01)
    stop, steps = threading.Event(), []
    delivery = Delivery(outbox, config())
    monkeypatch.setattr(outbox, "forget", lambda days: 1 / 0)
    monkeypatch.setattr(delivery, "step", lambda: steps.append(1) or stop.set() or True)
    threading.Timer(10, stop.set).start()
    delivery.run(stop)
    assert steps == [1]


def test_health_says_how_many_wait_how_long_and_how_many_were_refused(
    outbox: Outbox, draft: Make, later: Callable[[float], None]
) -> None:
    assert outbox.health() == {"waiting": 0, "oldest_seconds": 0, "refused": 0}
    assert commands.health_text(outbox).splitlines()[0] == "Ingen anmodninger venter."
    entries = [outbox.store(draft(), f"o{number}", "c") for number in range(3)]
    _try(outbox, entries[2].id, REFUSED)
    later(3 * 3600 + 60)
    health = outbox.health()
    assert (health["waiting"], health["refused"]) == (2, 1) and 10_855 <= health["oldest_seconds"] <= 10_861
    said = commands.health_text(outbox)
    assert "2 anmodninger venter" in said and "3 timer" in said and "1 anmodning er afvist" in said


def test_the_list_names_no_citizen_and_says_why(outbox: Outbox, draft: Make) -> None:
    entry = outbox.store(draft(), "o", "c")
    _try(outbox, entry.id, REFUSED)
    said = commands.list_text(outbox, "refused")
    assert entry.reference in said and "afvist med HTTP 401" in said and "Anne-Marie" not in said
    assert commands.list_text(outbox, "pending") == "Ingen anmodninger."


def test_the_lists_headings_stand_over_their_columns(outbox: Outbox, draft: Make) -> None:
    outbox.store(draft(), "o", "c")
    heads, line, _ = commands.list_text(outbox).splitlines()
    assert heads.split() == ["Reference", "Tilstand", "Sendt", "af", "borgeren", "Forsøg", "Årsag"]
    sent = heads.index("Sendt af borgeren")
    assert line[sent - 1] == " " and re.match(r"\d\d-\d\d-\d{4} \d\d\.\d\d ", line[sent:])
    assert line[heads.index("Forsøg") + 5] == "0"


@pytest.mark.parametrize(
    "seconds, said",
    [
        (0, "under et minut"),
        (59, "under et minut"),
        (61, "1 minut"),
        (3599, "59 minutter"),
        (3600, "1 time"),
        (3 * 3600 + 60, "3 timer og 1 minut"),
    ],
)
def test_how_long_the_oldest_has_waited(
    seconds: int, said: str, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "health", lambda: {"waiting": 1, "oldest_seconds": seconds, "refused": 0})
    assert commands.health_text(outbox).splitlines()[0] == f"1 anmodning venter; den ældste har ventet i {said}."


@pytest.mark.parametrize("version", [2, 1])
def test_exports_hold_everything_and_no_formula(outbox: Outbox, draft: Make, version: int) -> None:
    entry = outbox.store(draft(version=version), "o", "c")
    (found,) = json.loads(commands.export_text(outbox))
    assert found["payload"] == entry.payload and found["state"] == "pending"
    rows = list(csv.reader(io.StringIO(commands.export_text(outbox, "csv").lstrip("\ufeff")), delimiter=";"))
    assert rows[1][0] == entry.reference and json.loads(rows[1][-1]) == entry.payload


def test_states_are_danish_in_csv_and_identifiers_in_json(outbox: Outbox, draft: Make) -> None:
    withdrawn, delivered, refused, _ = (outbox.store(draft(), f"o{number}", "c") for number in range(4))
    outbox.withdraw(withdrawn.reference, "c")
    _try(outbox, delivered.id, DELIVERED)
    _try(outbox, refused.id, REFUSED)
    file = io.StringIO(commands.export_text(outbox, "csv").lstrip("\ufeff"))
    found = [row["Tilstand"] for row in csv.DictReader(file, delimiter=";")]
    assert found == ["trukket", "leveret", "afvist", "venter"] and set(found) == set(commands.STATES)
    states = [one["state"] for one in json.loads(commands.export_text(outbox))]
    assert states == [commands.STATES[name] for name in found]


@pytest.mark.parametrize(
    "text", ["=1+1", "+4538214236", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1", "\n=1", "＝1", "|calc", "%0"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Anne-Marie", "a=b", "5 > 3", "", 'O\'Brien; "x"\nlinje'])
def test_cells_without_formulas_are_unchanged(text: str) -> None:
    assert cell(text) == text
    assert list(csv.reader(io.StringIO(to_csv(["h"], [[text]])[1:], newline=""), delimiter=";"))[1:] == [[text]]


@pytest.mark.parametrize("arguments", [["list"], ["retry"], ["export"], ["export", "--format", "csv"], ["health"]])
def test_the_outbox_commands_run(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    config: Any,
) -> None:
    monkeypatch.setattr(commands, "settings", lambda: config(DATA_DIR=str(tmp_path / "data")))
    assert commands.main(arguments) == 0
    assert capsys.readouterr().out.strip()


def test_a_file_that_is_no_database_is_reported_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], config: Any
) -> None:
    (tmp_path / "outbox.db").write_bytes(b"no database" * 400)
    monkeypatch.setattr(commands, "settings", config)
    assert commands.main(["list"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "outbox.db").execute("SELECT 1 FROM sqlite_master")
