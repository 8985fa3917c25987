"""How long the files of `script/bot log` are kept: not longer than the conversations whose words they hold."""

import logging
import os
from collections.abc import Collection
from pathlib import Path

DAY_SECONDS = 86_400
# When the oldest of the conversations in the folder's files was last active, in seconds since 1970.
_OLDEST = ".oldest"

log = logging.getLogger("log")


def note_oldest(folder: Path, last_active: float, written: Collection[str]) -> float:
    """Says of all files in the folder that they hold words of a conversation that was last active then.

    `written`: the names of the files that were written anew. Where others lie beside them, such as a copy, what was
    noted of those holds as well; returns the earlier of both.
    """
    copies = any(name not in written and name != _OLDEST for _, _, names in os.walk(folder) for name in names)
    oldest = min(last_active, _noted(folder)) if copies else last_active
    (folder / _OLDEST).write_text(str(oldest), encoding="ascii")
    return oldest


def erase_old(folder: Path, days: int, now: float) -> int:
    """Erases the files in the folder whose conversations are erased after so many days; returns how many.

    Also what staff have changed or copied there. A file of which nothing was noted counts from when it was written.
    """
    before, erased = now - days * DAY_SECONDS, 0
    oldest = _noted(folder)
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            try:
                if min(oldest, file.lstat().st_mtime) < before:
                    file.unlink()
                    erased += name != _OLDEST
            except OSError as error:
                log.error("%s kan ikke slettes (%s).", file, type(error).__name__)
    return erased


def _noted(folder: Path) -> float:
    try:
        return float((folder / _OLDEST).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return float("inf")
