"""How many questions of a request are left, and which of them is asked."""

from datetime import date
from typing import Any

import pytest
from recording_request import FILLED

from common.progress import Progress, progress, questions_left
from common.request import State

WHOLE = {"request_type": "recording", **FILLED}
GROUP = ("meeting_department", "meeting_kind", "meeting_date")
# One contact is enough.
SETTLED = frozenset({"applicant_phone"})
ASKED = frozenset({"meeting_date 0"})  # the question for the whole meeting


def at(asked: str | None, *without: str, **more: Any) -> State:
    """The state in which `asked` is asked for; known is what comes before it, but for `without`."""
    known: dict[str, Any] = {}
    for slot, value in WHOLE.items():
        if slot == asked:
            break
        known[slot] = value
    known = {slot: value for slot, value in known.items() if slot not in without}
    return State("recording", asked, known | more.pop("known", {}), SETTLED, date(2026, 12, 1), **more)


def test_each_question_answered_in_full_is_one_step() -> None:
    steps = ["meeting_department", "recording_medium", "recording_explanation", "support_person_possible"]
    steps += ["recording_purpose", "terms_accepted", "applicant_name"]
    asked = [(slot, 0) for slot in steps]
    for number, slot in enumerate(steps, 1):
        assert progress(at(slot), asked[:number]) == Progress(number, 7)
    assert progress(at("review"), asked) is None


def test_what_an_answer_leaves_open_is_a_question_more() -> None:
    said = {"groups_asked": ASKED, "known": {"meeting_department": "jobcenter"}}
    asked = [("meeting_department", 0), ("meeting_kind", 0)]
    assert progress(at("meeting_department", together=GROUP), asked[:1]) == Progress(1, 7)
    kind_asked = at("meeting_kind", together=("meeting_kind",), **said)
    assert progress(kind_asked, asked) == Progress(2, 9), "the form and the day are asked for one by one"


def test_much_told_at_once_leaves_few() -> None:
    assert progress(at("applicant_name"), [("applicant_name", 0)]) == Progress(1, 1)


def test_a_corrected_value_is_one_question_more() -> None:
    again = at("review", "meeting_date")
    asked = [("meeting_department", 0), ("applicant_name", 0), ("meeting_date", 0)]
    state = State("recording", "meeting_date", again.known, SETTLED, again.today)
    assert progress(state, asked) == Progress(3, 3)
    hour_alone = State("recording", "meeting_date", WHOLE, SETTLED, again.today)
    assert progress(hour_alone, asked) == Progress(3, 3) and questions_left(hour_alone) == 1


@pytest.mark.parametrize(
    ("second", "left"),
    [
        ({}, 8),
        ({"meeting_department": "borgerservice"}, 8),
        ({"meeting_department": "borgerservice", "meeting_kind": "in_person", "meeting_date": None}, 7),
    ],
)
def test_each_meeting_is_asked_about(second: dict[str, Any], left: int) -> None:
    state = at("meeting_department", meetings=({}, second), together=GROUP, groups_asked=ASKED)
    assert questions_left(state) == left


def test_questions_about_other_meetings_are_counted_as_answered() -> None:
    meeting = {"meeting_department": "jobcenter", "meeting_kind": "in_person", "meeting_date": "2026-12-10"}
    state = at("meeting_department", meetings=(meeting, {}), about=1, together=GROUP)
    assert progress(state, [("meeting_department", 0), ("meeting_department", 1)]) == Progress(2, 8)
    assert progress(state, [("meeting_department", 0), ("notes_wanted", 0), ("meeting_date", 4)]) == Progress(2, 8)


@pytest.mark.parametrize("asked", ["request_type", "review"])
def test_without_a_kind_and_at_the_review_nothing_is_counted(asked: str) -> None:
    state = State(None, "request_type", {}, frozenset(), date(2026, 12, 1)) if asked == "request_type" else at(asked)
    assert progress(state, [(asked, 0)]) is None and questions_left(state) == 0
