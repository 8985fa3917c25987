"""What came before a message: what was just answered, what was said lately, and whether a request was going on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from common.topics import topic_of

_LISTEN = "action_listen"
# Beside the answers, what a message may come after, by how its responses begin.
_SUBJECTS = {"utter_receipt_": "receipt", "utter_status_": "check_status"}
# An answer that stood in so many of the assistant's last turns is not given again word for word (conversation.md, 10).
_LATELY = 3
# A follow-up is about an answer of so many turns at most: what lies further back is not what is spoken of.
_FOLLOWED = 4
# 'For hende' is of somebody whom so many messages before may have named.
_SAID_BEFORE = 2


@dataclass(frozen=True)
class Past:
    """Before a message: `latest` are the responses of the assistant's last turn, `lately` those of its last three.

    `topics`: what was answered in the last turn, in order; `topic`: what was answered last, a few turns back at most.
    `last`: the same, or `receipt` or `check_status`, where that came last; `receipt`: whether one was given, as few
    turns back. `asked`: the slot that the form asks for, where a form is going on. `slots`: all that is known, before
    the message alone. `wrote`: the citizen's last messages, as one text.
    `buttons`: those of the last turn, title and payload.
    """

    latest: tuple[str, ...] = ()
    lately: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    topic: str | None = None
    last: str | None = None
    receipt: bool = False
    in_form: bool = False
    asked: str | None = None
    wrote: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def of_notes(self) -> bool:
        """Whether a request for notes is under way: how long it takes is asked of them."""
        return self.in_form and self.slots.get("request_type") == "notes"

    @property
    def follows(self) -> str | None:
        """What a message comes after, as `after` in data/nlu names it: the slot asked for, a receipt, or a topic."""
        return self.asked if self.in_form else self.last


def before_message(tracker: DialogueStateTracker | None) -> Past:
    """The past of the message that is being read: it is not among the tracker's events yet."""
    return replace(_past(list(tracker.events)), slots=tracker.current_slot_values()) if tracker else Past()


def before_latest(tracker: DialogueStateTracker) -> Past:
    """The past of the latest message, whatever was done since."""
    events = list(tracker.events)
    return replace(_past(events[: _latest_message(events)]), slots=tracker.current_slot_values())


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
    wrote: list[str] = []
    buttons: list[tuple[str, str]] = []
    for event in events:
        if isinstance(event, UserUttered):
            turns.append([])
            wrote.append(event.text or "")
            buttons = []
        elif isinstance(event, BotUttered):
            turns[-1].append(str((event.metadata or {}).get("utter_action") or ""))
            buttons += [(one["title"], one["payload"]) for one in (event.data or {}).get("buttons") or ()]
        elif isinstance(event, ActiveLoop):
            loop = event.name
        elif isinstance(event, SlotSet) and event.key == "requested_slot":
            asked = event.value
    followed = [name for turn in turns[-_FOLLOWED:] for name in turn]
    # What is only asked back is nothing to follow: the receipt before it is still what is spoken of.
    spoken_of = [subject for name in followed if (subject := _subject(name))]
    return Past(
        latest=tuple(turns[-1]),
        lately=frozenset(name for turn in turns[-_LATELY:] for name in turn),
        topics=tuple(_topics(turns[-1])),
        topic=next(reversed(_topics(followed)), None),
        last=next(reversed(spoken_of), None),
        receipt="receipt" in spoken_of,
        in_form=loop is not None,
        asked=asked if loop else None,
        buttons=tuple(buttons),
        wrote="\n".join(one for one in wrote[-_SAID_BEFORE:] if not one.startswith("/")),
    )


def _topics(responses: Iterable[str]) -> list[str]:
    return [topic for name in responses if (topic := topic_of(name))]


def _subject(response: str) -> str | None:
    own = (subject for beginning, subject in _SUBJECTS.items() if response.startswith(beginning))
    return next(own, None) or topic_of(response)
