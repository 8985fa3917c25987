"""What the processes that hold dialogues share: Rasa, imported once and quietly."""

from bot.library_logs import silence_libraries

silence_libraries()

from workbench.dialogues.web_citizen import WebCitizen  # noqa: E402
from workbench.shared.assistant import Assistant  # noqa: E402 - after silence_libraries()

__all__ = ["Assistant", "WebCitizen"]
