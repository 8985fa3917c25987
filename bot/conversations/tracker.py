"""Rasa's tracker: it finds the applied events of a long form fast, and knows what is stored of its conversation."""

from collections import deque
from dataclasses import dataclass
from itertools import islice

from rasa.shared.core.events import (
    ActionReverted,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
)
from rasa.shared.core.trackers import DialogueStateTracker

# Most events of a form. They do not say whether it runs for the first time, and no run takes them back.
_STAY = {SlotSet, BotUttered}
_START_ANEW = {Restarted, SessionStarted}
# Take back all before them, whatever it is.
_REVERT = {ActionReverted, UserUtteranceReverted}


@dataclass(frozen=True)
class Stored:
    """What is stored of a conversation.

    `loaded`: how many of the tracker's events are not to be stored: those that are, and what stands for earlier ones.
    `stand_ins`: how many of the tracker's first events stand for those before the window.
    `has_row`, `saves`, `turns`, `characters`, `active_at`: as in the table of conversations.
    `window`: the columns of a window that the table does not know yet.
    `repeated`: whether the turn that it was loaded for is stored.
    """

    loaded: int = 0
    stand_ins: int = 0
    has_row: bool = False
    saves: int = 0
    turns: int = 0
    characters: int = 0
    active_at: float = 0.0
    window: tuple[int, str] | None = None
    repeated: bool = False


class Tracker(DialogueStateTracker):
    """Rasa's tracker of a conversation that the store has loaded."""

    stored = Stored()

    @property
    def told(self) -> list[Event]:
        """The events as they happened, without what stands for those before the window."""
        return list(islice(self.events, self.stored.stand_ins, None))

    def applied_events(self) -> list[Event]:
        """The events that were not taken back, exactly as Rasa finds them.

        For each run of a form, Rasa goes back through the events to the run before. Here it does so without the slots
        and answers, which then are put back in their places.
        """
        kinds = [type(event) for event in self.events]
        if not _REVERT.isdisjoint(kinds):
            return super().applied_events()
        runs = DialogueStateTracker(self.sender_id, ())
        runs.events = deque(event for event in self.events if type(event) not in _STAY)
        applied = {id(event) for event in runs.applied_events()}
        started = max((place for place, kind in enumerate(kinds) if kind in _START_ANEW), default=-1)
        since = list(self.events)[started + 1 :]
        return [event for event in since if type(event) in _STAY or id(event) in applied]
