"""Splits a conversation into turns: what was understood, decided, run, changed and answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.conversation import LOOKED_BACK
from bot.channel import transcript
from bot.channel.asking import asking
from bot.channel.escaping import unescape
from common.acts import Act
from common.clock import COPENHAGEN
from workbench.inspect.deciding import Decided, decided

ASKED_BACK = "nlu_fallback"
_LISTEN = "action_listen"
# The rule of a value that a learnt choice found (data/choices).
LEARNED = "learned"
# Learnt choices that count whatever slot is asked for.
_ALWAYS_READ = ("steering", "leaving_out", "agreement")
_LIKELY = 0.4


@dataclass(frozen=True)
class Value:
    """A value that was found: its words, their meaning, and the rule that matched.

    `negated`: the message says it is not so; `aside`: it belongs to something else and is not used.
    """

    entity: str
    words: str
    meaning: str
    rule: str
    negated: bool
    aside: bool = False


@dataclass(frozen=True)
class Change:
    """A slot before and after the turn, as text; an empty text for an empty slot."""

    slot: str
    before: str
    after: str


@dataclass(frozen=True)
class Action:
    """An action that ran, and the policy that predicted it."""

    name: str
    policy: str


@dataclass
class Turn:
    """One turn. `said`: the text or a button's title; `text`: the text or its payload. CPR is masked in both."""

    id: str
    said: str
    text: str
    at: datetime
    button: bool
    masked: bool
    intent: str
    ranking: list[tuple[str, float]]
    values: list[Value]
    acts: list[Act]
    form_before: str | None
    asked_before: str | None
    decided: Decided | None = None
    actions: list[Action] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """The confidence of the likeliest intent."""
        return self.ranking[0][1] if self.ranking else 1.0

    @property
    def asked_after(self) -> str | None:
        """The slot that is asked for after the turn."""
        return asking(self.slots)


def take_apart(tracker: DialogueStateTracker) -> list[Turn]:
    """The turns of a conversation, oldest first, without the greeting."""
    found: list[Turn] = []
    slots: dict[str, Any] = {}
    before: dict[str, Any] = {}
    form: str | None = None
    said: list[str] = []
    now: list[str] = []
    messages: list[dict[str, Any]] = [{}]
    for event in tracker.events:
        if isinstance(event, UserUttered):
            _finish(found, before, slots)
            before = dict(slots)
            found.append(_turn(event, form, slots))
            messages.append(_message(event))
            said, now = now, []
            if form and slots.get("requested_slot"):
                found[-1].decided = _decided(found[-1], messages, slots, said)
        elif isinstance(event, BotUttered):
            now.append(str((event.metadata or {}).get("utter_action") or ""))
        elif isinstance(event, SlotSet):
            slots[event.key] = event.value
            if event.key == "sent_references":
                # What was said for a sent request does not count for the next.
                messages = [{}]
        elif isinstance(event, ActiveLoop):
            if event.name and not form and found:
                found[-1].decided = _decided(found[-1], messages, slots, said)
            form = event.name
        elif isinstance(event, ActionExecuted) and found and event.action_name not in (None, _LISTEN):
            found[-1].actions.append(Action(str(event.action_name), event.policy or ""))
    _finish(found, before, slots)
    answers = {turn.id: turn.answers for turn in transcript.turns(tracker.events)}
    for turn in found:
        turn.answers = answers.get(turn.id, [])
    return found


def _decided(
    turn: Turn, messages: Sequence[dict[str, Any]], slots: dict[str, Any], said: Sequence[str]
) -> Decided | None:
    before = messages[-2 : -2 - LOOKED_BACK : -1]
    return decided(messages[-1], before, slots, said, turn.at.date())


def _message(event: UserUttered) -> dict[str, Any]:
    """The message as the action server gets it."""
    return {**(event.parse_data or {}), "text": event.text, "intent": event.intent, "entities": event.entities}


def _turn(event: UserUttered, form: str | None, slots: dict[str, Any]) -> Turn:
    metadata = event.metadata or {}
    text = unescape(event.text or "")
    parsed = event.parse_data or {}
    ranking = [(str(one["name"]), float(one["confidence"])) for one in parsed.get("intent_ranking") or ()]
    return Turn(
        id=event.message_id or "",
        said=str(metadata.get("title") or text),
        text=text,
        at=datetime.fromtimestamp(event.timestamp, COPENHAGEN),
        button="title" in metadata,
        masked=bool(metadata.get("cpr_masked")),
        intent=event.intent_name or ASKED_BACK,
        # The fallback puts itself in front of the ranking.
        ranking=[one for one in ranking if one[0] != ASKED_BACK],
        values=[*_values(event.text or "", event.entities or ()), *_learned(text, event.entities or (), slots, form)],
        acts=[Act.of(one) for one in parsed.get("acts") or ()],
        form_before=form,
        asked_before=slots.get("requested_slot") if form else None,
    )


def _learned(text: str, entities: Sequence[dict[str, Any]], slots: dict[str, Any], form: str | None) -> list[Value]:
    """The learnt choices (data/choices) that can count: those of the slot asked for, and _ALWAYS_READ."""
    if form is None:
        return []
    asked = {slots.get("requested_slot"), *_ALWAYS_READ}
    return [
        Value(str(one["slot"]), text, f"{one['value']} ({one['whole']:.0%})", LEARNED, False)
        for entity in entities
        if entity["entity"] == "answer"
        for one in entity["value"]
        if one["slot"] in asked and one["whole"] >= _LIKELY
    ]


def _values(text: str, entities: Sequence[dict[str, Any]]) -> list[Value]:
    return [
        Value(
            str(one["entity"]),
            unescape(text[one.get("start") or 0 : one.get("end") or 0]),
            meaning(one.get("value")),
            str(one.get("rule") or one.get("extractor") or ""),
            bool(one.get("negated")),
            bool(one.get("aside")),
        )
        for one in entities
        if one["entity"] != "answer"
    ]


def _finish(found: list[Turn], before: dict[str, Any], after: dict[str, Any]) -> None:
    if found:
        changed = [slot for slot in {**before, **after} if before.get(slot) != after.get(slot)]
        found[-1].changes = [Change(slot, shown(before.get(slot)), shown(after.get(slot))) for slot in changed]
        found[-1].slots = dict(after)


def meaning(value: Any) -> str:
    """The meaning of a found value as text; several readings are joined with 'eller'."""
    if isinstance(value, dict):
        readings = [*value.get("past", ()), *value.get("future", ()), *value.get("readings", ())]
        if readings:
            return " eller ".join(map(str, readings))
        return shown(value.get("key") or value)
    return ", ".join(map(str, value)) if isinstance(value, list) else shown(value)


def shown(value: Any) -> str:
    """A slot's value as text: texts unchanged, an empty text for None, the rest as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
