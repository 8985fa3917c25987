"""What was published: what stands for a model's names, what stood before, and servers that follow."""

import asyncio
from pathlib import Path

import pytest

from bot.channel.following import Following
from bot.channel.published import PUBLISH, START, UNDO, Published
from bot.responses import Responses, names_of


def saying(text: str, *more: str) -> Responses:
    return {name: [{"text": text}] for name in ("utter_ja", *more)}


NAMES = names_of(saying(""))


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return Published(f"sqlite:///{tmp_path}/chat.db")


def stands(published: Published, names: str = NAMES) -> Responses | None:
    standing = published.standing(names)
    return published.responses(standing.number) if standing else None


def undo(published: Published) -> Responses | None:
    standing = published.standing(NAMES)
    before = published.before(standing) if standing else None
    if before is None:
        return None
    published.add("li", UNDO, published.responses(before.number), again=before.again or before.number)
    return stands(published)


def test_the_last_row_with_the_names_stands(published: Published) -> None:
    assert stands(published) is None
    published.add("li", PUBLISH, saying("æ"), "fordi")
    published.add("bo" * 40, PUBLISH, saying("ø", "utter_ny"))
    assert stands(published) == saying("æ") and stands(published, names_of(saying("", "utter_ny"))) is not None
    newest, first = published.latest(9)
    assert (first.who, first.what, first.why, first.used) == ("li", PUBLISH, "fordi", 0) and first.at.endswith("Z")
    assert newest.who == ("bo" * 40)[:40] and len(published.latest(1)) == 1


def test_undoing_goes_back_to_the_first_and_no_further(published: Published) -> None:
    for text in "abc":
        published.add("li", PUBLISH, saying(text))
        published.add("li", PUBLISH, saying(text, "utter_ny"))
    assert undo(published) == saying("b") and undo(published) == saying("a") and undo(published) is None
    published.add("li", PUBLISH, saying("d"))
    assert undo(published) == saying("a") and undo(published) is None
    assert [row.what for row in published.latest(4)] == [UNDO, PUBLISH, UNDO, UNDO]


def test_a_start_tells_the_names_of_the_running_model_and_changes_nothing(published: Published) -> None:
    published.begin(saying("fra filen"))
    published.add("li", PUBLISH, saying("ny"))
    published.begin(saying("halvt rettet"))
    assert stands(published) == saying("ny") and len(published.latest(9)) == 2
    published.begin(saying("fra filen", "utter_ny"))
    assert published.latest(1)[0].names != NAMES
    published.begin(saying("fra filen"))
    newest = published.latest(1)[0]
    assert newest.names == NAMES and newest.what == START and newest.again == 2 and stands(published) == saying("ny")
    assert undo(published) == saying("fra filen")


def test_a_server_follows_and_is_counted(published: Published) -> None:
    used: list[Responses] = []

    async def use(responses: Responses) -> None:
        used.append(responses)

    async def act() -> None:
        one = Following(published, saying("fra filen"), use)
        await one.begin()
        assert used == []
        number = published.add("li", PUBLISH, saying("ny"))
        await one.look()
        await one.look()
        # Another server, whose files are older, begins with what stands.
        await Following(published, saying("ældre"), use).begin()
        assert used == [saying("ny")] * 2 and published.used(number) == 2
        # The same again, and other names: nothing to put in place.
        published.add("li", PUBLISH, saying("ny"))
        published.add("li", PUBLISH, saying("x", "utter_ny"))
        await one.look()
        assert len(used) == 2

    asyncio.run(act())


def test_a_server_goes_on_while_the_table_cannot_be_read(
    published: Published, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channel.following._SECONDS", 0.001)
    used: list[Responses] = []

    async def use(responses: Responses) -> None:
        used.append(responses)

    async def act() -> None:
        following = Following(published, saying("fra filen"), use)
        await following.begin()
        published.add("li", PUBLISH, saying("ny"))
        read, calls = published.standing, iter(range(9))
        monkeypatch.setattr(published, "standing", lambda names: 1 / 0 if next(calls, 9) < 3 else read(names))
        keeping = asyncio.create_task(following.keep())
        async with asyncio.timeout(10):
            while not used:
                await asyncio.sleep(0.001)
        keeping.cancel()

    asyncio.run(act())
    assert used == [saying("ny")]
    assert [record.getMessage() for record in caplog.records if "published" in record.getMessage()] == [
        "What was published could not be read: ZeroDivisionError"
    ]
