"""Files that `script/bot log` writes are erased with the conversations they quote."""

import asyncio
import contextlib
import io
import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console

from bot.citizen_files import erase_old
from bot.conversations.retention import keep_cleaning
from common.settings import read_settings
from tests.unit.workbench.log.stored import ASKED, NOON, Talk, shown, store
from workbench.log.command import log

DAY = 86400


def files(folder: Path) -> set[str]:
    """The names of the files in the folder that are not hidden."""
    return {path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")}


def cleaned(folder: Path, at: float) -> set[str]:
    """The files that remain after the server's cleaning at that time."""
    erase_old(folder / "citizens", read_settings({"DATA_DIR": str(folder)}).conversation_days, at)
    return files(folder / "citizens")


def logged(folder: Path, *talks: Talk, days: int = 7, moment: datetime = NOON) -> str:
    """Runs the command with its default folder; returns what it prints."""
    store(folder, talks)
    console = Console(file=io.StringIO(), width=120)
    log(days, None, read_settings({"DATA_DIR": str(folder)}), moment, console)
    for file in (folder / "citizens").glob("*.*"):
        os.utime(file, (moment.timestamp(),) * 2)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_files_are_erased_with_their_oldest_conversation(tmp_path: Path) -> None:
    talk = Talk(3 * 24).says("hvem betaler for parkering", "nlu_fallback", ASKED)
    newer = Talk(1).says("findes der tolk", "nlu_fallback", ASKED)
    text = logged(tmp_path, newer, talk)
    assert "slettes igen onsdag den 30. december 2026" in text
    # The oldest conversation is three days old and is erased in 27 days.
    assert cleaned(tmp_path, NOON.timestamp() + 26.9 * DAY) == {"overview.png", "not_understood.yml"}
    lines = tmp_path / "citizens" / "not_understood.yml"
    (tmp_path / "citizens" / "mine").mkdir()
    (tmp_path / "citizens" / "mine" / "not_understood.yml~").write_text(lines.read_text("utf-8"))
    lines.write_text(lines.read_text("utf-8").replace('intent: ""', 'intent: "faq_contact"', 1))
    assert cleaned(tmp_path, NOON.timestamp() + 27.1 * DAY) == set(), "also what staff have changed and copied"


def test_other_files_are_erased_by_their_own_date(tmp_path: Path) -> None:
    folder = tmp_path / "citizens"
    folder.mkdir()
    outside = tmp_path / "outside.yml"
    for file, age in ((folder / "old.yml", 31), (folder / "new.yml", 29), (outside, 99)):
        file.write_text("hej")
        os.utime(file, (NOON.timestamp() - age * DAY,) * 2)
    (folder / "link.yml").symlink_to(outside)
    os.utime(folder / "link.yml", (NOON.timestamp() - 40 * DAY,) * 2, follow_symlinks=False)
    (folder / ".oldest").write_text("i går")
    os.utime(folder / ".oldest", (NOON.timestamp(),) * 2)
    assert cleaned(tmp_path, NOON.timestamp()) == {"new.yml"}
    assert outside.read_text() == "hej"


def test_the_command_erases_its_older_files(tmp_path: Path) -> None:
    logged(tmp_path, Talk(3 * 24).says("hvem betaler for parkering", "nlu_fallback", ASKED))
    assert files(tmp_path / "citizens") == {"overview.png", "not_understood.yml"}
    text = logged(tmp_path, moment=NOON + timedelta(days=28))
    assert "Ingen har skrevet" in text and files(tmp_path / "citizens") == set()


def test_a_copied_file_is_erased_with_the_original_date(tmp_path: Path) -> None:
    logged(tmp_path, Talk(3 * 24).says("hvem betaler for parkering", "nlu_fallback", ASKED))
    folder = tmp_path / "citizens"
    (folder / "last_week.yml").write_text((folder / "not_understood.yml").read_text("utf-8"))
    (tmp_path / "conversations.db").unlink()
    text = logged(tmp_path, Talk(1).says("findes der tolk", "nlu_fallback", ASKED))
    assert "slettes igen onsdag den 30. december 2026" in text
    assert cleaned(tmp_path, NOON.timestamp() + 27.1 * DAY) == set()


def test_files_in_another_folder_are_not_erased(tmp_path: Path) -> None:
    _, text, _ = shown(tmp_path, Talk().says("hvem betaler for parkering", "nlu_fallback", ASKED))
    assert "Slet dem selv senest lørdag den 2. januar 2027" in text
    erase_old(tmp_path / "citizens", 30, NOON.timestamp() + 99 * DAY)
    assert files(tmp_path / "out") == {"overview.png", "not_understood.yml"}


def test_the_server_erases_files_even_without_its_database(tmp_path: Path) -> None:
    folder = tmp_path / "citizens"
    folder.mkdir()
    (folder / "not_understood.yml").write_text("hej")
    os.utime(folder / "not_understood.yml", (time.time() - 31 * DAY,) * 2)

    class Away:
        def __getattr__(self, name: str) -> None:
            raise OSError

    async def clean_for_a_while() -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(keep_cleaning(Away(), read_settings({"DATA_DIR": str(tmp_path)})), 1)  # type: ignore[arg-type]

    asyncio.run(clean_for_a_while())
    assert files(folder) == set()
