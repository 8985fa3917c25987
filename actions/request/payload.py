"""Makes the payload for Jura (request.md, Payload) out of a request's slots."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from common.slots import SUPPORT_PERSON_TEXT, TOLD_BESIDE
from common.version import VERSION

TERMS_VERSION = "2026-11"


def draft(known: Mapping[str, Any], meetings: Sequence[Mapping[str, Any]], conversation: str) -> dict[str, Any]:
    """The payload without what the outbox adds (`id`, `reference`, `submitted_at`)."""
    kind = known["request_type"]
    return {
        "schema": "legal-request/2",
        "type": kind,
        "applicant": {
            "name": known.get("applicant_name"),
            "email": known.get("applicant_email"),
            "phone": known.get("applicant_phone"),
        },
        "behalf": _behalf(known),
        "meetings": [_meeting(one) for one in meetings] if kind in ("recording", "notes") else [],
        "recording": _recording(known) if kind == "recording" else None,
        "notes": {"wanted": known.get("notes_wanted")} if kind == "notes" else None,
        "question": {"text": known.get("question_text")} if kind == "question" else None,
        "remarks": known.get(TOLD_BESIDE) or None,
        "assistant": {"version": VERSION, "conversation": opaque(conversation)},
    }


def opaque(conversation: str) -> str:
    """A one-way id of a conversation: tells Jura which requests belong together."""
    return hashlib.sha256(f"legal:{conversation}".encode()).hexdigest()[:32]


def _behalf(known: Mapping[str, Any]) -> dict[str, Any] | None:
    """The other person; None if the citizen writes for themselves."""
    relation = known.get("behalf_relation")
    if not relation:
        return None
    return {"name": known.get("behalf_name"), "relation": relation, "words": known.get("behalf_words")}


def _meeting(known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "department": known.get("meeting_department"),
        "department_text": known.get("meeting_department_text"),
        "kind": known.get("meeting_kind"),
        "date": known.get("meeting_date"),
        "time": known.get("meeting_time"),
        "recurrence": known.get("meeting_recurrence"),
    }


def _recording(known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "medium": known.get("recording_medium"),
        "grounds": known.get("recording_grounds"),
        "explanation": known.get("recording_explanation"),
        "support_person_possible": known.get("support_person_possible"),
        "support_person_text": known.get(SUPPORT_PERSON_TEXT),
        "purpose": known.get("recording_purpose"),
        "terms": _terms(known),
    }


def _terms(known: Mapping[str, Any]) -> dict[str, Any] | None:
    """When the terms were accepted; None if they were not, which the outbox refuses for a recording."""
    accepted_at = known.get("terms_accepted_at")
    if known.get("terms_accepted") is not True or not accepted_at:
        return None
    return {"text_version": TERMS_VERSION, "accepted_at": accepted_at}
