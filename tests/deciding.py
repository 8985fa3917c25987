"""Reads a message (or a button) with the NLU's rules and applies it with the table of actions/turn."""

from dataclasses import dataclass, field

from actions.turn.applying import applied
from actions.turn.buttons import pressed
from actions.turn.result import Kind, Result
from bot.nlu.acts.request import wishes
from bot.nlu.acts.request.by_sentence import parts_apart
from bot.nlu.acts.request.message import TYPE_OF_INTENT, Message
from common import patterns
from common.acts import START, Act
from common.memo import one_message
from common.request import State


@dataclass(frozen=True)
class Button:
    """A button's payload: an intent, and entities by name."""

    intent: str
    entities: dict[str, str] = field(default_factory=dict)


def acts_of(message: Message | Button, state: State) -> list[Act]:
    """The acts of a message for the form, as the pipeline stores them."""
    if isinstance(message, Button):
        entities = [{"entity": name, "value": value} for name, value in message.entities.items()]
        return pressed(message.intent, entities, state)
    if state.asked is not None:
        return parts_apart.acts_of(message, state)
    wished = TYPE_OF_INTENT.get(message.intent)
    kind = wished or state.kind
    return [Act(START, kind), *wishes.values_told(message, kind, state.today, wished=bool(wished))] if kind else []


def decide(message: Message | Button, state: State) -> Result:
    """The result of a message in the form; like the pipeline it keeps what it matched until the message is read."""
    with one_message(), patterns.budget():
        told = acts_of(message, state)
    return applied(told, state) if told else Result(Kind.VALUE)
