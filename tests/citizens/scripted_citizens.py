"""Scripted citizens from the *.yml files here: what they answer when asked, and what Jura must receive.

People who knew only the contracts wrote them; those of version_2/ also say how many messages a request takes at most,
the others answer the questions of version 1. `opening` is said first, then the next line of `answers` for the slot
asked for; the last line of a slot is repeated, three times at most.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from common.yaml_files import read_yaml

FOLDER = Path(__file__).parent
_NOW = "2026-12-01T10:00:00+01:00"
_MOST_TURNS = 60
_MOST_REPETITIONS = 3
# Answers to questions that are newer than the files: a wish for another type replaces the first one, and a meeting with
# a new day keeps its hour, unless the citizen says otherwise.
_DEFAULTS = {
    "review": ["ja, send"],
    "which_request": ["kun det nye"],
    "same_time": ["ja"],
    "same_meeting": ["nej"],
    "behalf_name": ["spring over"],
}
_ABOUT = {"which_date": "meeting_date", "which_time": "meeting_date"}
# Said where a citizen has no further answer.
_LEFT_OUT = re.compile(
    r"(?i)\W*(nej|nix|næ|spring|skip|ellers|kun|det behøve|ingen|har ikke|mail|e-mail|pas|niks|helst ikke|videre|ikke)"
)
_DIGITS = 8
_STEERS = re.compile(r"(?i)\?$|\b(stop\w*|tilbage|forkert|skrev|hov|vent|undskyld|fortsæt\w*|alligevel|ikke video)\b")
_BETWEEN = (
    "which_slot",
    "question_or_value",
    "confirm_stop",
    "confirm_restart",
    "which_request",
    "same_time",
    "same_meeting",
)
# Binding needs a yes of listed words; any other is asked for once more (conversation.md).
_ASKED_ONCE_MORE = ("terms_accepted", "review")


@dataclass(frozen=True)
class Part:
    """One request of a citizen: what is said, and what Jura must receive (None: nothing)."""

    opening: list[str]
    answers: dict[str, list[str]]
    expect: dict[str, Any] | None
    most: int | None = None
    # Whether another part follows, which may begin at this one's receipt.
    goes_on: bool = False
    version: int = 1


@dataclass(frozen=True)
class ScriptedCitizen:
    """A citizen with one or more requests, at a given time."""

    id: str
    now: str
    parts: list[Part] = field(default_factory=list)


def read_citizens(*names: str) -> list[ScriptedCitizen]:
    """The citizens of the files of these names."""
    files = [FOLDER / f"{name}.yml" for name in names]
    return [_citizen(entry, 2 if file.parent.name == "version_2" else 1) for file in files for entry in read_yaml(file)]


def _citizen(entry: dict[str, Any], version: int) -> ScriptedCitizen:
    parts: list[Part] = []
    part: dict[str, Any] | None = entry
    while part:
        expect = part.get("expect")
        answers = {slot: _lines(said) for slot, said in (part.get("answers") or {}).items()}
        # A second request takes over nothing of the meeting: citizens who did not name the place mean the same one.
        if parts and "meeting_department" in parts[-1].answers:
            answers.setdefault("meeting_department", parts[-1].answers["meeting_department"])
        wanted = None if expect == "nothing" else expect
        if version == 1:
            answers = _with_one_contact(_with_one_reason(answers, wanted or {}), wanted or {})
        parts.append(
            Part(_lines(part["opening"]), _DEFAULTS | answers, wanted, part.get("most"), "then" in part, version)
        )
        part = part.get("then")
    return ScriptedCitizen(str(entry["id"]), str(entry.get("now") or _NOW), parts)


def _with_one_reason(answers: dict[str, list[str]], expect: dict[str, Any]) -> dict[str, list[str]]:
    """Joins the answers to ground and explanation, which version 1 asked for separately."""
    grounds, explained = answers.get("recording_grounds", []), answers.get("recording_explanation", [])
    recording = expect.get("recording")
    if not recording:
        # Stopping there, or another wish, is said where the reason is asked for.
        return {**answers, "recording_explanation": explained or grounds} if explained or grounds else answers
    # Questions, corrections and stops there are said by themselves.
    lines = [*grounds, *(explained if recording.get("explanation") else explained[:-1])]
    steers = [line for line in lines if _STEERS.search(line)]
    told = " ".join(line for line in lines if line not in steers)
    return {**answers, "recording_explanation": [*steers, told or "spring over"]}


def _with_one_contact(answers: dict[str, list[str]], expect: dict[str, Any]) -> dict[str, list[str]]:
    """Joins the answers to e-mail and telephone, which version 1 asked for separately.

    Anything else said there is said at the review.
    """
    wanted = expect.get("applicant") or {}
    email, phone = answers.get("applicant_email", []), answers.get("applicant_phone", [])
    if not (wanted.get("email") and email and phone):
        return answers
    numbers = [line for line in phone if sum(sign.isdigit() for sign in line) >= _DIGITS]
    later = [line for line in phone if line not in numbers and not _LEFT_OUT.match(line)]
    review = [*later, *answers.get("review", _DEFAULTS["review"])]
    both = f"{email[-1]}, {numbers[0]}" if numbers and wanted.get("phone") else email[-1]
    left = numbers[1:] or phone
    return {**answers, "applicant_email": [*email[:-1], both], "applicant_phone": left, "review": review}


def _lines(said: Any) -> list[str]:
    return [str(line) for line in (said if isinstance(said, list) else [said])]


def talk(citizen: Any, part: Part, turn: Any = None) -> tuple[list[str], Any]:
    """Holds the conversation; returns its transcript and last turn. Raises AssertionError if the citizen gets stuck.

    `turn`: the last turn of the previous part, which continues where this part has no opening.
    """
    said: list[str] = []
    for line in part.opening:
        turn = citizen.say(line, False)
        said.append(f"{line} -> {turn.asking}")
    left = {slot: list(lines) for slot, lines in part.answers.items()}
    repeated: dict[str, int] = {}
    asked = ""
    while turn is not None and turn.asking is not None:
        # The answers to a question in between stand under the slot that it is about.
        slot = _ABOUT.get(turn.asking, turn.asking)
        slot = asked if slot in _BETWEEN and slot not in left else slot
        asked = slot if slot not in _BETWEEN else asked
        lines = left.get(slot)
        assert lines, "\n".join([*said, f"{slot} is asked for, and the citizen has no answer to that"])
        if len(lines) == 1:
            repeated[slot] = repeated.get(slot, 0) + 1
        line = lines.pop(0) if len(lines) > 1 else lines[0]
        if slot in _ASKED_ONCE_MORE and repeated.get(slot, 0) == 2 and part.expect is not None:
            # Told that only 'ja' counts, the citizen says 'ja'.
            line = "Ja"
        assert repeated.get(slot, 0) <= _MOST_REPETITIONS + 1, "\n".join([*said, f"stuck at {slot}: {line!r}"])
        assert len(said) < _MOST_TURNS, "\n".join([*said, "it takes too long"])
        turn = citizen.say(line, False)
        said.append(f"{line} -> {turn.asking}")
        if part.goes_on and any(str(message["name"]).startswith("utter_receipt_") for message in turn.messages):
            break
    return said, turn


def play(citizen: Any, scripted: ScriptedCitizen) -> None:
    """Holds the conversations of a citizen; AssertionError unless Jura receives exactly what was said."""
    turn = None
    for part in scripted.parts:
        said, turn = talk(citizen, part, turn)
        received = citizen.received()
        if part.expect is None:
            assert received == [], "\n".join([*said, "nothing was to be sent"])
            continue
        assert len(received) == 1, "\n".join([*said, f"{len(received)} requests arrived"])
        payload = received[0].payload if part.version > 1 else as_expected(received[0].payload, part)
        wrong = [
            *differences(part.expect, payload, said="\n".join(said)),
            *received[0].problems,
        ]
        assert wrong == [], "\n".join([*said, *wrong])
        assert part.most is None or len(said) <= part.most, "\n".join([*said, f"in more than {part.most} messages"])


def as_expected(payload: dict[str, Any], part: Part) -> dict[str, Any]:
    """The payload in the form that citizens of version 1 expect."""
    if part.version > 1:
        return payload
    recording, expected = payload["recording"], (part.expect or {}).get("recording") or {}
    if recording:
        # `documentation` was `other` in version 1.
        grounds = list(dict.fromkeys("other" if one == "documentation" else one for one in recording["grounds"]))
        wanted = expected.get("grounds") or []
        # Further grounds are read from the explanation.
        read_of_more = bool(expected.get("explanation")) and set(wanted) <= set(grounds)
        recording = {**recording, "grounds": wanted if read_of_more else grounds}
    return {**payload, "recording": recording, "meeting": next(iter(payload["meetings"]), None)}


def differences(expected: Any, received: Any, path: str = "", said: str = "") -> list[str]:
    """The differences between expected and received payload; lists in any order.

    The explanation may hold more than the answer to it (conversation.md, 4), as long as each line is in `said`.
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
    if _are_objects(expected) and _are_objects(received) and len(expected) == len(received):
        pairs = enumerate(zip(expected, received, strict=True))
        return [line for place, (one, other) in pairs for line in differences(one, other, f"{path}.{place}", said)]
    if isinstance(expected, list) and isinstance(received, list):
        same = sorted(map(str, expected)) == sorted(map(str, received))
    elif path.endswith(".explanation") and received is not None:
        # Told with the ground, it is not asked for again.
        answered = expected is None or str(expected) in received or "-> recording_explanation" not in said
        same = all(line in said for line in received.split("\n")) and answered
    else:
        same = expected is received is None or str(expected) == str(received)
    return [] if same else [f"{path}: {received!r} instead of {expected!r}"]


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
