"""Bot room, inspect: holds a saved dialogue at once, in the house that is open, and says whether it holds."""

from functools import partial
from pathlib import Path

from bot.dialogues import format, report
from bot.dialogues.clock import set_clock
from bot.dialogues.house import House
from bot.dialogues.problems import FormatError
from bot.dialogues.runner import run
from bot.dialogues.web_citizen import WebCitizen
from common.clock import now


def replay(file: Path, house: House) -> str | None:
    """None where every dialogue of the file holds; else the conversation up to the first wrong step, in Danish.

    The dialogue brings its own time; afterwards the clock is where it was.
    """
    before = now()
    try:
        verdicts = [run(case, partial(WebCitizen, house)) for case in format.read(file)]
    except FormatError as error:
        return "\n".join(str(problem) for problem in error.problems)
    finally:
        set_clock(before)
    failed = [report.plain(verdict) for verdict in verdicts if verdict.failure]
    return "\n\n".join(failed) or None
