"""Clock jumps and a wrong date: no request is lost, refused for good or delayed."""

import random
from functools import partial

from fault_services import CONTEXT, Figures, Services, check_promises, move_clock, set_calendar, settle, wait_until

DAY = 86_400.0


def test_clock_jumps_while_requests_are_sent_lose_nothing(services: Services) -> None:
    jump = CONTEXT.Value("d", 0.0)
    sender = services.sender(partial(move_clock, jump))
    services.delivery(partial(move_clock, jump))
    chance = random.Random(11)
    told: dict[str, set[str]] = {}
    inbox = None
    for number in range(30):
        if number == 12:
            inbox = services.inbox(partial(move_clock, jump))
        jump.value = chance.choice([0, 3600, -3600, 30 * DAY, -30 * DAY, 400 * DAY, -3650 * DAY])
        sender.order(f"o-{number}")
        answer = sender.answer(15)
        assert answer and answer.reference
        told[answer.origin] = {answer.reference}
    assert inbox and inbox.is_alive()
    jump.value = 0
    settle(services, 90)
    check_promises(services, told, [received.content for received in services.received()], Figures())


def test_requests_signed_with_a_wrong_date_are_refused_and_kept(services: Services) -> None:
    """The inbox refuses signatures older than five minutes; with the right date, staff retry the requests."""
    jump = CONTEXT.Value("d", 3600.0)
    services.inbox()
    services.await_inbox()
    sender = services.sender(partial(set_calendar, jump))
    sender.order("o")
    answer = sender.answer(10)
    assert answer and answer.reference and answer.state == "refused"
    (entry,) = services.outbox.entries("refused")
    assert "401" in str(entry.reason) and entry.payload
    services.delivery()
    assert services.outbox.retry(entry.id)
    wait_until(lambda: services.outbox.get(entry.id).state == "delivered", 20, "not delivered")
    check_promises(
        services, {"o": {answer.reference}}, [received.content for received in services.received()], Figures()
    )
