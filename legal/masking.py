"""Masks CPR numbers in a request's texts (request.md, Promises 3); other numbers stay."""

from collections.abc import Mapping
from typing import Any

from common.cpr import mask
from common.patterns import OutOfTime, budget
from common.plain_text import cleaned

__all__ = ["FIELDS", "masked"]

# The fields of both versions with the citizen's words, and the schema's limits; `*`: each item of a list.
FIELDS = {
    "applicant.name": 200,
    "applicant.email": 254,
    "behalf.name": 200,
    "behalf.words": 500,
    "meeting.department_text": 500,
    "meetings.*.department_text": 500,
    "meetings.*.recurrence": 200,
    "recording.explanation": 2000,
    "recording.support_person_text": 500,
    "notes.wanted": 2000,
    "question.text": 4000,
    "remarks": 2000,
}
_EMAIL = "applicant.email"


def masked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with CPR numbers in `FIELDS` masked. ValueError names a field that took too long to read."""
    made: Any = dict(payload)
    for path in FIELDS:
        made = _masked(made, path.split("."), path)
    return dict(made)


def _masked(node: Any, way: list[str], path: str) -> Any:
    """A copy of the node, masked at the end of the path; a wrong shape is left for the schema to refuse."""
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
    # A masked e-mail address may be somebody else's, so it is dropped. A text longer by its mask is cut to its limit,
    # so that the request is not refused.
    return None if path == _EMAIL else shown[: FIELDS[path]]
