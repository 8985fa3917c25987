"""Restricts files with citizens' words to their owner."""

import logging
import os
import stat
from pathlib import Path

# A database and the files that SQLite creates beside it, with the database's rights.
_FILES = ("", "-wal", "-shm", "-journal")

log = logging.getLogger("private")


def keep_private(file: Path) -> None:
    """Creates an SQLite file and its folder for the owner alone, and removes others' rights. Call before opening it."""
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # O_EXCL: closing the file of an open database would release this process's locks on it.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        pass
    for path in (file.with_name(file.name + ending) for ending in _FILES):
        try:
            mode = path.stat().st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                path.chmod(0o600)
        except FileNotFoundError:
            pass
        except PermissionError:
            # Another user's file, or a file system without rights: the chat must still work.
            log.warning("%s kan læses af andre på maskinen, og rettighederne kan ikke ændres.", path)
