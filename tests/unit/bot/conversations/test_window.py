"""Whoever reads a conversation finds the same in its window as in the whole of it."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from rasa.shared.core import events as rasa
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker as Told

from actions import conversation
from bot import past
from bot.channel.open_question import asked_before
from bot.conversations.tracker import Tracker
from bot.conversations.window import TURNS, stand_ins, window_start

_FORM = "request_form"
_SLOTS = ("request_draft", "asking_about", "requested_slot", "terms_accepted", "meeting_kind", "sent_references")
_VALUES: dict[str, tuple[Any, ...]] = {
    "request_draft": ("d1", "d2", None),
    "asking_about": (0, 1, 2, None),
    "requested_slot": ("meeting_kind", "meeting_date", "review", None),
    "terms_accepted": (True, False, None),
    "meeting_kind": ("in_person", "phone", None),
    "sent_references": (["JUR-1"], ["JUR-1", "JUR-2"]),
}
_SAID = (
    "utter_faq_notes",
    "utter_simple_notes",
    "utter_status_unknown",
    "utter_receipt_stored",
    "utter_not_understood",
)
_INTENTS = ("faq_notes", "nlu_fallback", "inform")


class Talk:
    """A made-up conversation of whole turns."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self.events: list[rasa.Event] = []
        self.form = False
        self._add(
            rasa.ActionExecuted("action_session_start"), rasa.SessionStarted(), rasa.ActionExecuted("utter_greet")
        )
        self._add(rasa.BotUttered("Hej", {}, {"utter_action": "utter_greet"}), rasa.ActionExecuted("action_listen"))

    def _add(self, *events: rasa.Event) -> None:
        for event in events:
            # A second each, so that moments can be told apart.
            event.timestamp = float(1_000 + len(self.events))
            self.events.append(event)

    def turn(self) -> None:
        """One more turn: something said, perhaps a form that begins, runs or ends, slots, answers."""
        chance = self._chance
        intent = {"name": chance.choice(_INTENTS)}
        number = len(self.events)
        self._add(rasa.UserUttered(f"text {number}", intent, [], {"intent": intent, "text": f"text {number}"}))
        for _ in range(chance.randrange(3)):
            self._answers()
        if self.form and chance.random() < 0.1:
            self._add(rasa.ActionExecutionRejected(_FORM))
        elif self.form or chance.random() < 0.4:
            self._add(rasa.ActionExecuted(_FORM))
            if not self.form:
                self._add(rasa.ActiveLoop(_FORM))
            self._fills()
            self.form = chance.random() < 0.9
            if not self.form:
                self._add(rasa.SlotSet("request_draft", None), rasa.SlotSet("requested_slot", None))
                self._add(rasa.ActiveLoop(None))
        else:
            self._answers()
        self._add(rasa.ActionExecuted("action_listen"))

    def _answers(self) -> None:
        name = self._chance.choice(_SAID)
        self._add(rasa.ActionExecuted(name), rasa.BotUttered(name, {}, {"utter_action": name}))

    def _fills(self) -> None:
        for _ in range(self._chance.randrange(5)):
            slot = self._chance.choice(_SLOTS)
            self._add(rasa.SlotSet(slot, self._chance.choice(_VALUES[slot])))


def _read(events: list[rasa.Event]) -> dict[str, Any]:
    """All that anybody reads of a conversation whose last message was just written."""
    tracker = Tracker.from_events("a", events)
    values = {slot: value for slot, value in tracker.current_slot_values().items() if value is not None}
    told = Told("a", values, {}, [event.as_dict() for event in events], False, None, {}, None)
    readers: dict[str, Callable[[], Any]] = {
        "slots": lambda: values,
        "form": lambda: (tracker.active_loop_name, tracker.is_active_loop_rejected, tracker.is_paused()),
        "next": lambda: (tracker.latest_action_name, tracker.followup_action, tracker.latest_message),
        "past": lambda: replace(past.before_message(tracker), slots={}),
        "latest": lambda: replace(past.before_latest(tracker), slots={}),
        "done": lambda: past.done_since(tracker),
        "progress": lambda: asked_before(tracker.events),
        "answer": lambda: conversation.last_answer(told),
        "last turn": lambda: conversation.last_turn(told),
        "messages": lambda: conversation.messages_before(told),
        "silence": lambda: conversation.seconds_silent(told),
        "terms": lambda: [
            conversation.moment_set(told, "terms_accepted", value) for value in {values.get("terms_accepted")} - {None}
        ],
        "not understood": lambda: min(conversation.not_understood(told), TURNS),
        "guesses": lambda: min(conversation.times_said(told, "utter_status_unknown", 1_000), 5),
        "late guesses": lambda: min(conversation.times_said(told, "utter_status_unknown", 1_150), 5),
    }
    return {name: read() for name, read in readers.items()}


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_the_window_tells_the_same(first: int) -> None:
    for seed in range(first, first + 50):
        talk, window = Talk(seed), []
        for turn in range(40):
            begun = len(talk.events)
            talk.turn()
            window += talk.events[begun:] if turn else talk.events
            assert _read(window) == _read(talk.events), (seed, turn)
            # After the turn, as the store does it: what stood for earlier events is replaced as well.
            start = window_start(window, longest=TURNS + 1 + seed % 8)
            if start is not None:
                window = [*stand_ins(window[:start]), *window[start:]]
                assert sum(isinstance(event, rasa.UserUttered) for event in window) == TURNS


def test_it_does_not_grow_with_the_conversation() -> None:
    talk = Talk(1)
    for _ in range(300):
        talk.turn()
    assert len(stand_ins(talk.events)) < 40


@pytest.mark.parametrize("seed", range(20))
def test_a_policy_sees_the_same_last_states(seed: int) -> None:
    """The events that Rasa applies of the last turns, of which its rules read the last three at most."""
    talk = Talk(seed)
    for _ in range(30):
        talk.turn()
    start = window_start(talk.events)
    assert start is not None
    window = [*stand_ins(talk.events[:start]), *talk.events[start:]]
    late = set(map(id, talk.events[start:]))

    def applied(events: list[rasa.Event]) -> list[int]:
        tracker = DialogueStateTracker.from_events("a", events)
        return [id(event) for event in tracker.applied_events() if id(event) in late]

    assert applied(window) == applied(talk.events)


def test_what_was_taken_back_does_not_count_and_was_said() -> None:
    talk = Talk(3)
    talk.turn()
    talk._add(
        rasa.UserUttered("?"), rasa.SlotSet("meeting_kind", "phone"), rasa.ActionExecuted("action_default_fallback")
    )
    talk._add(rasa.BotUttered("", {}, {"utter_action": "utter_faq_notes"}), rasa.UserUtteranceReverted())
    talk._add(rasa.ActionExecuted("action_listen"))
    before = Tracker.from_events("a", talk.events)
    after = Tracker.from_events("a", stand_ins(talk.events))
    assert after.get_slot("meeting_kind") == before.get_slot("meeting_kind")
    told = Told("a", {}, {}, [event.as_dict() for event in after.events], False, None, {}, None)
    assert conversation.last_answer(told) == "utter_faq_notes"


def test_a_paused_assistant_stays_paused() -> None:
    talk = Talk(4)
    talk.turn()
    talk._add(rasa.ConversationPaused())
    assert Tracker.from_events("a", stand_ins(stand_ins(talk.events))).is_paused()
