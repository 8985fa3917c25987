"""Results kept as JSON in the data folder: the last, and the one before that was another."""

import json
import os
from pathlib import Path
from typing import Any

from common.clock import now
from common.settings import settings

Result = dict[str, Any]
# When and how fast something ran is no result: a second run with the same outcome must not hide what had changed.
_NO_RESULT = ("at", "timing")


def keep(name: str, result: Result, folder: Path | None = None) -> None:
    """Keeps a result (JSON-able) as the last of that name, stamped with the time; the last becomes the one before."""
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
    """The last result of that name; None where there is none, or it cannot be read."""
    try:
        found = json.loads(_file(name, folder or _folder()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def before(name: str, folder: Path | None = None) -> Result | None:
    """The last result before that with another outcome; None where there is none."""
    return last_of(f"{name}.before", folder)


def _folder() -> Path:
    return settings().data_dir / "results"


def _file(name: str, folder: Path) -> Path:
    return folder / f"{name}.json"


def _outcome(result: Result) -> Result:
    return {key: value for key, value in result.items() if key not in _NO_RESULT}
