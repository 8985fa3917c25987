"""The requests that the fault tests send, of both versions."""

import copy
from typing import Any
from zlib import crc32

_ALIKE: dict[str, Any] = {
    "applicant": {"name": "Anne-Marie Ørsted Ng", "email": "anne-marie@example.dk", "phone": None},
    "recording": None,
    "assistant": {"version": "0.1.0", "conversation": "c"},
}
_QUESTION: dict[str, Any] = {
    "type": "question",
    "notes": None,
    "question": {"text": "Hvad gør jeg, hvis I siger nej?"},
}
_MEETING: dict[str, Any] = {
    "department": "jobcenter",
    "department_text": "jobcentret på Finsensvej",
    "kind": "in_person",
    "date": "2026-12-03",
    "time": "14:30",
    "recurrence": None,
}
# Both versions, as in an outbox during an upgrade.
DRAFTS: tuple[dict[str, Any], ...] = (
    _ALIKE | _QUESTION | {"schema": "legal-request/1", "meeting": None},
    _ALIKE | _QUESTION | {"schema": "legal-request/2", "behalf": None, "meetings": []},
    _ALIKE
    | {
        "schema": "legal-request/2",
        "type": "notes",
        "notes": {"wanted": "Referaterne fra møderne"},
        "question": None,
        "behalf": {"name": "Karen Holm", "relation": "relative", "words": "Det er for min mor, Karen Holm."},
        "meetings": [_MEETING, _MEETING | {"date": None, "time": None, "recurrence": "hver anden tirsdag"}],
    },
)


def draft(origin: str) -> dict[str, Any]:
    """The request of an origin, one of `DRAFTS`; `assistant.conversation` tells the receiver the origin."""
    made = copy.deepcopy(DRAFTS[crc32(origin.encode()) % len(DRAFTS)])
    made["assistant"]["conversation"] = origin
    return made
