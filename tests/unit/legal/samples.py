"""What version 2 can say and version 1 cannot, and how a place in a payload is reached."""

from typing import Any

Json = dict[str, Any]
MISSING = object()

SECOND_MEETING: Json = {
    "department": "ydelse",
    "department_text": "ydelsen på rådhuset",
    "kind": "phone_call",
    "date": "2026-12-08",
    "time": None,
    "recurrence": "hver anden tirsdag",
}
BEHALF: Json = {"name": "Karen Æbelø Holm", "relation": "relative", "words": "Det er for min mor, Karen Æbelø Holm."}


def richer(content: Json) -> Json:
    """The same request for somebody else; a recording or notes: of two meetings, and a recording to document it."""
    made = content | {"behalf": dict(BEHALF)}
    if made["meetings"]:
        made["meetings"] = [*made["meetings"], dict(SECOND_MEETING)]
    if made["recording"]:
        made["recording"] = made["recording"] | {"grounds": ["memory", "documentation"]}
    return made


def nameless(question: Json) -> Json:
    """The same question from somebody who does not say who they are."""
    return question | {"applicant": question["applicant"] | {"name": None}}


def at(content: Any, path: str) -> Any:
    """What stands at a dotted path; a number counts in a list."""
    for step in path.split("."):
        content = content[int(step) if isinstance(content, list) else step]
    return content


def changed(content: Json, path: str, value: object) -> Json:
    """The payload with the value at a dotted path changed, or left out."""
    way, _, last = path.rpartition(".")
    place = at(content, way) if way else content
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    return content
