"""Bot room, dialogues: what the processes that hold dialogues share: Rasa, imported once and quietly."""

from bot.quiet import quiet

quiet()

from bot.dialogues.house import House  # noqa: E402 - after quiet()
from bot.dialogues.web_citizen import WebCitizen  # noqa: E402

__all__ = ["House", "WebCitizen"]
