"""Reads the municipality's page as lines, stored or new (file or address), and compares the two."""

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import requests
from rapidfuzz import fuzz

from common import patterns

PAGE = Path("docs") / "siden.md"
_SECONDS = 20
_MOST_BYTES = 5_000_000
_COMMENT = patterns.compile(r"<!--.*?-->", patterns.DOTALL)
_BULLET = patterns.compile(r"^\s*(?:[•*-]|#+)\s+")
# Similarity in percent from which two lines count as versions of one line.
_SAME_LINE = 60
_HIDDEN = {"script", "style", "noscript", "template", "svg", "nav", "header", "footer", "head"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "em",
    "i",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "wbr",
    "font",
    "code",
    "mark",
}
# Elements without an end tag.
_VOID = {"br", "img", "hr", "input", "meta", "link", "wbr", "source", "col", "area", "base", "embed", "track"}


class PageError(Exception):
    """A page that cannot be read; the message is Danish and says why."""


@dataclass(frozen=True)
class Change:
    """A line of the stored page and its text in the new one (`after`; None when it is gone)."""

    before: str
    after: str | None


@dataclass(frozen=True)
class Comparison:
    """The changed and removed lines of the stored page, and the lines that only the new one has."""

    changed: tuple[Change, ...]
    added: tuple[str, ...]


def read_page(root: Path) -> dict[str, int]:
    """The stored page: the text of each line, without bullets, and its number in the file."""
    text = (root / PAGE).read_text(encoding="utf-8")
    blanked = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    numbered = ((normal(line), number) for number, line in enumerate(blanked.split("\n"), start=1))
    found: dict[str, int] = {}
    for line, number in numbered:
        if line:
            found.setdefault(line, number)
    return found


def normal(line: str) -> str:
    """A line without its bullet, with white space collapsed."""
    return " ".join(_BULLET.sub("", line.replace("\N{NO-BREAK SPACE}", " ")).split())


def fetch(place: str) -> str:
    """The text of a file or an http(s) address; PageError when it cannot be read."""
    if urlsplit(place).scheme in ("http", "https"):
        try:
            with requests.get(place, timeout=_SECONDS, stream=True) as answer:
                answer.raise_for_status()
                content = answer.raw.read(_MOST_BYTES, decode_content=True)
                kind = answer.headers.get("content-type", "")
        except requests.RequestException as error:
            raise PageError(
                f"Siden {place} kan ikke hentes ({type(error).__name__}). Gem den som fil i stedet."
            ) from error
        charset = patterns.search(r"charset=([\w-]+)", kind)
        return _decoded(content, charset[1] if charset else "utf-8", place)
    try:
        return _decoded(Path(place).read_bytes(), "utf-8", place)
    except FileNotFoundError as error:
        raise PageError(f"Filen {place} findes ikke. Ret navnet på filen.") from error
    except OSError as error:
        raise PageError(f"Filen {place} kan ikke læses. Er det en mappe, eller må du ikke læse den?") from error


def _decoded(content: bytes, charset: str, place: str) -> str:
    try:
        return content.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise PageError(f"{place} er ikke gemt som UTF-8. Gem den igen som UTF-8.") from error


def lines(text: str) -> list[str]:
    """The lines of a page in HTML or plain text."""
    if patterns.search(r"<(?:!doctype|html|body|main|p|h1)\b", text, patterns.IGNORECASE):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        # Without menus and the like, when the page marks its content with <main>.
        text = "".join(reader.main or reader.all)
    return [line for line in map(normal, _COMMENT.sub("", text).split("\n")) if line]


def compare(stored: dict[str, int], new: list[str]) -> Comparison:
    """Compares line by line; the order of lines does not matter."""
    left = [line for line in new if line not in stored]
    present = set(new)
    changed = []
    for line in stored:
        if line in present:
            continue
        nearest = max(left, key=lambda other: fuzz.ratio(line, other), default=None)
        if nearest is not None and fuzz.ratio(line, nearest) >= _SAME_LINE:
            left.remove(nearest)
            changed.append(Change(line, nearest))
        else:
            changed.append(Change(line, None))
    return Comparison(tuple(changed), tuple(dict.fromkeys(left)))


class _Reader(HTMLParser):
    """The visible text of HTML with a browser's line breaks: all of it, and that inside <main>."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.all: list[str] = []
        self.main: list[str] = []
        self._hidden: list[str] = []
        self._inside_main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "main":
            self._inside_main += 1
        if tag not in _INLINE:
            self._add("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE and tag not in _VOID:
            self._add("\n")
        if tag in self._hidden:
            # A missing end tag ends with the element around it.
            while self._hidden.pop() != tag:
                pass
        elif tag == "main":
            self._inside_main = max(0, self._inside_main - 1)

    def handle_data(self, data: str) -> None:
        # Line breaks in HTML's source are white space.
        self._add(" ".join(data.split("\n")))

    def _add(self, text: str) -> None:
        if self._hidden:
            return
        self.all.append(text)
        if self._inside_main:
            self.main.append(text)
