"""Known values that a message denies without a new one: they are asked for again."""

from collections.abc import Mapping
from typing import Any

from bot.nlu.acts.request.message import Found, Message
from common.slots import WHO_WRITES

_SLOTS = ("meeting_department", "meeting_date", *WHO_WRITES)


def denied_values(message: Message, known: Mapping[str, Any]) -> list[str]:
    """The slots whose known value a message denies, and tells no other: 'det er ikke jobcentret'."""
    told = {one.entity for one in message.found if not one.negated}
    denied = (one for one in message.found if one.negated and one.entity not in told)
    said = {(slot, str(value)) for one in denied for slot, value in _as_slots(one)}
    return [slot for slot in _SLOTS if (slot, str(known.get(slot))) in said]


def _as_slots(one: Found) -> list[tuple[str, Any]]:
    """The values that something found can be, each with its slot."""
    if one.entity == "department":
        return [("meeting_department", one.value["key"])]
    if one.entity == "date":
        return [("meeting_date", day) for day in one.value["future"]]
    return [(f"applicant_{one.entity}", one.value)]
