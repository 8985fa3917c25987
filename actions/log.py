"""The action server's log: an error's type and place, never its text, which may be a citizen's."""

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from common.settings import ROOT

__all__ = ["place", "start"]

_SHOWN_PLACES = 3


def start(level: int = logging.WARNING) -> None:
    """Logs to standard error, from that level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutTexts("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def place(origin: TracebackType | None) -> str:
    """The last places that a traceback went through, those in `actions` if there are any; no values."""
    frames = traceback.extract_tb(origin)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "actions")]
    shown = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in (ours or frames)[-_SHOWN_PLACES:]]
    return " < ".join(reversed(shown))


class _WithoutTexts(logging.Formatter):
    """Replaces tracebacks: they end in the error's text."""

    def formatException(self, ei: Any) -> str:
        """One line instead of the traceback."""
        kind, _, origin = ei
        return f"{getattr(kind, '__name__', 'error')} at {place(origin)}"


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT / "actions") else "/".join(path.parts[-2:])
