"""`script/bot pause`, `resume` and `notice`: what they do, say, and refuse."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.channel.announcements import Announcements
from common.settings import Settings, read_settings
from workbench import announce, cli
from workbench.shared import staff


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    return read_settings({"DATA_DIR": str(tmp_path)})


@pytest.fixture
def said() -> list[str]:
    return []


def standing(config: Settings) -> tuple[bool, str | None]:
    now = Announcements(config.database("chat")).standing()
    return now.paused, now.notice.text if now.notice else None


def test_a_pause_is_taken_back(config: Settings, said: list[str]) -> None:
    assert announce.pause("  Vi opdaterer\nassistenten. ", said.append, config) == 0
    assert standing(config) == (True, "Vi opdaterer assistenten.")
    assert "script/bot resume" in said[0]
    assert announce.resume(said.append, config) == 0 and standing(config) == (False, None)
    assert announce.resume(said.append, config) == 1 and said[-1] == "Chatten holder ikke pause."


def test_a_notice_is_replaced_and_removed(config: Settings, said: list[str]) -> None:
    for text in ("Telefonen er lukket i dag.", "Telefonen er lukket i morgen."):
        assert announce.notice(text, said.append, config) == 0
    assert standing(config) == (False, "Telefonen er lukket i morgen.")
    assert announce.remove(said.append, config) == 0 and standing(config) == (False, None)
    assert announce.remove(said.append, config) == 1 and said[-1] == "Der er ingen meddelelse."


def test_what_stands_and_who_did_what_is_shown(
    config: Settings, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "lise")
    announce.notice("Telefonen er lukket i dag.", said.append, config)
    announce.pause("Vi opdaterer.", said.append, config)
    said.clear()
    assert announce.show(said.append, config) == 0
    assert said[0].startswith("Chatten holder pause siden ") and said[0].endswith(": Vi opdaterer.")
    assert said[1].endswith(": Telefonen er lukket i dag.")
    assert [line.split("  ")[-1] for line in said[-2:]] == [
        "Pause (lise): Vi opdaterer.",
        "Meddelelse (lise): Telefonen er lukket i dag.",
    ]


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "x" * 501])
def test_a_text_that_says_nothing_or_too_much_is_refused(text: str, config: Settings, said: list[str]) -> None:
    assert announce.pause(text, said.append, config) == announce.notice(text, said.append, config) == 1
    assert all(line.startswith("FEJL") for line in said) and standing(config) == (False, None)


def test_a_database_that_cannot_be_used_is_named(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "chat.db").mkdir()
    assert announce.show(said.append, read_settings({"DATA_DIR": str(tmp_path)})) == 1
    assert said[0].startswith("FEJL: Databasen kan ikke bruges")


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = read_settings({"DATA_DIR": str(tmp_path)})
    monkeypatch.setattr(staff, "settings", lambda: config)

    def run(*words: str) -> int:
        return CliRunner().invoke(cli.app, list(words)).exit_code

    assert run("pause") == 2, "a pause has a reason"
    assert run("pause", "--why", "Vi opdaterer.") == 0 and standing(config) == (True, "Vi opdaterer.")
    assert run("resume") == 0 and run("notice", "Telefonen er lukket.") == 0
    assert standing(config) == (False, "Telefonen er lukket.")
    assert run("notice", "x", "--remove") == 2 and run("notice") == 0
    assert run("notice", "--remove") == 0 and standing(config) == (False, None)
