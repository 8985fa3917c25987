"""Questions in the middle of a request are answered, alone and beside an answer.

The rows of asked/ were written by three people who had seen neither code nor data. `asks`: for each question the labels
whose answer serves, or what else does (`noted`, `status`, `progress`, `why`); `missed`: those that are not answered.
"""

from typing import Any

import pytest
from known_faults import KnownFaults, read_rows
from parsing import acts_of
from test_corrected import known_before

from common.acts import ASK, CHECK_STATUS, SIMPLIFY, SMALL_TALK, WHY, Act

_ROWS = read_rows("asked")
# Topics that say what is meant by the question of a slot.
_EXPLAIN = ("faq_support_person", "faq_data_protection", "faq_without_name", "faq_special_needs")


def _answers(act: Act) -> set[str]:
    """What an act answers, in the words of the rows."""
    if act.act == ASK:
        return {str(act.value), *(("status",) if act.value == CHECK_STATUS else ()), *_why(act)}
    if act.act == SMALL_TALK:
        return {act.slot}
    return {"why"} if act.act in (WHY, SIMPLIFY) else set()


def _why(act: Act) -> tuple[str, ...]:
    return ("why",) if act.value in _EXPLAIN else ()


def not_answered(asks: list[str], acts: list[Act]) -> list[str]:
    """The questions that no act answers."""
    answered = set().union(*map(_answers, acts)) if acts else set()
    return [one for one in asks if answered.isdisjoint(one.split("|"))]


@pytest.mark.parametrize("asked", sorted({row["asked"] for row in _ROWS}))
def test_what_is_asked_in_a_request_is_answered(agent: Any, asked: str, known_faults: KnownFaults) -> None:
    rows = [row for row in _ROWS if row["asked"] == asked]
    read = acts_of(agent, [row["say"] for row in rows], known_before(asked))
    found = [(row, {"missed": not_answered(row["asks"], acts)}) for row, acts in zip(rows, read, strict=True)]
    known_faults.hold(found, few=2)
