"""Answers by label, learnt from data/rules, and meanings of follow-ups, learnt from data/stories."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.intents.follow_ups import NAMING
from common.acts import ASK_MORE, Act, named
from common.topics import topic_of

_LISTEN = "action_listen"
_KIND = "request_type"


@dataclass(frozen=True)
class Told:
    """The actions that answer a message; `kind`: the type of the request that they begin, if any."""

    actions: tuple[str, ...]
    kind: str | None = None


@dataclass
class Learnt:
    """`answers`: actions by label. `follow_ups`: replies by topic ('' for none), act, its value and its `about`."""

    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    follow_ups: dict[tuple[str, str, str, str], Told] = field(default_factory=dict)

    def follow_up(self, topic: str | None, act: Act) -> Told | None:
        """Return the reply to an act after an answer on that topic, by its `about` where a story has it."""
        for about in dict.fromkeys((act.about, "")):
            if told := self.follow_ups.get((topic or "", act.act, act.value, about)):
                return told
        return None

    @classmethod
    def of(cls, trackers: Iterable[TrackerWithCachedStates]) -> "Learnt":
        """Learn from Rasa's trackers of rules and stories; ValueError where two stories disagree."""
        learnt = cls()
        for tracker in trackers:
            if tracker.is_augmented:
                continue
            turns = _turns(tracker)
            if tracker.is_rule_tracker:
                learnt._learn_rule(turns)
            else:
                learnt._learn_story(turns)
        return learnt

    def _learn_rule(self, turns: list["_Turn"]) -> None:
        for turn in turns:
            if turn.label and turn.told.actions and turn.told.actions[0].startswith(("utter_", "action_")):
                self.answers[turn.label] = turn.told.actions

    def _learn_story(self, turns: list["_Turn"]) -> None:
        if not turns or not turns[-1].told.actions:
            return
        before, last = turns[:-1], turns[-1]
        topic = next((t for turn in before for name in turn.told.actions if (t := topic_of(name))), "")
        act, value = named(last.label)
        for about in last.named or ("",):
            key = (topic, act, value, about)
            if self.follow_ups.setdefault(key, last.told) != last.told:
                raise ValueError(
                    f"two stories in data/stories disagree about {last.label} {about} after {topic or 'nothing'}"
                )

    def state(self) -> dict[str, Any]:
        """Return the state as JSON types, for `from_state`."""
        follow_ups = [[*key, list(told.actions), told.kind] for key, told in self.follow_ups.items()]
        return {"answers": {label: list(actions) for label, actions in self.answers.items()}, "follow_ups": follow_ups}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> "Learnt":
        """Restore what `state` returned."""
        answers = {label: tuple(actions) for label, actions in state["answers"].items()}
        follow_ups = {
            (topic, act, value, about): Told(tuple(actions), kind)
            for topic, act, value, about, actions, kind in state["follow_ups"]
        }
        return cls(answers, follow_ups)


@dataclass(frozen=True)
class _Turn:
    label: str
    named: tuple[str, ...]
    told: Told


def _turns(tracker: DialogueStateTracker) -> list[_Turn]:
    """Return a turn for each message of a rule or story: its label, what it names and the actions after it."""
    turns: list[_Turn] = []
    for event in tracker.events:
        if isinstance(event, UserUttered):
            turns.append(_Turn(str(event.intent_name or ""), _named(event), Told(())))
        elif turns and isinstance(event, ActionExecuted) and event.action_name not in (None, _LISTEN, "..."):
            last = turns[-1]
            turns[-1] = _Turn(
                last.label, last.named, Told((*last.told.actions, str(event.action_name)), last.told.kind)
            )
        elif turns and isinstance(event, SlotSet) and event.key == _KIND and event.value:
            last = turns[-1]
            turns[-1] = _Turn(last.label, last.named, Told(last.told.actions, str(event.value)))
    return turns


def _named(event: UserUttered) -> tuple[str, ...]:
    act, how = named(event.intent_name)
    kind = NAMING.get(how) if act == ASK_MORE else None
    values = [str(entity["value"]) for entity in event.entities or () if entity["entity"] == kind]
    return tuple(name.strip() for value in values for name in value.split(","))
