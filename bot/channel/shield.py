"""Bot room, channel: words stay words. Rasa obeys a text that begins with '/'; a citizen's text must not."""

# Rasa strips white space before it looks for the slash, but not this character, which nobody sees.
_WORD_JOINER = "\N{WORD JOINER}"


def shield(text: str) -> str:
    """A citizen's text as Rasa may see it: never a command, without half characters and NUL."""
    # Databases refuse the latter two.
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}").strip()
    return _WORD_JOINER + text if text.lstrip().startswith("/") else text


def unshield(text: str) -> str:
    """The text as the citizen wrote it."""
    return text.removeprefix(_WORD_JOINER)
