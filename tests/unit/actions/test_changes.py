"""Only what a message changes is stored with it."""

from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.turn.changes import only_changes


def test_a_slot_that_keeps_its_value_is_left_out() -> None:
    events: list[EventType] = [SlotSet("meeting_kind", "phone_call"), SlotSet("meetings", [{"meeting_kind": "x"}])]
    assert only_changes(events, {"meeting_kind": "in_person", "meetings": [{"meeting_kind": "x"}]}) == events[:1]
    assert only_changes([SlotSet("request_pending", None)], {}) == []


def test_the_last_of_several_values_counts() -> None:
    emptied, again = SlotSet("meetings", None), SlotSet("meetings", [{}])
    assert only_changes([emptied, again], {"meetings": [{}]}) == []
    assert only_changes([emptied, again], {"meetings": None}) == [again]


def test_what_rasas_form_needs_stays() -> None:
    events: list[EventType] = [
        SlotSet("request_draft", "d"),
        SlotSet("requested_slot", "review"),
        ActiveLoop(None),
    ]
    assert only_changes(events, {"request_draft": "d", "requested_slot": "review"}) == events
