"""What can be undone after a message, and what is never restored."""

from datetime import date
from typing import Any

from actions.turn.undo import restored, snapshot, undo, undoable
from common.acts import KEEP, LAST_CHANGE, Act
from common.request import State
from common.slots import TOLD_BESIDE

KNOWN: dict[str, Any] = {"request_type": "recording", "recording_medium": "audio", "terms_accepted": True}
JOBCENTER = {"meeting_department": "jobcenter", "meeting_date": "2026-12-10"}
SCHOOL = {"meeting_department": "school", "meeting_date": "2026-12-16"}


def test_a_new_value_is_nothing_to_undo() -> None:
    before = snapshot({"request_type": "recording"}, (), [], 0)
    assert undoable(before, snapshot(KNOWN, (), [JOBCENTER], 0)) is None


def test_a_changed_value_can_be_undone() -> None:
    before = snapshot(KNOWN, (), [JOBCENTER], 0)
    assert undoable(before, snapshot({**KNOWN, "recording_medium": "video"}, (), [JOBCENTER], 0)) == before


def test_a_meeting_taken_out_can_be_undone_and_one_added_cannot() -> None:
    both, one = snapshot(KNOWN, (), [JOBCENTER, SCHOOL], 0), snapshot(KNOWN, (), [SCHOOL], 0)
    assert undoable(both, one) == both
    assert undoable(one, snapshot(KNOWN, (), [SCHOOL, JOBCENTER], 0)) is None


def test_another_kind_of_request_is_not_undone() -> None:
    before = snapshot(KNOWN, (), [], 0)
    assert undoable(before, snapshot({"request_type": "notes"}, (), [], 0)) is None


def test_what_binds_is_neither_kept_nor_restored() -> None:
    before = snapshot(KNOWN, (), [], 0)
    assert "terms_accepted" not in before["known"]
    now = snapshot({"request_type": "recording", "recording_medium": "video"}, (), [], 0)
    assert restored(before, now)["known"] == {"request_type": "recording", "recording_medium": "audio"}


def test_what_the_same_message_gave_besides_stays() -> None:
    before = snapshot(KNOWN, (), [JOBCENTER], 0)
    moved = {**JOBCENTER, "meeting_date": "2026-12-11", "meeting_time": "13:00"}
    now = snapshot({**KNOWN, "applicant_name": "Mette Hansen"}, (), [moved, SCHOOL], 0)
    again = restored(before, now)
    assert again["known"]["applicant_name"] == "Mette Hansen"
    assert again["meetings"] == [{**JOBCENTER, "meeting_time": "13:00"}, SCHOOL]


def test_a_meeting_that_was_taken_out_stands_in_its_place_again() -> None:
    before, now = snapshot(KNOWN, (), [JOBCENTER, SCHOOL], 0), snapshot(KNOWN, (), [SCHOOL], 0)
    assert restored(before, now)["meetings"] == [JOBCENTER, SCHOOL]


def test_the_reply_shows_what_stands_again() -> None:
    before = snapshot(KNOWN, (), [JOBCENTER, SCHOOL], 0)
    now = State("recording", "review", KNOWN, frozenset(), date(2026, 11, 29), meetings=(JOBCENTER,), undo=before)
    result = undo(Act(KEEP, slot=LAST_CHANGE), (), now)
    assert result.restores == before
    assert "16. december" in result.says[0].fill["noted"] and "10. december" not in result.says[0].fill["noted"]


def test_without_a_change_it_is_asked_what_is_meant() -> None:
    now = State("recording", "review", KNOWN, frozenset(), date(2026, 11, 29))
    assert undo(Act(KEEP, slot=LAST_CHANGE), (), now).restores is None


HOME = "De kommer hjem til min mor"


def test_words_without_a_field_are_left_out_again_and_earlier_ones_stay() -> None:
    before = snapshot({**KNOWN, TOLD_BESIDE: HOME}, (), [], 0)
    after = snapshot({**KNOWN, TOLD_BESIDE: f"{HOME}\nhun hedder Else"}, (), [], 0)
    kept = undoable(before, after)
    assert kept is not None
    now = State("recording", "applicant_name", after["known"], frozenset(), date(2026, 11, 29), undo=kept)
    result = undo(Act(KEEP, slot=LAST_CHANGE), (), now)
    assert [(say.response, dict(say.fill)) for say in result.says] == [
        ("utter_not_written", {"words": "hun hedder Else"})
    ]
    assert restored(kept, after)["known"][TOLD_BESIDE] == HOME


def test_words_that_were_taken_out_stand_again() -> None:
    before = snapshot({**KNOWN, TOLD_BESIDE: HOME}, (), [], 0)
    after = snapshot(KNOWN, (TOLD_BESIDE,), [], 0)
    kept = undoable(before, after)
    assert kept is not None
    now = State("recording", "review", after["known"], frozenset(), date(2026, 11, 29), undo=kept)
    (say,) = undo(Act(KEEP, slot=LAST_CHANGE), (), now).says
    assert say.response == "utter_put_back" and HOME in say.fill["noted"]
    assert restored(kept, after)["known"][TOLD_BESIDE] == HOME
