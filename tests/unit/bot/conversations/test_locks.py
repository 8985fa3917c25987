"""One turn of a conversation at a time, in the order in which they came; nobody waits for another conversation."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError

from bot.conversations.locks import FileLocks, LocalLocks
from common.settings import ROOT


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


_HOLDER = """
import asyncio, sys
from pathlib import Path
from bot.conversations.locks import FileLocks
async def hold():
    async with FileLocks(Path(sys.argv[1])).lock("a"):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(hold())
"""


def test_the_lock_of_a_machine_ends_with_the_process_that_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "locks"
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    locks = FileLocks(file)

    async def act() -> float:
        with pytest.raises(LockError):
            async with locks.lock("a", 0.2):
                pass
        # That it was asked for in vain takes nothing from others.
        async with locks.lock("b", 0.2), locks.lock("c", 0.2):
            pass
        with pytest.raises(LockError):
            async with locks.lock("a", 0.2):
                pass
        holder.kill()
        begun = time.monotonic()
        async with locks.lock("a", 5):
            return time.monotonic() - begun

    assert asyncio.run(act()) < 2
    holder.wait(5)
    assert file.read_bytes() == b"" and file.stat().st_mode & 0o777 == 0o600
