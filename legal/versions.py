"""A stored request of either version, in the one shape that pages, files and search read: that of version 2."""

from collections.abc import Mapping
from typing import Any

from legal.schema import VERSION_1, VERSION_2


def upgraded(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A valid payload as version 2: the one meeting of version 1 is the first of a list, and it is for nobody else."""
    if payload["schema"] != VERSION_1:
        return dict(payload)
    kept = {name: value for name, value in payload.items() if name != "meeting"}
    meeting = payload["meeting"]
    return kept | {
        "schema": VERSION_2,
        "behalf": None,
        "meetings": [{**meeting, "recurrence": None}] if meeting else [],
    }
