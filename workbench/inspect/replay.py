"""Holds a saved dialogue at once, in the assistant that is open, and says whether it holds."""

from functools import partial
from pathlib import Path

from common.clock import now
from workbench.dialogues import format, report
from workbench.dialogues.runner import run
from workbench.dialogues.web_citizen import WebCitizen
from workbench.shared.assistant import Assistant
from workbench.shared.clock import set_clock
from workbench.shared.problems import FormatError


def replay(file: Path, assistant: Assistant) -> str | None:
    """None where every dialogue of the file holds; else the conversation up to the first wrong step, in Danish.

    The dialogue brings its own time; afterwards the clock is where it was.
    """
    before = now()
    try:
        verdicts = [run(case, partial(WebCitizen, assistant)) for case in format.read(file)]
    except FormatError as error:
        return "\n".join(str(problem) for problem in error.problems)
    finally:
        set_clock(before)
    failed = [report.plain(verdict) for verdict in verdicts if verdict.failure]
    return "\n\n".join(failed) or None
