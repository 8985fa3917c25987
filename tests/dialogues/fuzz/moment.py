"""A turn with what was before and after it, as the invariants look at it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fuzz.oracle import SLOTS, Act, Said

from workbench.dialogues.assertions import Turn
from workbench.shared.receiver import Received

Slots = Mapping[str, Any]
OF_MEETINGS = ("recording", "notes")
_BEGIN_ANOTHER = {"utter_type_changed", "utter_waiting_begins", "utter_waiting_begins_bare"}


class Broken(AssertionError):
    """An invariant that does not hold; its name is the first word."""


@dataclass
class Moment:
    """A turn with what was before and after it, and what Jura received in it."""

    said: Said
    before: Slots
    asked_by: Turn
    after: Slots
    turn: Turn
    received: list[Received]
    receipts: frozenset[str] = frozenset()  # references that the citizen had before
    card: Mapping[str, Any] | None = None  # the card that was shown last, where it is another turn's

    @property
    def act(self) -> Act:
        """What the citizen did."""
        return self.said.acts[-1]

    @property
    def prompts(self) -> set[str]:
        """The names of the messages that the citizen had before them."""
        return names(self.asked_by)

    @property
    def told(self) -> set[str]:
        """The names of the messages that answer them."""
        return names(self.turn)

    @property
    def sends(self) -> bool:
        """Whether a request is sent in this turn."""
        return bool(new_receipts(self.turn, self.receipts))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the card that the citizen saw last."""
        cards = [message["card"] for message in self.asked_by.messages if message["card"]]
        return [row for card in cards or [self.card or {"rows": []}] for row in card["rows"]]

    def allows(self, slot: str, value: Any) -> bool:
        """Whether what the citizen did, or what was said before and is told now, gives the slot the value."""
        kept = [source[slot] for source in self._kept() if slot in source]
        return value in kept or self.said.allows(slot, value, self.before, self.prompts, self.told)

    def _kept(self) -> list[dict[str, Any]]:
        """What was said before, and comes in where that is told: the values of a wish, and what was to be changed."""
        pending, sources = self.before.get("request_pending") or {}, []
        if self.told & _BEGIN_ANOTHER:
            sources += [one for wish in self.wishes() for one in values_of(wish)]
        if "utter_kept" in self.told:
            sources += [held["values"] for held in (self.before.get("request_former") or {}).values()]
        if pending.get("kind") == "same_meeting" and (self.act.yes or "same" in self.act.marks):
            sources.append(pending["meeting"])
        if pending.get("kind") == "which_meeting":
            # What could be of several meetings waited for the answer.
            sources += [{act["slot"]: act["value"]} for act in pending["acts"]]
        return sources

    def wishes(self) -> list[dict[str, Any]]:
        """The requests that were wished for beside the one under way."""
        waiting = self.before.get("request_waiting")
        return [*([waiting] if waiting else []), *asked_about(self.before)]


def asked_about(slots: Slots) -> list[dict[str, Any]]:
    """The wishes of which it is asked, now or after the question that is in between, which request is meant."""
    pending, wishes = slots.get("request_pending"), []
    while pending:
        wishes += [pending["wish"]] if "wish" in pending else []
        pending = pending.get("open")
    return wishes


def values_of(wish: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was told for a wish: of the request, and of each further meeting."""
    return [{**wish["values"], "request_type": wish["kind"]}, *wish.get("more", ())]


def new_receipts(turn: Turn, before: Iterable[str]) -> list[dict[str, Any]]:
    """The messages that give a receipt; one that was given before is only said again ('gentag')."""
    cards = [message for message in turn.messages if (message["card"] or {}).get("type") == "receipt"]
    return [message for message in cards if message["card"]["reference"] not in before]


def names(turn: Turn) -> set[str]:
    """The names of a turn's messages."""
    return {str(message["name"]) for message in turn.messages}


def written(slots: Slots) -> list[str]:
    """The slots of the citizen's that have a value."""
    return [slot for slot in SLOTS[1:] if slots.get(slot) is not None]
