"""How many questions of a request are left, and the number of the one that is asked now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from common.request import State
from common.slots import (
    ASKED_OF_A_MEETING,
    ORDER,
    ORDER_OF_A_MEETING,
    SETTLED_WITH,
    asked_in_one,
    is_settled,
    next_slot,
    question_key,
)

# A question that was asked: its first slot, and the meeting that it was about, from 0.
Question = tuple[str, int]


@dataclass(frozen=True)
class Progress:
    """The number of the question that is asked, from 1, and how many there are if the rest is answered in full."""

    at: int
    of: int


def questions_left(state: State) -> int:
    """How many questions are left before the review, the one that is asked included, if each is answered in full."""
    if state.kind not in ORDER:
        return 0
    count = _left(state, state.known, state.settled, state.about, whole=True)
    for place, meeting in enumerate(state.meetings):
        if place != state.about and not ASKED_OF_A_MEETING.isdisjoint(ORDER[state.kind]):
            known = {slot: value for slot, value in meeting.items() if value is not None}
            count += _left(state, known, meeting.keys() - known.keys(), place, whole=False)
    # A known slot that is asked for again, such as the day where only its hour is corrected.
    again = state.asked not in (None, "review") and is_settled(str(state.asked), state.known, state.settled)
    return count + again


def progress(state: State, asked: Iterable[Question]) -> Progress | None:
    """The progress of a request; None at the review, where one value is corrected, and while its kind is not known.

    `asked`: the questions of the request that were asked so far, in any order, the present one included or not.
    """
    left = questions_left(state)
    if not left or state.asked in (None, "review") or (left == 1 and state.asked in state.former):
        return None
    now = question_of(str(state.asked), state.about)
    answered = sum(_is_answered(one, state) for one in set(asked) - {now})
    return Progress(answered + 1, answered + left)


def question_of(slot: str, about: int) -> Question:
    """The question for a slot, where meeting number `about` is asked about."""
    return (slot, about if slot in ASKED_OF_A_MEETING else 0)


def _left(state: State, known: Mapping[str, Any], settled: Iterable[str], about: int, *, whole: bool) -> int:
    """The questions left of the `whole` request with one of its meetings, or of that meeting alone."""
    values, answered, asked = dict(known), set(settled), set(state.groups_asked)
    together, count = state.together, 0
    while (slot := next_slot(values, answered) if whole else _open(values, answered)) != "review":
        together = asked_in_one(slot, values, answered, about=about, together=together, asked=asked)
        asked.add(question_key(together, about))
        values |= dict.fromkeys(together, "?")
        answered |= set(SETTLED_WITH.get(slot, ()))
        count += 1
    return count


def _open(meeting: Mapping[str, Any], settled: Iterable[str]) -> str:
    """The first slot of a meeting that is still to be asked for, else 'review'."""
    return next((slot for slot in ORDER_OF_A_MEETING if not is_settled(slot, meeting, settled)), "review")


def _is_answered(question: Question, state: State) -> bool:
    """Whether a question that was asked belongs to the request and has its answer."""
    slot, about = question
    if slot not in ORDER[str(state.kind)]:
        return False
    if slot not in ASKED_OF_A_MEETING or about == state.about:
        return is_settled(slot, state.known, state.settled)
    return about < len(state.meetings) and slot in state.meetings[about]
