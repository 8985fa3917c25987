"""Citizen text made safe for Rasa: invisible characters removed, a leading '/' escaped.

Rasa runs a message that begins with '/' as a command.
"""

from common import plain_text

# Invisible, and not stripped by Rasa, which removes white space before it looks for the slash.
_WORD_JOINER = "\N{WORD JOINER}"


def escape(text: str) -> str:
    """The cleaned, stripped text, behind a word joiner where it begins with '/'. Idempotent."""
    text = plain_text.cleaned(text).strip()
    return _WORD_JOINER + text if text.startswith("/") else text


def unescape(text: str) -> str:
    """The text without the word joiner, as the citizen wrote it."""
    return text.removeprefix(_WORD_JOINER)
