"""What came before a message: what was just answered, what was said lately, and whether a request was going on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from common.topics import topic_of

_LISTEN = "action_listen"
_RECEIPT, _STATUS = "utter_receipt_", "utter_status_"
# An answer that stood in so many of the assistant's last turns is not given again word for word (conversation.md, 10).
_LATELY = 3
# A follow-up is about an answer of so many turns at most: what lies further back is not what is spoken of.
_FOLLOWED = 4


@dataclass(frozen=True)
class Past:
    """Before a message: `latest` are the responses of the assistant's last turn, `lately` those of its last three.

    `topics`: what was answered in the last turn, in order; `topic`: what was answered last, a few turns back at most.
    `asked`: the slot that the form asks for, where a form is going on. `slots`: all that is known, before the message
    alone.
    """

    latest: tuple[str, ...] = ()
    lately: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    topic: str | None = None
    in_form: bool = False
    asked: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def receipt(self) -> bool:
        """Whether the last turn was the receipt of a request."""
        return any(name.startswith(_RECEIPT) for name in self.latest)

    @property
    def follows(self) -> str | None:
        """What a message comes after, as `after` in data/nlu names it: the slot asked for, a receipt, or a topic."""
        if self.in_form:
            return self.asked
        if self.receipt:
            return "receipt"
        return "check_status" if any(name.startswith(_STATUS) for name in self.latest) else self.topic


def before_message(tracker: DialogueStateTracker | None) -> Past:
    """The past of the message that is being read: it is not among the tracker's events yet."""
    return replace(_past(list(tracker.events)), slots=tracker.current_slot_values()) if tracker else Past()


def before_latest(tracker: DialogueStateTracker) -> Past:
    """The past of the latest message, whatever was done since."""
    events = list(tracker.events)
    return _past(events[: _latest_message(events)])


def done_since(tracker: DialogueStateTracker) -> list[str]:
    """The actions that ran since the latest message, oldest first."""
    events = list(tracker.events)
    return [
        str(event.action_name)
        for event in events[_latest_message(events) :]
        if isinstance(event, ActionExecuted) and event.action_name != _LISTEN
    ]


def _latest_message(events: list[Any]) -> int:
    """Where the latest message stands; the number of events where there is none."""
    places = (place for place in range(len(events) - 1, -1, -1) if isinstance(events[place], UserUttered))
    return next(places, len(events))


def _past(events: list[Any]) -> Past:
    turns: list[list[str]] = [[]]
    loop: str | None = None
    asked: str | None = None
    for event in events:
        if isinstance(event, UserUttered):
            turns.append([])
        elif isinstance(event, BotUttered):
            turns[-1].append(str((event.metadata or {}).get("utter_action") or ""))
        elif isinstance(event, ActiveLoop):
            loop = event.name
        elif isinstance(event, SlotSet) and event.key == "requested_slot":
            asked = event.value
    topics = tuple(_topics(turns[-1]))
    followed = [topic for turn in turns[-_FOLLOWED:] for topic in _topics(turn)]
    return Past(
        latest=tuple(turns[-1]),
        lately=frozenset(name for turn in turns[-_LATELY:] for name in turn),
        topics=topics,
        topic=followed[-1] if followed else None,
        in_form=loop is not None,
        asked=asked if loop else None,
    )


def _topics(responses: Iterable[str]) -> list[str]:
    return [topic for name in responses if (topic := topic_of(name))]
