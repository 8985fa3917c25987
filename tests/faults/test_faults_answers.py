"""Whatever the receiver answers, each request arrives once or stands in the outbox with a reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from fault_drafts import draft
from fault_jura import MODES, run_jura
from fault_services import CONTEXT, FIRST_ATTEMPT_SECONDS, Answer, Services, answers, free_port, settle, wait_until

from legal.entry import Withdrawal


@pytest.fixture
def foreign(tmp_path: Path) -> Any:
    """Services that deliver to the misbehaving receiver of fault_jura; `seen` reads its log."""
    port = free_port()
    services = Services(tmp_path, {"LEGAL_API_URL": f"http://127.0.0.1:{port}/modtag"})
    process = CONTEXT.Process(target=run_jura, args=(str(tmp_path), port), daemon=True)
    process.start()
    services.running.append(process)
    wait_until(lambda: answers(port), 10, "the foreign system does not start")
    yield services
    services.close()


def seen(services: Services) -> list[dict[str, Any]]:
    lines = (services.folder / "jura.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def state_of(services: Services, answer: Answer) -> Any:
    assert answer.reference
    return services.outbox.find(answer.reference)


def send_all(services: Services, origins: list[str]) -> dict[str, Answer]:
    """Sends all requests at once, each from its own sender."""
    senders = {origin: services.sender() for origin in origins}
    for origin, sender in senders.items():
        sender.order(origin)
    answers = {origin: sender.answer(20) for origin, sender in senders.items()}
    assert all(answers.values())
    return {origin: answer for origin, answer in answers.items() if answer}


def test_no_answer_of_the_receiver_loses_or_doubles_a_request(foreign: Services) -> None:
    told = send_all(foreign, [f"{mode}-1" for mode in MODES])
    expected = {"ok": "delivered", "409": "delivered", "422": "refused"}
    for origin, answer in told.items():
        mode = origin.split("-")[0]
        assert answer.state == expected.get(mode, "pending"), answer
        # Three seconds, and the time to store the request.
        assert answer.seconds < FIRST_ATTEMPT_SECONDS + 2.5, answer
        if answer.state == "pending":
            assert state_of(foreign, answer).reason
            # Each of these may have been received: it cannot be withdrawn.
            assert foreign.outbox.withdraw(str(answer.reference), "c") is Withdrawal.MAY_HAVE_ARRIVED
    # Two delivery processes have two circuit breakers: fewer pauses to wait for.
    foreign.delivery()
    foreign.delivery()
    settle(foreign, 120)
    posts = seen(foreign)
    assert {post["path"] for post in posts} == {"/modtag"}, "no redirect was followed"
    for origin, answer in told.items():
        mine = [post for post in posts if post["payload"]["assistant"]["conversation"] == origin]
        assert len({json.dumps(post["payload"], sort_keys=True) for post in mine}) == 1, "each post is the same request"
        entry = state_of(foreign, answer)
        if origin == "422-1":
            assert (entry.state, len(mine)) == ("refused", 1) and "422" in entry.reason
        else:
            assert entry.state == "delivered"
            assert len(mine) == {"ok-1": 1, "409-1": 1, "hang-1": 2}.get(origin, 3)


def test_refused_requests_are_reported_at_the_start_and_delivered_after_a_retry(foreign: Services) -> None:
    told = send_all(foreign, ["422-a", "ok-a"])
    refused = state_of(foreign, told["422-a"])
    assert refused.state == "refused"
    foreign.delivery()
    loud = "1 anmodning er afvist"
    wait_until(lambda: loud in foreign.log("delivery"), 15, "delivery says nothing of the refused request")
    assert foreign.log("delivery").count(loud) == 1
    # The receiver refuses the second post as well and accepts the third.
    assert foreign.outbox.retry(refused.id)
    wait_until(lambda: foreign.outbox.get(refused.id).state == "refused", 15, "not tried again")
    assert foreign.outbox.retry(refused.id)
    wait_until(lambda: foreign.outbox.get(refused.id).state == "delivered", 15, "not tried again")


def test_two_delivery_processes_deliver_each_request_once(foreign: Services) -> None:
    for number in range(40):
        foreign.outbox.store(draft(f"ok-{number}"), f"ok-{number}", "c")
    for _ in range(3):
        foreign.delivery()
    settle(foreign, 60)
    ids = [post["payload"]["id"] for post in seen(foreign)]
    assert len(ids) == len(set(ids)) == 40


def test_a_withdrawn_request_is_not_delivered(services: Services) -> None:
    sender = services.sender()
    sender.order("o")
    answer = sender.answer(10)
    assert answer and answer.reference and answer.state == "pending"
    assert services.outbox.withdraw(answer.reference, "another") is Withdrawal.UNKNOWN
    assert services.outbox.withdraw(answer.reference, "c") is Withdrawal.DONE
    services.inbox()
    services.await_inbox()
    services.delivery()
    sender.order("p")
    assert sender.answer(10)
    settle(services, 60)
    assert [received.content["assistant"]["conversation"] for received in services.received()] == ["p"]
