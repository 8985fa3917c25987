"""The window of a long conversation: its last turns as they happened, and a few events that stand for all before.

What comes next is decided by the slots, the form and the last turns; what else is read of earlier events is kept here.
docs/decisions/0023-store-of-conversations.md says who reads what.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)

# The turns that are handed on as they happened: at least so many, and fewer than `_LONGEST`.
TURNS = 8
_LONGEST = 2 * TURNS
_ANEW = (Restarted, SessionStarted, AllSlotsReset)
# Answers from the page: the last one is said again in plainer words (actions/conversation.py).
_ANSWERS = ("utter_faq_", "utter_simple_")
# Guesses of references are counted over an hour, up to so many (actions/outside/status.py).
_GUESSED = "utter_status_unknown"
_MOST_GUESSES = 5
# How far a request is, is told from the questions asked since it began (bot/channel/open_question.py).
_DRAFT, _ABOUT, _QUESTION = "request_draft", "asking_about", "requested_slot"


def window_start(events: Sequence[Event], turns: int = TURNS, longest: int = _LONGEST) -> int | None:
    """The index of the message that begins the last `turns` turns; None in a conversation of fewer than `longest`."""
    messages = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    return messages[-turns] if len(messages) >= longest else None


def stand_ins(events: Sequence[Event]) -> list[Event]:
    """The events that stand for these, which end with a turn; the first of them may be such events themselves."""
    before = _Before()
    for event in _standing(events):
        before.add(event)
    at = events[-1].timestamp
    return [
        *_said(events),
        *before.questions(),
        *before.values(),
        *before.form(at),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=at),
    ]


@dataclass
class _Before:
    """What events have led to.

    `slots`: by slot, the event that set its present value. `asked`: the questions asked since the request began, each
    with the meeting that it was about. `latest`: the last action. `ran`, `rejected`: the form that is active.
    """

    slots: dict[str, SlotSet] = field(default_factory=dict)
    asked: dict[tuple[str, int], SlotSet] = field(default_factory=dict)
    loop: str | None = None
    latest: str | None = None
    ran: bool = False
    rejected: bool = False
    paused: bool = False

    def add(self, event: Event) -> None:
        """Takes in the next event."""
        if isinstance(event, _ANEW):
            vars(self).update(vars(_Before()))
        elif isinstance(event, SlotSet):
            self._set(event)
        elif isinstance(event, ActiveLoop):
            self.loop, self.ran, self.rejected = event.name, self.latest == event.name, False
        elif isinstance(event, ActionExecuted):
            self.latest = event.action_name
            if event.action_name == self.loop:
                self.ran, self.rejected = True, False
        elif isinstance(event, ActionExecutionRejected):
            self.rejected = self.rejected or event.action_name == self.loop
        elif isinstance(event, ConversationPaused | ConversationResumed):
            self.paused = isinstance(event, ConversationPaused)

    def _set(self, event: SlotSet) -> None:
        before = self.slots.get(event.key)
        changed = event.value != (before.value if before else None)
        if changed or not before:
            # Rasa sets slots again when a form resumes: the value is as old as it was.
            self.slots[event.key] = SlotSet(event.key, event.value, event.timestamp)
        if event.key == _DRAFT and changed:
            self.asked.clear()
        elif event.key == _QUESTION and event.value:
            question = (str(event.value), int(self._value(_ABOUT) or 0))
            self.asked.pop(question, None)
            self.asked[question] = event

    def _value(self, slot: str) -> Any:
        event = self.slots.get(slot)
        return event.value if event else None

    def questions(self) -> list[Event]:
        """Events that ask what was asked since the request began, in that order, and end as it stands."""
        draft, question = self.slots.get(_DRAFT), self.slots.get(_QUESTION)
        events: list[Event] = []
        if question and question.value is not None and not self.asked:
            # Asked before the request began or ended: it comes before that, and is none of its questions.
            events = [SlotSet(_DRAFT, "", question.timestamp), question]
        if draft and (draft.value is not None or events):
            events.append(draft)
        about = None
        for (slot, meeting), event in self.asked.items():
            if meeting != (about or 0):
                about = meeting
                events.append(SlotSet(_ABOUT, meeting, event.timestamp))
            events.append(SlotSet(_QUESTION, slot, event.timestamp))
        if question and question.value is None and self.asked:
            events.append(question)
        if self._value(_ABOUT) != about:
            events.append(self.slots[_ABOUT])
        return events

    def values(self) -> list[Event]:
        """The other slots that have a value, each set when it got it."""
        told = (_DRAFT, _ABOUT, _QUESTION)
        return [event for slot, event in self.slots.items() if event.value is not None and slot not in told]

    def form(self, at: float) -> list[Event]:
        """The form that is active, and whether the assistant is paused."""
        events: list[Event] = []
        if self.loop:
            # The next run of the form takes back what happened since this one, as it does in the whole conversation.
            events += [ActionExecuted(self.loop, timestamp=at)] if self.ran else []
            events += [ActiveLoop(self.loop, at)]
            events += [ActionExecutionRejected(self.loop, timestamp=at)] if self.rejected else []
        return [*events, ConversationPaused(at)] if self.paused else events


def _said(events: Sequence[Event]) -> list[Event]:
    """The responses that are looked for however long ago they were given, without their words."""
    answer: BotUttered | None = None
    guesses: list[BotUttered] = []
    for event in events:
        name = str((event.metadata or {}).get("utter_action") or "") if isinstance(event, BotUttered) else ""
        if name.startswith(_ANSWERS):
            answer = _wordless(name, event.timestamp)
        elif name == _GUESSED:
            guesses.append(_wordless(name, event.timestamp))
    kept = [*guesses[-_MOST_GUESSES:], *([answer] if answer else [])]
    return sorted(kept, key=lambda event: event.timestamp)


def _wordless(name: str, at: float) -> BotUttered:
    return BotUttered(None, None, {"utter_action": name}, at)


def _standing(events: Sequence[Event]) -> list[Event]:
    """The events without those that were taken back."""
    standing: list[Event] = []
    for event in events:
        if isinstance(event, ActionReverted):
            _take_back(standing, ActionExecuted)
        elif isinstance(event, UserUtteranceReverted):
            _take_back(standing, UserUttered)
            _take_back(standing, ActionExecuted)
        else:
            standing.append(event)
    return standing


def _take_back(events: list[Event], to: type[Event]) -> None:
    while events and not isinstance(events.pop(), to):
        pass
