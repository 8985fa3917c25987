"""What a page is told that is asked for: the slot, or the question in between by its name (chat-api.md)."""

from collections.abc import Mapping
from typing import Any

# What the form calls a question in between, and what a page is told.
IN_BETWEEN = {
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


def asked(slots: Mapping[str, Any]) -> str | None:
    """The slot that is asked for; while a question in between is open, that question's name; None outside a request."""
    slot = slots.get("requested_slot")
    between = slots.get("request_pending") or {}
    if not slot or between.get("waits"):
        return slot
    return IN_BETWEEN.get(str(between.get("kind")), slot)
