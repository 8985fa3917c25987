"""Sample values that only version 2 has, and access to a payload by dotted paths."""

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

SUPPORT_PERSON = "Min datter Mette, men kun til det første møde."
REMARKS = "Ring helst efter kl. 15.\nMødet er i lokale 214."


def richer(content: Json) -> Json:
    """The request with the fields of version 2: for somebody else, two meetings, remarks, ground `documentation`,
    and who the support person is.
    """
    made = content | {"behalf": dict(BEHALF), "remarks": REMARKS}
    if made["meetings"]:
        made["meetings"] = [*made["meetings"], dict(SECOND_MEETING)]
    if made["recording"]:
        companion = {"support_person_possible": "yes", "support_person_text": SUPPORT_PERSON}
        made["recording"] = made["recording"] | {"grounds": ["memory", "documentation"]} | companion
    return made


def nameless(question: Json) -> Json:
    """The question without the applicant's name."""
    return question | {"applicant": question["applicant"] | {"name": None}}


def at(content: Any, path: str) -> Any:
    """The value at a dotted path; numbers index lists."""
    for step in path.split("."):
        content = content[int(step) if isinstance(content, list) else step]
    return content


def changed(content: Json, path: str, value: object) -> Json:
    """A copy of the payload with the value at a dotted path changed or removed."""
    way, _, last = path.rpartition(".")
    place = at(content, way) if way else content
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    return content
