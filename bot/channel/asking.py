"""The `asking` field of a reply (chat-api.md): the slot, or the question in between, that the form asks for."""

from collections.abc import Mapping
from typing import Any

# From `kind` of the slot request_pending to the name in chat-api.md.
QUESTION_NAMES = {
    "date": "which_date",
    "time": "which_time",
    "same_time": "same_time",
    "same_meeting": "same_meeting",
    "which_request": "which_request",
    "which_meeting": "which_meeting",
    "which_slot": "which_slot",
    "question_or_value": "question_or_value",
    "stop": "confirm_stop",
    "restart": "confirm_restart",
}


def asking(slots: Mapping[str, Any]) -> str | None:
    """The name of an open question in between, else the slot that the form asks for, else None."""
    slot = slots.get("requested_slot")
    pending = slots.get("request_pending") or {}
    if not slot or pending.get("waits"):
        return slot
    return QUESTION_NAMES.get(str(pending.get("kind")), slot)
