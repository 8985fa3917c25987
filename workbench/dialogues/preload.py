"""What the processes that hold dialogues share: Rasa, imported once and quietly."""

from bot.quiet import quiet

quiet()

from workbench.dialogues.web_citizen import WebCitizen  # noqa: E402
from workbench.shared.assistant import Assistant  # noqa: E402 - after quiet()

__all__ = ["Assistant", "WebCitizen"]
