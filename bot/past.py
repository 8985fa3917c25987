"""The conversation before a message: recent answers, the topic, the form and its slots, read from the tracker."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from common.topics import topic_of

_LISTEN = "action_listen"
# Responses other than answers that a message may refer to, by the beginning of their names.
_SUBJECT_PREFIXES = {"utter_receipt_": "receipt", "utter_status_": "check_status"}
# Turns in which an answer is not repeated word for word (conversation.md, What every citizen can rely on, 10).
_RECENT_TURNS = 3
# A follow-up refers to an answer at most this many turns back.
_FOLLOWED_TURNS = 4
# Earlier messages in which somebody meant by 'for hende' or 'for Poul' may be named.
_KEPT_MESSAGES = 4


@dataclass(frozen=True)
class Past:
    """The conversation before a message.

    `latest`, `lately`: the responses of the assistant's last turn, and of its last three.
    `topics`: the topics answered in the last turn, in order.
    `topic`: the topic answered last, at most four turns back.
    `last`: the same, or `receipt` or `check_status` where one of these came last.
    `receipt`: whether a receipt was given, at most four turns back.
    `asked`: the slot or question that an active form asks for.
    `denied`: topics of which the message says that they are not what was asked.
    `wrote`: the citizen's last four messages, joined.
    `buttons`: title and payload of each button of the last turn.
    `slots`: the slot values.
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
    denied: tuple[str, ...] = ()

    @property
    def of_notes(self) -> bool:
        """Whether a request for notes is under way."""
        return self.in_form and self.slots.get("request_type") == "notes"

    @property
    def follows(self) -> str | None:
        """What the message comes after, in the names of `after` in data/nlu: a slot, `receipt` or a topic."""
        return self.asked if self.in_form else self.last


def before_message(tracker: DialogueStateTracker | None) -> Past:
    """Return the past of the message that the NLU is reading, which the tracker does not hold yet."""
    return replace(_past(list(tracker.events)), slots=tracker.current_slot_values()) if tracker else Past()


def before_latest(tracker: DialogueStateTracker) -> Past:
    """Return the past of the tracker's latest message, without what happened since."""
    events = list(tracker.events)
    return replace(_past(events[: _latest_message(events)]), slots=tracker.current_slot_values())


def done_since(tracker: DialogueStateTracker) -> list[str]:
    """Return the actions that ran since the latest message, oldest first."""
    events = list(tracker.events)
    return [
        str(event.action_name)
        for event in events[_latest_message(events) :]
        if isinstance(event, ActionExecuted) and event.action_name != _LISTEN
    ]


def _latest_message(events: list[Any]) -> int:
    """Return the index of the latest message; the number of events where there is none."""
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
            buttons += [(button["title"], button["payload"]) for button in (event.data or {}).get("buttons") or ()]
        elif isinstance(event, ActiveLoop):
            loop = event.name
        elif isinstance(event, SlotSet) and event.key == "requested_slot":
            asked = event.value
    recent = [name for turn in turns[-_FOLLOWED_TURNS:] for name in turn]
    # Responses without a subject (asking back) are skipped: the receipt before them is still referred to.
    subjects = [subject for name in recent if (subject := _subject(name))]
    return Past(
        latest=tuple(turns[-1]),
        lately=frozenset(name for turn in turns[-_RECENT_TURNS:] for name in turn),
        topics=tuple(_topics(turns[-1])),
        topic=next(reversed(_topics(recent)), None),
        last=next(reversed(subjects), None),
        receipt="receipt" in subjects,
        in_form=loop is not None,
        asked=asked if loop else None,
        buttons=tuple(buttons),
        wrote="\n".join(text for text in wrote[-_KEPT_MESSAGES:] if not text.startswith("/")),
    )


def _topics(responses: Iterable[str]) -> list[str]:
    return [topic for name in responses if (topic := topic_of(name))]


def _subject(response: str) -> str | None:
    subjects = (subject for prefix, subject in _SUBJECT_PREFIXES.items() if response.startswith(prefix))
    return next(subjects, None) or topic_of(response)
