"""Results of commands as JSON in the data folder: the last, and the last before it that differed."""

import json
import os
from pathlib import Path
from typing import Any

from common.clock import now
from common.settings import settings

Result = dict[str, Any]
# Two runs that differ only in these have the same outcome: the second must not push out the run to compare with.
_NOT_COMPARED = ("at", "timing")


def keep(name: str, result: Result, folder: Path | None = None) -> None:
    """Writes a result (JSON-able) and the time as the last of that name; a different last one is kept as `before`."""
    folder = folder or _folder()
    folder.mkdir(parents=True, exist_ok=True)
    last = last_of(name, folder)
    result = {"at": now().isoformat(timespec="seconds"), **result}
    if last and _outcome(last) != _outcome(result):
        os.replace(_file(name, folder), _file(f"{name}.before", folder))
    new = folder / f".{os.getpid()}-{name}.json"
    new.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(new, _file(name, folder))


def last_of(name: str, folder: Path | None = None) -> Result | None:
    """The last result of that name; None when it is missing or unreadable."""
    try:
        found = json.loads(_file(name, folder or _folder()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def before(name: str, folder: Path | None = None) -> Result | None:
    """The last result with another outcome; None when there is none."""
    return last_of(f"{name}.before", folder)


def _folder() -> Path:
    return settings().data_dir / "results"


def _file(name: str, folder: Path) -> Path:
    return folder / f"{name}.json"


def _outcome(result: Result) -> Result:
    return {key: value for key, value in result.items() if key not in _NOT_COMPARED}
