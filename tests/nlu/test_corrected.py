"""What is known and told anew beside something else is taken or asked about; what is only mentioned changes nothing.

The rows of corrected/ and mentioned/ were written by six people who had seen neither code nor data. `missed`: slots
that are lost; `changed`: slots that a mention changes or asks for anew.
Every second row is read; with `--every-row` all.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from known_faults import KnownFaults, read_rows
from parsing import acts_of

from common.acts import ADD_MEETING, ADDS, CHANGE, CORRECTS, MEETINGS, REOPEN, SET, UNREAD, WHICH_MEETING, Act
from common.slots import MEETING

# Of so many rows at a slot one is read, without `--every-row`.
_SHARE = 2
_ROWS = read_rows("corrected")
_MENTIONS = read_rows("mentioned")
_TOLD = {
    "meeting_department": "jobcenter",
    "meeting_department_text": "jobcentret",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "meeting_time": "14:00",
    "recording_medium": "audio",
    "recording_explanation": "Jeg hører dårligt og når ikke at få det hele med",
    "recording_grounds": ["communication_impairment"],
    "support_person_possible": "no",
    "recording_purpose": "private",
    "terms_accepted": True,
    "applicant_name": "Karen Lund",
    "applicant_phone": "+4522334455",
}


def known_before(asked: str) -> dict[str, Any]:
    """The slots told before one is asked for."""
    order = [*_TOLD]
    known = {slot: _TOLD[slot] for slot in (order[: order.index(asked)] if asked in order else order)}
    meeting = {slot: value for slot, value in known.items() if slot in MEETING}
    return {"request_type": "recording", **known, "meetings": [meeting], "requested_slot": asked}


def _is_told(slot: str, value: Any, known: Mapping[str, Any], acts: list[Act]) -> bool:
    """Whether the request then holds the value, or it is asked what it is."""
    new = known.get(slot)
    for act in acts:
        if slot in MEETING and act.act in (ADD_MEETING, WHICH_MEETING):
            return True  # it is asked whether it is another meeting, or of which it is
        if (act.act, act.about) == (UNREAD, CORRECTS) or (act.slot == slot and (act.act == REOPEN or act.readings)):
            return True
        if act.act == CHANGE and act.slot == MEETINGS:
            new = dict(act.value).get(slot, new)
        elif act.act in (SET, CHANGE) and act.slot == slot:
            new = f"{new}\n{act.value}" if act.about == ADDS else act.value
        if act.act in (SET, CHANGE) and (slot, act.slot) == ("meeting_department", "meeting_department_text"):
            words = str(act.value)
            new = value if str(value).lower() in words.lower() else new
    if isinstance(value, dict):
        return str(value.get("holds", "")).lower() in str(new).lower() and str(value.get("holds_not")) not in str(new)
    return str(new).lower() == str(value).lower()


@pytest.mark.parametrize("asked", sorted({row["asked"] for row in _ROWS}))
def test_what_is_told_anew_is_taken_or_asked_about(
    agent: Any, asked: str, every_row: bool, known_faults: KnownFaults
) -> None:
    rows = [row for row in _ROWS if row["asked"] == asked][:: 1 if every_row else _SHARE]
    known = known_before(asked)
    read = acts_of(agent, [row["say"] for row in rows], known)
    lost = [
        [slot for slot, value in row["tells"].items() if not _is_told(slot, value, known, acts)]
        for row, acts in zip(rows, read, strict=True)
    ]
    known_faults.hold([(row, {"missed": slots}) for row, slots in zip(rows, lost, strict=True)])


def _disturbed(known: Mapping[str, Any], acts: list[Act]) -> set[str]:
    """The known slots that the acts change or ask for anew."""
    changing = {act.slot for act in acts if act.act in (CHANGE, REOPEN) and act.slot in known and act.about != ADDS}
    meetings = any(act.act in (ADD_MEETING, WHICH_MEETING) or act.slot == MEETINGS for act in acts)
    return changing | ({MEETINGS} if meetings else set())


@pytest.mark.parametrize("asked", sorted({row["asked"] for row in _MENTIONS}))
def test_what_is_only_mentioned_changes_nothing(
    agent: Any, asked: str, every_row: bool, known_faults: KnownFaults
) -> None:
    rows = [row for row in _MENTIONS if row["asked"] == asked][:: 1 if every_row else _SHARE]
    known = known_before(asked)
    read = acts_of(agent, [row["say"] for row in rows], known)
    found = [(row, {"changed": sorted(_disturbed(known, acts))}) for row, acts in zip(rows, read, strict=True)]
    known_faults.hold(found, ("changed",))
