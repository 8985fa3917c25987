"""Where the reason is asked for, an unusual reason is taken as it stands, and what tells none is not taken for one.

The rows of reasons/ were written by somebody who had seen no test; every other of them is trained on, these are not.
`missed`: a reason that is asked about, or words that are taken for a reason.
"""

from typing import Any

import pytest
from known_faults import KnownFaults, read_rows
from parsing import acts_of
from recording_request import FILLED

from common.acts import SET
from common.slots import ORDER

_ROWS = read_rows("reasons")
_ASKED = "recording_explanation"


@pytest.mark.parametrize("tells", [True, False])
def test_a_reason_is_taken_and_what_is_none_is_asked_about(agent: Any, tells: bool, known_faults: KnownFaults) -> None:
    rows = [row for row in _ROWS if row["tells"] is tells]
    before = ORDER["recording"][: ORDER["recording"].index(_ASKED)]
    slots = {slot: value for slot, value in FILLED.items() if slot in before}
    known = {"request_type": "recording", **slots, "requested_slot": _ASKED}
    read = acts_of(agent, [row["say"] for row in rows], known)
    taken = [any((act.act, act.slot) == (SET, _ASKED) for act in acts) for acts in read]
    known_faults.hold([(row, {"missed": took is not tells}) for row, took in zip(rows, taken, strict=True)])
