"""Imports Rasa once and quietly, for the processes that run dialogues."""

from bot.library_logs import silence_libraries

silence_libraries()

from workbench.dialogues.web_citizen import run_in  # noqa: E402 - after silence_libraries()
from workbench.shared.assistant import Assistant  # noqa: E402

__all__ = ["Assistant", "run_in"]
