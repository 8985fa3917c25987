"""Escapes citizens' words inside the assistant's Markdown, and puts them on one line.

Responses are Markdown of paragraphs, bold, lists and links (bot/channel/static/render.js); `filled` escapes what fills
their placeholders.
"""

from collections.abc import Mapping

_LINE_BREAK = " / "
# A line that ends with one of these ends by itself.
_MARKS = tuple(".,;:!?")


class Markdown(str):
    """A text that is Markdown already and must not be escaped."""


def one_line(text: str) -> str:
    """The text on one line: white space collapsed to single blanks; a new sentence follows a full stop, else ' / '."""
    lines = [line for said in text.splitlines() if (line := " ".join(said.split()))]
    shown = "".join(lines[:1])
    for line in lines[1:]:
        shown += (" " if shown.endswith(_MARKS) else ". " if line[0].isupper() else _LINE_BREAK) + line
    return shown


def escaped(text: str) -> str:
    """The text on one line, with a backslash before each character that Markdown would read as a mark."""
    line = one_line(text)
    # As if between asterisks: the response may have such marks around it.
    around = zip(f"*{line}", line, f"{line[1:]}*", strict=False)
    return "".join(f"\\{sign}" if _is_mark(before, sign, after) else sign for before, sign, after in around)


def _is_mark(before: str, sign: str, after: str) -> bool:
    """Whether render.js reads the character as part of bold, a link or an escape.

    Lists and paragraphs need a new line, which the text does not have.
    """
    if sign == "*":
        return "*" in (before, after)
    return before + sign == "](" or (sign == "\\" and after in "\\*(")


def filled(fill: Mapping[str, str]) -> dict[str, str]:
    """The values for a response's placeholders, escaped unless they are `Markdown`."""
    return {name: value if isinstance(value, Markdown) else escaped(value) for name, value in fill.items()}
