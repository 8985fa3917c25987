"""Results kept while one message is read, and no longer."""

import asyncio

from common.memo import once, one_message

CALLS: list[tuple[str, bool]] = []


@once
def read(text: str, *, asked: bool = False) -> str:
    """Notes that it ran."""
    CALLS.append((text, asked))
    return text.upper()


def test_it_runs_once_for_each_of_its_arguments_in_a_message() -> None:
    CALLS.clear()
    with one_message():
        assert [read("a"), read("a"), read("b"), read("a", asked=True)] == ["A", "A", "B", "A"]
        with one_message():
            read("a")
    assert CALLS == [("a", False), ("b", False), ("a", True)]


def test_nothing_is_kept_behind_the_message_or_outside_of_one() -> None:
    CALLS.clear()
    for _ in range(2):
        with one_message():
            read("a")
    read("a")
    read("a")
    assert len(CALLS) == 4


def test_messages_that_are_read_at_once_share_nothing() -> None:
    CALLS.clear()

    async def message() -> None:
        with one_message():
            read("a")
            await asyncio.sleep(0)
            read("a")

    async def both() -> None:
        await asyncio.gather(message(), message())

    asyncio.run(both())
    assert len(CALLS) == 2
