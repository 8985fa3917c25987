"""A clock that jumps: nothing is lost, given up or held back for it."""

import random
from functools import partial

from fault_house import CONTEXT, Figures, House, check_promises, move_clock, set_calendar, settle, wait_until

DAY = 86_400.0


def test_the_clock_jumps_hours_and_years_both_ways_while_requests_are_sent(house: House) -> None:
    jump = CONTEXT.Value("d", 0.0)
    sender = house.sender(partial(move_clock, jump))
    house.delivery(partial(move_clock, jump))
    chance = random.Random(11)
    told: dict[str, set[str]] = {}
    inbox = None
    for number in range(30):
        if number == 12:
            inbox = house.inbox(partial(move_clock, jump))
        jump.value = chance.choice([0, 3600, -3600, 30 * DAY, -30 * DAY, 400 * DAY, -3650 * DAY])
        sender.order(f"o-{number}")
        answer = sender.answer(15)
        assert answer and answer.reference
        told[answer.origin] = {answer.reference}
    assert inbox and inbox.is_alive()
    jump.value = 0
    settle(house, 90)
    check_promises(house, told, [received.content for received in house.received()], Figures())


def test_a_machine_whose_date_is_wrong_is_refused_and_its_requests_stay(house: House) -> None:
    """The inbox takes no signature older than five minutes; when the clock is right again, staff send them out."""
    jump = CONTEXT.Value("d", 3600.0)
    house.inbox()
    house.await_inbox()
    sender = house.sender(partial(set_calendar, jump))
    sender.order("o")
    answer = sender.answer(10)
    assert answer and answer.reference and answer.state == "refused"
    (entry,) = house.outbox.entries("refused")
    assert "401" in str(entry.reason) and entry.payload
    house.delivery()
    assert house.outbox.retry(entry.id)
    wait_until(lambda: house.outbox.get(entry.id).state == "delivered", 20, "not delivered")
    check_promises(house, {"o": {answer.reference}}, [received.content for received in house.received()], Figures())
