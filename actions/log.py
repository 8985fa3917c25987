"""The action server's log: of an error it has the kind and the place, not the text, which may be a citizen's."""

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
    """Writes to standard error what is of that level or above, whoever logs it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutTexts("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def place(origin: TracebackType | None) -> str:
    """The last places that an error came through, those in this project's actions where there are any; no values."""
    frames = traceback.extract_tb(origin)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "actions")]
    shown = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in (ours or frames)[-_SHOWN_PLACES:]]
    return " < ".join(reversed(shown))


class _WithoutTexts(logging.Formatter):
    """Libraries log an error with its traceback, and the traceback ends in the error's text."""

    # Any: what logging hands over, which is a triple or three times None.
    def formatException(self, ei: Any) -> str:
        """One line in place of the traceback."""
        kind, _, origin = ei
        return f"{getattr(kind, '__name__', 'error')} at {place(origin)}"


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT / "actions") else "/".join(path.parts[-2:])
