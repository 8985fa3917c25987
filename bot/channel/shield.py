"""Bot room, channel: words stay words. Rasa obeys a text that begins with '/'; a citizen's text must not."""

# Rasa strips white space before it looks for the slash, but not this character, which nobody sees.
_WORD_JOINER = "\N{WORD JOINER}"
# What no person types: databases refuse some, and Jura's schema all of them (legal/request.schema.json). Those that are
# white space become a space, so that a text of nothing else is still none.
_CONTROLS = {
    code: " " if chr(code).isspace() else "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), 0x7F)
    if chr(code) not in "\t\n\r"
}


def shield(text: str) -> str:
    """A citizen's text as Rasa may see it: never a command, without half characters and control characters."""
    text = text.encode("utf-8", "replace").decode("utf-8").translate(_CONTROLS).strip()
    return _WORD_JOINER + text if text.lstrip().startswith("/") else text


def unshield(text: str) -> str:
    """The text as the citizen wrote it."""
    return text.removeprefix(_WORD_JOINER)
