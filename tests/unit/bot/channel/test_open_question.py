"""What a page is told beside `asking`: the slots asked for together, the progress, what a reopened slot holds."""

from types import SimpleNamespace
from typing import Any

from rasa.shared.core.events import SlotSet

from bot.channel.open_question import asked_before, open_question

KEPT = {"slot": "applicant_name", "value": "Li Ng", "shown": "Li Ng"}


def talk(*told: dict[str, Any], in_form: bool = True) -> Any:
    """A tracker in which these slots were set, turn by turn."""
    events = [SlotSet(slot, value) for turn in told for slot, value in turn.items()]
    slots = {slot: value for turn in told for slot, value in turn.items()}
    return SimpleNamespace(
        events=events,
        active_loop_name="request_form" if in_form else None,
        current_slot_values=lambda: slots,
    )


BEGUN = {"request_draft": "1", "request_type": "notes", "asking_about": 0, "requested_slot": "meeting_department"}
GROUP = ["meeting_department", "meeting_kind", "meeting_date"]
MEETING = {"meeting_department": "jobcenter", "meeting_kind": "in_person", "meeting_date": "2026-11-20"}


def test_outside_a_request_nothing_is_asked() -> None:
    nothing = {"asking": None, "asks": None, "progress": None, "kept": None}
    assert open_question(None) == open_question(talk(BEGUN, in_form=False)) == nothing


def test_the_slots_of_one_question_and_its_number_are_told() -> None:
    begun = BEGUN | {"request_together": GROUP}
    assert open_question(talk(begun)) == {
        "asking": "meeting_department",
        "asks": GROUP,
        "progress": {"at": 1, "of": 3},
        "kept": None,
    }
    then = {**MEETING, "request_together": ["notes_wanted"], "requested_slot": "notes_wanted"}
    assert open_question(talk(begun, then))["progress"] == {"at": 2, "of": 3}


def test_of_a_reopened_slot_it_is_told_what_it_held() -> None:
    former = {"applicant_name": {"values": {"applicant_name": "Li Ng"}, "settled": False, "kept": KEPT}}
    again = {"requested_slot": "applicant_name", "request_together": ["applicant_name"], "request_former": former}
    assert open_question(talk(BEGUN, again))["kept"] == KEPT
    del former["applicant_name"]["kept"]
    assert open_question(talk(BEGUN, again))["kept"] is None, "reopened by an earlier version"


def test_of_a_reopened_day_the_hour_is_told_beside_it() -> None:
    day = {"slot": "meeting_date", "value": "2026-11-20", "shown": "fredag den 20. november"}
    values = {"meeting_date": "2026-11-20", "meeting_time": "14:00"}
    former = {"meeting_date": {"values": values, "settled": False, "kept": day}}
    again = {"requested_slot": "meeting_date", "request_together": ["meeting_date"], "request_former": former}
    told = open_question(talk(BEGUN, again))
    assert told["kept"] == day and told["kept_beside"] == {"meeting_time": "14:00"}


def test_a_question_in_between_asks_for_no_slot() -> None:
    former = {"meeting_department": {"values": {}, "settled": True, "kept": KEPT}}
    told = open_question(talk(BEGUN, {"request_pending": {"kind": "which_request"}, "request_former": former}))
    assert (told["asking"], told["asks"], told["kept"]) == ("which_request", None, None)
    assert told["progress"] == {"at": 1, "of": 3}


def test_the_terms_are_never_kept() -> None:
    former = {"terms_accepted": {"values": {}, "settled": False, "kept": KEPT}}
    again = {"requested_slot": "terms_accepted", "request_type": "recording", "request_former": former}
    assert open_question(talk(BEGUN, again))["kept"] is None


def test_a_new_request_is_counted_from_its_beginning() -> None:
    second = {"request_draft": "2", "requested_slot": "question_text", "asking_about": 0}
    told = talk(BEGUN, {"asking_about": 1, "requested_slot": "meeting_date"})
    assert asked_before(told.events) == {("meeting_department", 0), ("meeting_date", 1)}
    assert asked_before(talk(BEGUN, second).events) == {("question_text", 0)}
