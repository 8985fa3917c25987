"""Actions room: what a message gives a request: values by slot, what it leaves open, which choices may be chance."""

from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]
# Choices that a few words may seem to make by chance.
LOOSE = {
    "meeting_kind",
    "recording_medium",
    "recording_grounds",
    "recording_purpose",
    "support_person_possible",
}


@dataclass
class Reading:
    """What a message gives: values by slot, slots answered with nothing, and a question about the day or hour."""

    values: Values = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)  # several possible days, ISO
    times: list[str] = field(default_factory=list)  # several possible hours, HH:MM
    trouble: str | None = None  # response that says why a day cannot be taken
    trouble_date: str | None = None
