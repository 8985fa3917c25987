"""Reads a stored request of either version as version 2."""

from collections.abc import Mapping
from typing import Any, cast

from legal.payload import Payload
from legal.schema import VERSION_1, VERSION_2


def upgraded(payload: Mapping[str, Any]) -> Payload:
    """A valid payload as version 2: the meeting of version 1 becomes the only one, and `behalf` is None.

    The first requests of version 2 have no `remarks`, and none of either version had `support_person_text` at first.
    """
    recording = payload["recording"]
    payload = {**payload, "recording": {"support_person_text": None, **recording} if recording else None}
    if payload["schema"] != VERSION_1:
        return cast(Payload, {"remarks": None, **payload})
    kept = {name: value for name, value in payload.items() if name != "meeting"}
    meeting = payload["meeting"]
    meetings = [{**meeting, "recurrence": None}] if meeting else []
    return cast(Payload, kept | {"schema": VERSION_2, "behalf": None, "meetings": meetings, "remarks": None})
