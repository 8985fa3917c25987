"""Rasa's tracker, which finds the applied events of a long form in a fraction of Rasa's time."""

from collections import deque

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


class Tracker(DialogueStateTracker):
    """Rasa's tracker of a conversation."""

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
