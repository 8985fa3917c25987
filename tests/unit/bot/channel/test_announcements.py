"""Notices and pauses: what stands, on all servers, and the record of who announced what."""

import asyncio
from pathlib import Path

import pytest

from bot.channel import announcements
from bot.channel.announcements import NOTICE, PAUSE, REMOVE, RESUME, Announcements, LatestStanding, Standing
from bot.channel.refusals import ADDRESS, PHONE, paused
from common.settings import ROOT


@pytest.fixture
def told(tmp_path: Path) -> Announcements:
    return Announcements(f"sqlite:///{tmp_path}/chat.db")


def test_nothing_stands_at_first(told: Announcements) -> None:
    assert told.standing() == Standing(False, None) and told.latest(9) == []


def test_a_pause_hides_the_notice_until_it_ends(told: Announcements) -> None:
    told.add("li", NOTICE, "Telefonen er lukket i dag.")
    told.add("bo", PAUSE, "Vi opdaterer.")
    standing = told.standing()
    assert standing.paused and standing.notice and standing.notice.text == "Vi opdaterer."
    told.add("bo", RESUME)
    standing = told.standing()
    assert not standing.paused and standing.notice and standing.notice.text == "Telefonen er lukket i dag."
    assert standing.notice.at.endswith("Z")
    told.add("li", REMOVE)
    assert told.standing() == Standing(False, None)


def test_the_record_holds_who_did_what_newest_first(told: Announcements) -> None:
    told.add("li", PAUSE, "Vi opdaterer.")
    told.add("bo" * 40, RESUME)
    assert [(one.who, one.what, one.text) for one in told.latest(9)] == [
        (("bo" * 40)[:40], RESUME, ""),
        ("li", PAUSE, "Vi opdaterer."),
    ]
    assert len(told.latest(1)) == 1


def test_other_servers_know_within_a_second(
    told: Announcements, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, reads = [100.0], []
    monkeypatch.setattr(announcements.time, "monotonic", lambda: clock[0])
    other = Announcements(f"sqlite:///{tmp_path}/chat.db")
    read = other.standing
    monkeypatch.setattr(other, "standing", lambda: reads.append(clock[0]) or read())
    latest = LatestStanding(other)

    async def now() -> bool:
        return (await latest.current()).paused

    assert not asyncio.run(now())
    told.add("li", PAUSE, "Vi opdaterer.")
    clock[0] += 0.9
    assert not asyncio.run(now()) and reads == [100.0]
    clock[0] += 0.1
    assert asyncio.run(now()) and reads == [100.0, 101.0]


@pytest.mark.parametrize(
    ("text", "begins"), [("Vi opdaterer", "Vi opdaterer. Ring"), ("Kom i morgen!", "Kom i morgen! Ring")]
)
def test_a_pause_says_how_to_reach_jura(text: str, begins: str) -> None:
    refusal = paused(text)
    assert refusal.status == 503 and int(refusal.headers["Retry-After"]) >= 1
    assert refusal.message.startswith(begins) and "digital post" in refusal.message
    page = " ".join((ROOT / "docs" / "siden.md").read_text(encoding="utf-8").split())
    assert f"Telefon: {PHONE}" in page and PHONE in refusal.message
    assert ADDRESS.replace(", 2000", " 2000").replace("Rådhus, ", "Rådhus ") in page and ADDRESS in refusal.message
