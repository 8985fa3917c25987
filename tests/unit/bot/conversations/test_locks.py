"""One turn of a conversation at a time, in the order in which they came; nobody waits for another conversation."""

import asyncio

import pytest
from rasa.core.lock_store import LockError

from bot.conversations.locks import LocalLocks


def test_turns_wait_in_order_and_only_for_their_own_conversation() -> None:
    locks, done = LocalLocks(), []

    async def turn(conversation: str, name: str) -> None:
        async with locks.lock(conversation):
            done.append(f"{name} begins")
            for _ in range(3):
                await asyncio.sleep(0)
            done.append(f"{name} ends")

    async def all_at_once() -> None:
        await asyncio.gather(turn("a", "1"), turn("a", "2"), turn("a", "3"), turn("b", "other"))

    asyncio.run(all_at_once())
    own = [step for step in done if "other" not in step]
    assert own == ["1 begins", "1 ends", "2 begins", "2 ends", "3 begins", "3 ends"]
    assert done.index("other ends") < done.index("2 begins")


def test_a_failed_turn_gives_its_lock_back() -> None:
    locks = LocalLocks()

    async def act() -> None:
        with pytest.raises(ZeroDivisionError):
            async with locks.lock("a"):
                raise ZeroDivisionError
        async with locks.lock("a", 0.1):
            pass
        assert not locks._locks

    asyncio.run(act())


def test_a_lock_that_is_not_given_back_is_an_error_for_who_waits() -> None:
    locks = LocalLocks()

    async def act() -> None:
        async with locks.lock("a"):
            with pytest.raises(LockError):
                async with locks.lock("a", 0.05):
                    pass
        async with locks.lock("a", 0.05):
            pass

    asyncio.run(act())
