"""A citizen's text as Rasa may see it: never a command, and without what nobody sees in it.

Rasa obeys a text that begins with '/'; a citizen's text must not.
"""

from common import plain_text

# Rasa strips white space before it looks for the slash, but not this character, which nobody sees.
_WORD_JOINER = "\N{WORD JOINER}"


def shield(text: str) -> str:
    """The text, cleaned, and behind a sign that nobody sees where it looks like a command. Twice is as once."""
    text = plain_text.cleaned(text).strip()
    return _WORD_JOINER + text if text.startswith("/") else text


def unshield(text: str) -> str:
    """The text as the citizen wrote it."""
    return text.removeprefix(_WORD_JOINER)
