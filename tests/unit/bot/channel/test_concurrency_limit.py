"""Running requests are limited for each address and in all; more are refused at once."""

import asyncio

import pytest

from bot.channel.concurrency_limit import ConcurrencyLimit
from bot.channel.refusals import Refusal


async def _hold(limit: ConcurrencyLimit, address: str, until: asyncio.Event, at_work: list[str]) -> None:
    async with limit.acquire(address):
        at_work.append(address)
        await until.wait()


async def _is_refused(limit: ConcurrencyLimit, address: str) -> bool:
    try:
        async with asyncio.timeout(0.05):
            async with limit.acquire(address):
                return False
    except TimeoutError:
        return False  # it waits
    except Refusal as refusal:
        assert refusal.status == 503 and int(refusal.headers["Retry-After"]) >= 1
        assert "3821 4236" in refusal.message
        return True


def test_an_address_has_so_many_under_way_or_waiting_and_others_are_not_held_up() -> None:
    async def act() -> None:
        limit, done, at_work = ConcurrencyLimit(per_address=5, total=8), asyncio.Event(), list[str]()
        tasks = [asyncio.create_task(_hold(limit, "a", done, at_work)) for _ in range(5)]
        await asyncio.sleep(0)
        assert await _is_refused(limit, "a")
        assert 1 <= len(at_work) < 5, "an address is worked for without end, or not at all"
        async with asyncio.timeout(1), limit.acquire("b"):
            pass
        done.set()
        await asyncio.gather(*tasks)
        assert at_work == ["a"] * 5, "what waited was not done"
        assert not await _is_refused(limit, "a")

    asyncio.run(act())


def test_the_total_number_of_running_requests_is_limited() -> None:
    async def act() -> None:
        limit, done = ConcurrencyLimit(per_address=5, total=8), asyncio.Event()
        tasks = [asyncio.create_task(_hold(limit, f"a{number}", done, [])) for number in range(8)]
        await asyncio.sleep(0)
        assert await _is_refused(limit, "b")
        done.set()
        await asyncio.gather(*tasks)
        assert not await _is_refused(limit, "b")

    asyncio.run(act())


def test_a_place_is_given_back_however_it_ends() -> None:
    async def act() -> None:
        limit, never = ConcurrencyLimit(per_address=1, total=1), asyncio.Event()
        with pytest.raises(ZeroDivisionError):
            async with limit.acquire("a"):
                raise ZeroDivisionError
        task = asyncio.create_task(_hold(limit, "a", never, []))
        await asyncio.sleep(0)
        assert await _is_refused(limit, "a")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert not await _is_refused(limit, "a")

    asyncio.run(act())
