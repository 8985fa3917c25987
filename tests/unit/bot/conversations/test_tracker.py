"""The tracker of a conversation finds the same applied events as Rasa's."""

from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from rasa.shared.core import events as rasa
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations.tracker import Tracker

_FORM = "request_form"
# A form's turn, questions beside it, a refusal, its end; and what takes back or starts anew.
_TURNS = (
    (*("user", "listen", "featurized", "form", "slot", "slot", "bot"),) * 6,
    ("user", "listen", "faq", "bot", "form", "slot", "interrupted", "bot"),
    ("user", "listen", "rejected", "faq", "bot"),
    ("begin", "slot", "bot"),
    ("form", "begin", "slot", "end"),
    ("end",),
    ("listen",),
)
_RARE = ("undo", "rewind", "restart", "session")


def _event(kind: str, number: int) -> rasa.Event:
    made: dict[str, Callable[[], rasa.Event]] = {
        "user": partial(rasa.UserUttered, f"text {number}", {"name": "inform"}),
        "listen": partial(rasa.ActionExecuted, "action_listen"),
        "featurized": partial(rasa.DefinePrevUserUtteredFeaturization, False),
        "form": partial(rasa.ActionExecuted, _FORM),
        "faq": partial(rasa.ActionExecuted, "utter_faq_notes"),
        "slot": partial(rasa.SlotSet, "meeting_kind", number),
        "bot": partial(rasa.BotUttered, f"answer {number}"),
        "interrupted": partial(rasa.LoopInterrupted, True),
        "rejected": partial(rasa.ActionExecutionRejected, _FORM),
        "begin": partial(rasa.ActiveLoop, _FORM),
        "end": partial(rasa.ActiveLoop, None),
        "undo": rasa.ActionReverted,
        "rewind": rasa.UserUtteranceReverted,
        "restart": rasa.Restarted,
        "session": rasa.SessionStarted,
    }
    return made[kind]()


def _conversation(seed: int) -> list[rasa.Event]:
    chance = Random(seed)
    kinds = ["session", "listen"]
    for _ in range(chance.randrange(12)):
        kinds += chance.choice(_TURNS)
        # Every fourth conversation has what takes back or starts anew.
        kinds += [chance.choice(_RARE)] if seed % 4 == 0 and chance.random() < 0.3 else []
    return [_event(kind, number) for number, kind in enumerate(kinds)]


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_the_applied_events_are_rasas(first: int) -> None:
    for seed in range(first, first + 100):
        events = _conversation(seed)
        ours = Tracker.from_events("a", events).applied_events()
        rasas = DialogueStateTracker.from_events("a", events).applied_events()
        assert list(map(id, ours)) == list(map(id, rasas)), seed
