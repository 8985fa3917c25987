"""Words inside the Markdown that the assistant says: on one line, with their marks escaped.

What the assistant says is Markdown of paragraphs, bold, lists and links (bot/channel/static/render.js). A citizen's
words stand in it too, in the review and in corrections, and stay words there: `filled` sees to it for every response.
"""

from collections.abc import Mapping

_LINE_BREAK = " / "


class Markdown(str):
    """A text whose marks are meant: made by the assistant, of words that are escaped already."""


def one_line(text: str) -> str:
    """The text on one line: white space is one space, and a line break of any kind is seen as ' / '."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _LINE_BREAK.join(line for line in lines if line)


def escaped(text: str) -> str:
    """The text on one line, with a backslash before each sign that would be a mark, as Markdown has it."""
    line = one_line(text)
    # Around it, the response may have marks of its own.
    around = zip(f"*{line}", line, f"{line[1:]}*", strict=False)
    return "".join(f"\\{sign}" if _is_mark(before, sign, after) else sign for before, sign, after in around)


def _is_mark(before: str, sign: str, after: str) -> bool:
    """Whether render.js takes a sign for part of bold, of a link or of an escape.

    A list and a paragraph need a line of their own. Jura's telephone number is a link wherever it stands, to Jura.
    """
    if sign == "*":
        return "*" in (before, after)
    return before + sign == "](" or (sign == "\\" and after in "\\*(")


def filled(fill: Mapping[str, str]) -> dict[str, str]:
    """What fills the placeholders of a response: words, except where it is Markdown of the assistant's own."""
    return {name: value if isinstance(value, Markdown) else escaped(value) for name, value in fill.items()}
