"""Tests, citizens: who answers what when asked, and what Jura must receive. Read from the *.yml files here.

They were written by people who knew request.md and nothing of the assistant. What they say is not bound to the order in
which they are asked: `opening` is said first, then the next line of `answers` for whatever slot is asked for. A line
that was the last is said again, three times at most.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_NOW = "2026-12-01T10:00:00+01:00"
_MOST_TURNS = 60
_MOST_REPETITIONS = 3
# What the contract asks since they were written: a citizen who wishes for another kind wants that alone, and a meeting
# that gets a new day is at the same hour, unless the citizen says otherwise.
_DEFAULTS = {"review": ["ja, send"], "which_request": ["kun det nye"], "same_time": ["ja"], "same_meeting": ["nej"]}
_ABOUT = {"which_date": "meeting_date", "which_time": "meeting_date"}
_BETWEEN = (
    "which_slot",
    "question_or_value",
    "confirm_stop",
    "confirm_restart",
    "which_request",
    "same_time",
    "same_meeting",
)
# What binds needs a yes out of a list of words; any other is asked for once more (conversation.md).
_ASKED_ONCE_MORE = ("terms_accepted", "review")


@dataclass(frozen=True)
class Part:
    """One request, or the want of one: what is said, and what Jura must receive (None: nothing)."""

    opening: list[str]
    answers: dict[str, list[str]]
    expect: dict[str, Any] | None


@dataclass(frozen=True)
class ScriptedCitizen:
    """A citizen with one or more parts, at a time of day."""

    id: str
    now: str
    parts: list[Part] = field(default_factory=list)


def read_citizens(folder: Path) -> list[ScriptedCitizen]:
    """All citizens of the files in a folder."""
    return [
        _citizen(entry)
        for file in sorted(folder.glob("*.yml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def _citizen(entry: dict[str, Any]) -> ScriptedCitizen:
    parts: list[Part] = []
    part: dict[str, Any] | None = entry
    while part:
        expect = part.get("expect")
        answers = {slot: _lines(said) for slot, said in (part.get("answers") or {}).items()}
        # Of the meeting a second request takes over nothing: who was silent about the place goes to the same one.
        if parts and "meeting_department" in parts[-1].answers:
            answers.setdefault("meeting_department", parts[-1].answers["meeting_department"])
        parts.append(Part(_lines(part["opening"]), _DEFAULTS | answers, None if expect == "nothing" else expect))
        part = part.get("then")
    return ScriptedCitizen(str(entry["id"]), str(entry.get("now") or _NOW), parts)


def _lines(said: Any) -> list[str]:
    return [str(line) for line in (said if isinstance(said, list) else [said])]


def talk(citizen: Any, part: Part) -> list[str]:
    """The conversation as it went, for a report; AssertionError where the citizen gets stuck."""
    said: list[str] = []
    turn = None
    for line in part.opening:
        turn = citizen.say(line, False)
        said.append(f"{line} -> {turn.asking}")
    left = {slot: list(lines) for slot, lines in part.answers.items()}
    repeated: dict[str, int] = {}
    asked = ""
    while turn is not None and turn.asking is not None:
        # A question in between has a name of its own; what was written for it stands under the slot that it is about.
        slot = _ABOUT.get(turn.asking, turn.asking)
        slot = asked if slot in _BETWEEN and slot not in left else slot
        asked = slot if slot not in _BETWEEN else asked
        lines = left.get(slot)
        assert lines, "\n".join([*said, f"{slot} is asked for, and the citizen has no answer to that"])
        if len(lines) == 1:
            repeated[slot] = repeated.get(slot, 0) + 1
        line = lines.pop(0) if len(lines) > 1 else lines[0]
        if slot in _ASKED_ONCE_MORE and repeated.get(slot, 0) == 2 and part.expect is not None:
            # Told that only 'ja' counts, one who wants it says so.
            line = "Ja"
        assert repeated.get(slot, 0) <= _MOST_REPETITIONS + 1, "\n".join([*said, f"stuck at {slot}: {line!r}"])
        assert len(said) < _MOST_TURNS, "\n".join([*said, "it takes too long"])
        turn = citizen.say(line, False)
        said.append(f"{line} -> {turn.asking}")
    return said


def differences(expected: Any, received: Any, path: str = "", said: str = "") -> list[str]:
    """Where what Jura received is not what was expected; lists in any order.

    A reason's words are kept wherever they are told (conversation.md, 4): the explanation may hold more than what was
    answered when it was asked for, as long as each line of it is among what was `said`.
    """
    if isinstance(expected, dict):
        found = received if isinstance(received, dict) else {}
        if not isinstance(received, dict):
            return [f"{path}: {received!r} instead of {expected!r}"]
        return [
            line
            for key, value in expected.items()
            for line in differences(value, found.get(key), f"{path}.{key}", said)
        ]
    if isinstance(expected, list) and isinstance(received, list):
        same = sorted(map(str, expected)) == sorted(map(str, received))
    elif path.endswith(".explanation") and received is not None:
        # Told whole as the ground, it is not asked about again.
        answered = expected is None or expected in received or "-> recording_explanation" not in said
        same = all(line in said for line in received.split("\n")) and answered
    else:
        same = expected is received is None or str(expected) == str(received)
    return [] if same else [f"{path}: {received!r} instead of {expected!r}"]
