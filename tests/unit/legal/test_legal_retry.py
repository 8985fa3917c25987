"""`outbox retry`: refused requests again, waiting ones at once, none twice."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from legal import outbox_commands as commands
from legal.delivery.process import Delivery
from legal.entry import Entry
from legal.outbox import Outbox
from legal.outcome import Outcome
from legal.reference import display, new_reference

Make = Callable[..., dict[str, Any]]
DELIVERED = Outcome("delivered", 201, "modtaget")
REFUSED = Outcome("refused", 401, "afvist med HTTP 401")
LATER = Outcome("retry", 503, "svarede HTTP 503", 7200)


def _tried(outbox: Outbox, draft: Make, origin: str, outcome: Outcome) -> Entry:
    entry = outbox.store(draft(), origin, "c")
    assert outbox.claim_one(entry.id, 30)
    outbox.record(entry.id, outcome)
    return entry


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, config: Any, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs `outbox retry` on the file of `outbox`; returns its exit status and lines."""
    monkeypatch.setattr(commands, "settings", config)

    def retry(*references: str) -> tuple[int, list[str]]:
        status = commands.main(["retry", *references])
        return status, capsys.readouterr().out.splitlines()

    return retry


def test_retry_without_a_reference_retries_the_refused_requests(
    outbox: Outbox, draft: Make, run: Callable[..., Any]
) -> None:
    assert run() == (0, ["Ingen anmodninger er afvist."])
    waiting = _tried(outbox, draft, "o1", LATER)
    _tried(outbox, draft, "o2", REFUSED)
    assert run() == (0, ["1 afvist anmodning bliver prøvet igen, når leveringen kører."])
    assert waiting.id not in [entry.id for entry in outbox.claim(9, 30)], "what waits waits on"
    for number in range(2):
        _tried(outbox, draft, f"p{number}", REFUSED)
    assert run() == (0, ["2 afviste anmodninger bliver prøvet igen, når leveringen kører."])


def test_retry_with_one_unknown_reference_fails_but_retries_the_others(
    outbox: Outbox, draft: Make, run: Callable[..., Any]
) -> None:
    refused = _tried(outbox, draft, "o", REFUSED)
    status, lines = run("ABCD-1234", refused.reference.lower(), display(new_reference()))
    assert status == 1
    assert lines[0] == "ABCD-1234: findes ikke. Se efter, om referencen er skrevet rigtigt."
    assert lines[1] == f"{refused.reference}: bliver prøvet igen, når leveringen kører."
    assert "findes ikke" in lines[2]
    assert [entry.id for entry in outbox.claim(9, 30)] == [refused.id]


def test_retry_moves_a_waiting_request_to_the_front(outbox: Outbox, draft: Make, run: Callable[..., Any]) -> None:
    refused = _tried(outbox, draft, "o1", REFUSED)
    waiting = _tried(outbox, draft, "o2", LATER)
    run(refused.reference)
    assert run(waiting.reference) == (0, [f"{waiting.reference}: bliver prøvet med det samme, når leveringen kører."])
    assert [entry.id for entry in outbox.claim(1, 30)] == [waiting.id]
    assert outbox.record(waiting.id, LATER) == "pending"
    outbox.claim(9, 30)
    assert outbox.claim(9, 30) == [], "once: then its pauses are as before"


def test_retry_leaves_a_leased_request_alone(outbox: Outbox, draft: Make, run: Callable[..., Any]) -> None:
    claimed = _tried(outbox, draft, "o1", LATER)
    outbox.hasten_one(claimed.id)
    assert outbox.claim(1, 30)
    status, lines = run(claimed.reference)
    assert status == 0 and lines[0].startswith(f"{claimed.reference}: er ved at blive sendt.")
    assert outbox.claim(9, 30) == [] and outbox.claim(9, 30, hastened=True) == []
    outbox.record(claimed.id, LATER)
    assert outbox.claim(9, 30) == [], "nothing is left of the wish"


def test_retry_leaves_a_new_request_to_its_first_attempt(outbox: Outbox, draft: Make) -> None:
    entry = outbox.store(draft(), "o", "c")
    assert not outbox.hasten_one(entry.id)
    assert outbox.claim(9, 30) == [] and outbox.claim_one(entry.id, 30)


def test_retry_takes_requests_of_dead_processes_and_untried_ones(
    outbox: Outbox, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed, untried = outbox.store(draft(), "o1", "c"), outbox.store(draft(), "o2", "c")
    outbox.claim_one(claimed.id, 30)
    later = time.time() + 31
    monkeypatch.setattr("legal.outbox.time.time", lambda: later)
    assert outbox.hasten_one(claimed.id) and outbox.hasten_one(untried.id)
    assert len(outbox.claim(9, 30, hastened=True)) == 2


def test_retry_leaves_settled_requests_alone(outbox: Outbox, draft: Make, run: Callable[..., Any]) -> None:
    delivered, withdrawn = _tried(outbox, draft, "o1", DELIVERED), outbox.store(draft(), "o2", "c")
    outbox.withdraw(withdrawn.reference, "c")
    assert not outbox.hasten_one(delivered.id) and not outbox.hasten_one(withdrawn.id)
    assert run(delivered.reference, withdrawn.reference) == (
        0,
        [
            f"{delivered.reference}: er leveret, så der er intet at gøre.",
            f"{withdrawn.reference}: er trukket tilbage af borgeren, så der er intet at gøre.",
        ],
    )
    assert outbox.claim(9, 30) == []


def test_concurrent_retries_lease_each_request_once(outbox: Outbox, draft: Make) -> None:
    ids = [_tried(outbox, draft, f"o{number}", LATER).id for number in range(12)]
    for id in ids:
        outbox.hasten_one(id)
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            for id in ids:
                outbox.hasten_one(id)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            claims = list(pool.map(lambda number: outbox.claim(2, 30, hastened=number % 2 == 0), range(24)))
    finally:
        over.set()
        asking.join()
    taken = [entry.id for entries in claims for entry in entries]
    assert sorted(taken) == sorted(ids)


def test_retry_does_not_wait_for_an_open_circuit(
    outbox: Outbox, draft: Make, config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [LATER] * 5 + [DELIVERED] * 9
    sent: list[str] = []

    def deliver(_: Outbox, entry: Entry, *__: Any) -> tuple[Outcome, str]:
        sent.append(entry.id)
        outcome = answers[len(sent) - 1]
        return outcome, outbox.record(entry.id, outcome)

    monkeypatch.setattr("legal.delivery.process.deliver", deliver)
    entries = [outbox.store(draft(), f"o{number}", "c") for number in range(6)]
    wall = time.time() + 11
    monkeypatch.setattr("legal.outbox.time.time", lambda: wall)
    delivery = Delivery(outbox, config())
    assert [delivery.step() for _ in range(7)] == [True] * 5 + [False] * 2, "it counts as down"
    assert outbox.hasten_one(entries[0].id)
    assert delivery.step() and sent[5:] == [entries[0].id]
    assert [delivery.step() for _ in range(6)] == [True] * 5 + [False], "it answers: all the others go out"
    assert outbox.waiting() == (0, None)
