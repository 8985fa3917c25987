"""Imports Rasa once and quietly, for the processes that run dialogues."""

from bot.quiet import quiet

quiet()

from workbench.dialogues.web_citizen import run_in  # noqa: E402 - after quiet()
from workbench.shared.assistant import Assistant  # noqa: E402

__all__ = ["Assistant", "run_in"]
