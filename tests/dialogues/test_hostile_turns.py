"""Hostile texts and bodies, sent to the chat at every question of a request: each is answered, and in time.

A tenth of `--hostile-inputs` of each; `--hostile-seed` and `--hostile-first` say which.
"""

import json
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import requests
from fuzz.hostile import HostileCitizen
from fuzz.places import PLACES, come_to
from fuzz.walk import Log
from hostile_bodies import hostile_body
from hostile_texts import CPR
from slowest import Slowest

if TYPE_CHECKING:
    from fuzz.citizen import FuzzCitizen

    from workbench.shared.assistant import Assistant

_SLOWEST_SECONDS = 1.0
_SHARE = 10
# A short run reaches every question; a long one need not do so for every text.
_LEAST_TEXTS, _MOST_TEXTS = 2, 8
# For each conversation, which gets slower with each turn.
_MOST_BODIES = 50
_REFUSED = {400, 413, 422}
Open = Callable[[], "FuzzCitizen"]


@pytest.fixture
def numbers(pytestconfig: pytest.Config) -> range:
    first = pytestconfig.getoption("--hostile-first")
    return range(first, first + max(1, pytestconfig.getoption("--hostile-inputs") // _SHARE))


@pytest.mark.parametrize("slot", PLACES)
def test_each_question_can_be_reached(open_chat: Open, slot: str) -> None:
    citizen = open_chat()
    come_to(slot, citizen)
    assert citizen.slots()["requested_slot"] == slot


@pytest.mark.timeout(24 * 3600)
def test_hostile_texts_are_answered_in_time(
    open_chat: Open, fuzz_log: Log, slowest: Slowest, numbers: range, capfd: pytest.CaptureFixture[str]
) -> None:
    slots = [None, *PLACES]
    each = min(max(len(numbers) // len(slots), _LEAST_TEXTS), _MOST_TEXTS)
    for number in numbers[::each]:
        count = min(each, numbers.stop - number)
        HostileCitizen(open_chat(), fuzz_log, slowest).write(slots[number // each % len(slots)], number, count)
    assert not slowest.broken, "\n".join(slowest.broken.values())
    assert slowest.worst() < _SLOWEST_SECONDS, str(slowest)
    printed = "".join(capfd.readouterr())
    assert CPR not in printed and CPR.replace("-", "") not in printed


@pytest.mark.timeout(24 * 3600)
def test_hostile_bodies_are_refused_or_answered(
    assistant: "Assistant", fuzz_log: Log, slowest: Slowest, numbers: range
) -> None:
    with requests.Session() as page:
        for place, number in enumerate(numbers):
            if place % _MOST_BODIES == 0:
                opened = page.post(f"{assistant.chat_url}/sessions", timeout=60).json()
                page.headers["Authorization"] = f"Bearer {opened['session']}"
                fuzz_log.lines.clear()
            body = hostile_body({"id": str(uuid.UUID(int=number)), "text": "hej"}, slowest.seed, number)
            shown = body.decode("utf-8", "replace")
            started = time.process_time()
            answer = page.post(
                f"{assistant.chat_url}/messages", data=body, headers={"Content-Type": "application/json"}, timeout=60
            )
            slowest.took("body", shown, number, time.process_time() - started)
            if answer.status_code != 200 and not _is_refusal(answer):
                slowest.breaks(f"HTTP {answer.status_code}: {answer.text[:80]}", shown, number)
            for line in fuzz_log.lines:
                slowest.breaks(f"logged: {line[:120]}", shown, number)
            fuzz_log.lines.clear()
    assert not slowest.broken, "\n".join(slowest.broken.values())
    assert slowest.worst() < _SLOWEST_SECONDS, str(slowest)


def _is_refusal(answer: requests.Response) -> bool:
    body: Any = json.loads(answer.text)
    return (
        answer.status_code in _REFUSED
        and body["error"]["status"] == answer.status_code
        and bool(body["error"]["message"])
    )
