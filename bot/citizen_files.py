"""Erases the files of `script/bot log` when the conversations that they quote expire."""

import logging
import os
from collections.abc import Collection
from pathlib import Path

DAY_SECONDS = 86_400
# Holds the last activity of the oldest conversation quoted in the folder's files, as Unix time.
_OLDEST_FILE = ".oldest"

log = logging.getLogger("log")


def note_oldest(folder: Path, last_active: float, written: Collection[str]) -> float:
    """Stores the last activity of the oldest conversation quoted in the folder, and returns it (Unix time).

    `written`: the names of the files just written, whose oldest conversation was active at `last_active`. When the
    folder holds other files too, such as copies, an earlier time that was stored for them stays.
    """
    others = any(name not in written and name != _OLDEST_FILE for _, _, names in os.walk(folder) for name in names)
    oldest = min(last_active, _stored_oldest(folder)) if others else last_active
    (folder / _OLDEST_FILE).write_text(str(oldest), encoding="ascii")
    return oldest


def erase_old(folder: Path, days: int, now: float) -> int:
    """Erases the folder's files `days` after the stored time or their own modification time; returns how many.

    Includes the files that staff have changed or copied there. `now`: Unix time.
    """
    before, erased = now - days * DAY_SECONDS, 0
    oldest = _stored_oldest(folder)
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            try:
                if min(oldest, file.lstat().st_mtime) < before:
                    file.unlink()
                    erased += name != _OLDEST_FILE
            except OSError as error:
                log.error("%s kan ikke slettes (%s).", file, type(error).__name__)
    return erased


def _stored_oldest(folder: Path) -> float:
    try:
        return float((folder / _OLDEST_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return float("inf")
