"""Splits a stored conversation into turns and requests, each with its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.channel.escaping import unescape
from common.clock import COPENHAGEN
from workbench.log.store import Event

UNDERSTOOD, ASKED_BACK, NOT_UNDERSTOOD, UNANSWERED = "understood", "asked_back", "not_understood", "unanswered"
SENT, STOPPED, LEFT, UNDER_WAY = "sent", "stopped", "left", "under_way"
_ASKS_BACK = ("utter_did_you_mean", "utter_which_", "utter_question_or_value")
_UNCLEAR = ("utter_not_understood", "utter_unclear", "utter_stuck", "utter_example_", "utter_invalid_")
# As long as the form's own limit for 'vi fortsætter': after that a request counts as left.
_SILENCE_SECONDS = 30 * 60


@dataclass
class Turn:
    """A message or a button press (`text` is its payload). `asked`: the slot asked for; `answers`: responses."""

    at: float
    text: str
    button: bool
    intent: str
    ranking: list[tuple[str, float]]
    asked: str | None
    answers: list[str] = field(default_factory=list)
    chosen: str | None = None  # the label whose button was pressed after 'Mente du ...?'

    @property
    def day(self) -> date:
        """The date in Copenhagen."""
        return datetime.fromtimestamp(self.at, COPENHAGEN).date()

    @property
    def outcome(self) -> str:
        """UNDERSTOOD, ASKED_BACK, NOT_UNDERSTOOD, or UNANSWERED when there was no answer."""
        if any(name.startswith(_ASKS_BACK) for name in self.answers):
            return ASKED_BACK
        # A citizen who asks for plainer words is given the same examples.
        if self.intent != "simplify" and any(name.startswith(_UNCLEAR) for name in self.answers):
            return NOT_UNDERSTOOD
        return UNDERSTOOD if self.answers else UNANSWERED

    @property
    def teaches(self) -> bool:
        """Whether a label would help. Not all that is asked back about was misunderstood: a day may be one of two."""
        unsure = self.outcome == ASKED_BACK and "utter_did_you_mean" in self.answers
        return unsure or self.outcome == NOT_UNDERSTOOD

    @property
    def topic(self) -> str | None:
        """The intent it was about; None when it was not understood, or only answered a question of the form."""
        if self.outcome != UNDERSTOOD:
            return None
        if self.asked is None:
            return self.intent
        return next((name.removeprefix("utter_") for name in self.answers if name.startswith("utter_faq_")), None)


@dataclass
class Request:
    """A request that was begun. `slot`: the last one asked for; `kind` is None until it is chosen."""

    at: float
    kind: str | None = None
    slot: str | None = None
    outcome: str = UNDER_WAY


@dataclass
class Conversation:
    """Turns and requests of a conversation; `slots`: every text that a slot held, by slot."""

    turns: list[Turn] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    slots: dict[str, set[str]] = field(default_factory=dict)


def take_apart(events: Sequence[Event], now: float) -> Conversation:
    """Splits a conversation's events, oldest first; `now` decides whether an open request is left or under way."""
    found = Conversation()
    slots: dict[str, Any] = {}
    request: Request | None = None
    ending: Request | None = None
    for event in events:
        kind = event.get("event")
        if kind == "user":
            ending = None
            found.turns.append(_turn(event, slots))
        elif kind == "bot" and found.turns:
            name = (event.get("metadata") or {}).get("utter_action") or ""
            found.turns[-1].answers.append(str(name))
        elif kind == "slot":
            name, value = str(event.get("name")), event.get("value")
            slots[name] = value
            if isinstance(value, str):
                found.slots.setdefault(name, set()).add(value)
            if name == "request_draft" and value and not request:
                request = Request(float(event.get("timestamp") or 0), slots.get("request_type"))
                found.requests.append(request)
            elif name == "request_draft" and not value and request:
                request.outcome = STOPPED
                ending, request = request, None
            elif name == "request_type" and value and request:
                request.kind = str(value)
            elif name == "requested_slot" and value and request:
                request.slot = str(value)
        if ending and found.turns and any(name.startswith("utter_receipt_") for name in found.turns[-1].answers):
            # Rasa promises no order of the receipt and the emptying of the slots.
            ending.outcome = SENT
    _close(found, request, now)
    return found


def _close(found: Conversation, request: Request | None, now: float) -> None:
    """Fills in what later turns decide: whether a request was left, which label was chosen."""
    if request and found.turns and found.turns[-1].at < now - _SILENCE_SECONDS:
        request.outcome = LEFT
    for turn, following in zip(found.turns, found.turns[1:], strict=False):
        if turn.outcome == ASKED_BACK and following.button and following.text.startswith("/"):
            turn.chosen = following.intent


def _turn(event: Event, slots: dict[str, Any]) -> Turn:
    parsed = event.get("parse_data") or {}
    metadata = event.get("metadata") or {}
    ranking = [(str(one["name"]), float(one["confidence"])) for one in parsed.get("intent_ranking") or ()]
    return Turn(
        at=float(event.get("timestamp") or 0),
        text=unescape(str(event.get("text") or "")),
        button="title" in metadata,
        intent=str((parsed.get("intent") or {}).get("name") or "nlu_fallback"),
        ranking=[one for one in ranking if one[0] != "nlu_fallback"],
        asked=slots.get("requested_slot"),
    )
