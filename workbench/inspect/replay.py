"""Runs a dialogue that was just saved in the assistant of the page, and reports whether it holds."""

from pathlib import Path

from common.clock import now
from workbench.dialogues import format, report
from workbench.dialogues.web_citizen import run_in
from workbench.shared.assistant import Assistant
from workbench.shared.clock import set_clock
from workbench.shared.problems import FormatError


def replay(file: Path, assistant: Assistant) -> str | None:
    """None when every dialogue of the file holds; else, in Danish, the conversation up to the first wrong step.

    A dialogue sets the clock; it is set back afterwards.
    """
    before = now()
    try:
        verdicts = [run_in(assistant, case) for case in format.read(file)]
    except FormatError as error:
        return "\n".join(str(problem) for problem in error.problems)
    finally:
        set_clock(before)
    failed = [report.plain(verdict) for verdict in verdicts if verdict.failure]
    return "\n\n".join(failed) or None
