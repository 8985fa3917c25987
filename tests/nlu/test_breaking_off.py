"""What is said in place of an answer to a form, a question or a remark, fills no field, at any slot that is asked for.

The rows of breaking_off/ were written by somebody who had seen neither code nor data. `taken` names the slots at which
a row is still taken for an answer.
"""

from typing import Any

import pytest
from known_faults import KnownFaults, read_rows
from parsing import acts_of
from recording_request import FILLED

from common.acts import ADD_MEETING, CHANGE, EMPTY, NO, REMOVE_MEETING, SET, SKIP, STOP, YES, Act
from common.slots import ORDER

_ROWS = read_rows("breaking_off")
_KNOWN = {**FILLED, "meeting_department_text": "jobcentret"}
# One in so many rows is read by default.
_SHARE = 6
_TAKES = {SET, CHANGE, ADD_MEETING, REMOVE_MEETING, EMPTY, YES, NO, SKIP, STOP}
_ASKED = (*(slot for slot in ORDER["recording"] if slot in FILLED), "review")


def _read(agent: Any, texts: list[str], asked: str) -> list[list[Act]]:
    before = ORDER["recording"][: _ASKED.index(asked)] if asked != "review" else ORDER["recording"]
    known = {slot: value for slot, value in _KNOWN.items() if slot in before or slot[:18] in before}
    return acts_of(agent, texts, {"request_type": "recording", **known, "requested_slot": asked})


@pytest.mark.parametrize("asked", _ASKED)
def test_what_breaks_off_a_form_fills_no_field(
    agent: Any, asked: str, every_row: bool, known_faults: KnownFaults
) -> None:
    rows = _ROWS if every_row else _ROWS[::_SHARE]
    read = _read(agent, [row["say"] for row in rows], asked)
    taken = [[asked] if _TAKES & {act.act for act in acts} else [] for acts in read]
    found = [(row, {"taken": slots}) for row, slots in zip(rows, taken, strict=True)]
    known_faults.hold(found, ("taken",), among=(asked,), few=2)
