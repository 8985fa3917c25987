"""Files that hold what citizens wrote are their owner's alone."""

import logging
import os
import stat
from pathlib import Path

# A database and what SQLite puts beside it; new ones get the rights that the database has.
_FILES = ("", "-wal", "-shm", "-journal")

log = logging.getLogger("private")


def keep_private(file: Path) -> None:
    """Before an SQLite file is opened: makes it and its folder for the owner alone, and takes others' rights away."""
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # Only where there is none: to close an open database's file would end this process's locks on it.
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
            # Another user's, or a file system without rights: no reason to turn citizens away.
            log.warning("%s kan læses af andre på maskinen, og rettighederne kan ikke ændres.", path)
