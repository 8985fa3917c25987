"""The slots of a request: in which order they are asked for, and what may be left out (request.md)."""

from collections.abc import Iterable, Mapping
from typing import Any

# In characters: what Jura takes (legal/request.schema.json).
FREE_TEXT = {"recording_explanation": 2000, "notes_wanted": 2000, "question_text": 4000}
# Where a yes binds the citizen.
BINDING = ("terms_accepted", "review")
# Values that nobody writes by chance.
EXPLICIT = {
    "meeting_date",
    "meeting_time",
    "meeting_department",
    "meeting_department_text",
    "applicant_email",
    "applicant_phone",
    "applicant_name",
}
# Choices that a few words may seem to make by chance.
LOOSE = {
    "meeting_kind",
    "recording_medium",
    "recording_grounds",
    "recording_purpose",
    "support_person_possible",
}
# Choices of which several may be made.
SEVERAL = {"recording_grounds"}

_MEETING = ("meeting_department", "meeting_kind", "meeting_date")
_WHO = ("applicant_name", "applicant_email", "applicant_phone")
ORDER: dict[str, tuple[str, ...]] = {
    "recording": (
        *_MEETING,
        "recording_medium",
        "recording_grounds",
        "recording_explanation",
        "support_person_possible",
        "recording_purpose",
        "terms_accepted",
        *_WHO,
    ),
    "notes": (*_MEETING, "notes_wanted", *_WHO),
    "question": ("question_text", *_WHO),
}
# In characters, as Jura takes it (legal/request.schema.json).
LONGEST_NAME = 200
OPTIONAL = ("recording_explanation", "notes_wanted")
# What a request holds of its own; who writes is kept for a second one.
PARTS = (
    "request_type",
    *dict.fromkeys(slot for slots in ORDER.values() for slot in slots),
    # Said along with another slot, and never asked for by themselves.
    "meeting_department_text",
    "meeting_time",
    # When the citizen said yes to the terms; there as long as `terms_accepted` is.
    "terms_accepted_at",
    "review",
)
KEPT = ("applicant_name", "applicant_email", "applicant_phone")
# What the form keeps for itself while one request is under way.
BOOKKEEPING = (
    *("request_draft", "request_settled", "request_failures", "request_pending", "request_former"),
    "request_waiting",
)
# Said along with a slot, and put back with it.
BESIDE = {"meeting_date": ("meeting_time",), "meeting_department": ("meeting_department_text",)}
# Where a sentence stands that no slot is asked for.
TEXT_OF = {"recording": "recording_explanation", "notes": "notes_wanted", "question": "question_text"}


def may_skip(slot: str, known: Mapping[str, Any]) -> bool:
    """Whether a slot may be left empty: one of e-mail and telephone is enough."""
    if slot == "applicant_email":
        return True
    if slot == "applicant_phone":
        return bool(known.get("applicant_email"))
    return slot in OPTIONAL


def is_settled(slot: str, known: Mapping[str, Any], settled: Iterable[str]) -> bool:
    """Whether a slot needs no asking: it has a value, or was answered with nothing."""
    return known.get(slot) not in (None, [], "") or slot in settled


def next_slot(known: Mapping[str, Any], settled: Iterable[str]) -> str:
    """The slot to ask for: the first that is open, else the review."""
    kind = known.get("request_type")
    if kind not in ORDER:
        return "request_type"
    settled = set(settled)
    if not known.get("applicant_email") and not known.get("applicant_phone"):
        # Left out while there was an e-mail, which is gone.
        settled.discard("applicant_phone")
    return next((slot for slot in ORDER[kind] if not is_settled(slot, known, settled)), "review")


def previous_slot(slot: str | None, kind: str | None) -> str | None:
    """The slot that was asked for before this one; None at the first."""
    order = ("request_type", *ORDER.get(kind or "", ()), "review")
    return order[order.index(slot) - 1] if slot in order[1:] else None
