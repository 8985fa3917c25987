"""Cleans what a citizen wrote in a request and masks CPR numbers in it; other numbers are left alone."""

from collections.abc import Mapping
from typing import Any

from common.cpr import mask
from common.patterns import OutOfTime, budget
from common.plain_text import cleaned

__all__ = ["FIELDS", "masked"]

# Every field of either version in which words of the citizen's may stand, and the schema's limit for it; `*` is each
# of a list.
FIELDS = {
    "applicant.name": 200,
    "applicant.email": 254,
    "behalf.name": 200,
    "behalf.words": 500,
    "meeting.department_text": 500,
    "meetings.*.department_text": 500,
    "meetings.*.recurrence": 200,
    "recording.explanation": 2000,
    "notes.wanted": 2000,
    "question.text": 4000,
}
_EMAIL = "applicant.email"


def masked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with every CPR number in those fields masked. ValueError names a field that took too long to read."""
    made: Any = dict(payload)
    for path in FIELDS:
        made = _masked(made, path.split("."), path)
    return dict(made)


def _masked(node: Any, way: list[str], path: str) -> Any:
    """A copy of the node, masked at the end of the way. What is not of the schema's shape is left for it to refuse."""
    if not way:
        return _text(node, path) if isinstance(node, str) else node
    if way[0] == "*":
        return [_masked(one, way[1:], path) for one in node] if isinstance(node, list) else node
    if isinstance(node, Mapping) and way[0] in node:
        return {**node, way[0]: _masked(node[way[0]], way[1:], path)}
    return node


def _text(text: str, path: str) -> str | None:
    try:
        text = cleaned(text)
        with budget():
            shown, found = mask(text)
    except OutOfTime as error:
        raise ValueError(f"{path}: kunne ikke læses igennem for CPR-numre i tide. Skriv det kortere.") from error
    if not found:
        return text
    # A masked address is nobody's, or somebody else's: the telephone number is left, or the schema refuses it.
    # Elsewhere the mask may be longer than the number; what goes beyond the limit then is less than the whole request.
    return None if path == _EMAIL else shown[: FIELDS[path]]
