"""A request's texts for staff: without invisible characters, and on one line unless the field allows several."""

from typing import Any

from common.plain_text import cleaned

_SEVERAL_LINES = {
    *("department_text", "explanation", "support_person_text", "wanted", "text", "words", "recurrence", "remarks"),
}
_LINE_ENDS = {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_NOTHING_SEEN = "(kun tegn, der ikke kan ses)"


def legible(content: Any, key: str = "") -> Any:
    """A copy of a payload, or a part of it, for pages, spreadsheets and mails. `key`: the name of a text's field.

    The stored payload is not changed: requests are never refused for a character.
    """
    if isinstance(content, dict):
        return {name: legible(value, name) for name, value in content.items()}
    if isinstance(content, list):
        return [legible(value, key) for value in content]
    return _text(content, key) if isinstance(content, str) else content


def hides(content: Any) -> bool:
    """Whether `legible` leaves out characters."""
    if isinstance(content, dict):
        return any(hides(value) for value in content.values())
    if isinstance(content, list):
        return any(hides(value) for value in content)
    return isinstance(content, str) and cleaned(content) != content.translate(_LINE_ENDS)


def _text(text: str, key: str) -> str:
    lines = cleaned(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    seen = lines if key in _SEVERAL_LINES else " ".join(lines.split("\n"))
    return seen or (_NOTHING_SEEN if text else "")
