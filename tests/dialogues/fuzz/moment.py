"""A turn with the state before and after it, for the invariants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fuzz.oracle import SLOTS, Act, Said

from workbench.dialogues.assertions import Turn
from workbench.shared.receiver import Received

Slots = Mapping[str, Any]
OF_MEETINGS = ("recording", "notes")
_BEGIN_ANOTHER = {"utter_type_changed", "utter_type_changed_keeps", "utter_waiting_begins", "utter_waiting_begins_bare"}


class Broken(AssertionError):
    """An invariant does not hold; the message begins with its name."""


@dataclass
class Moment:
    """A turn, the slots before and after it, and the requests that Jura received in it."""

    said: Said
    before: Slots
    asked_by: Turn
    after: Slots
    turn: Turn
    received: list[Received]
    receipts: frozenset[str] = frozenset()  # the references given before
    card: Mapping[str, Any] | None = None  # the last review card, if an earlier turn showed it

    @property
    def act(self) -> Act:
        """The citizen's act."""
        return self.said.acts[-1]

    @property
    def prompts(self) -> set[str]:
        """The names of the messages that the act answers."""
        return names(self.asked_by)

    @property
    def told(self) -> set[str]:
        """The names of the messages that answer the act."""
        return names(self.turn)

    @property
    def sends(self) -> bool:
        """Whether a request is sent in this turn."""
        return bool(new_receipts(self.turn, self.receipts))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the last card that the citizen saw."""
        cards = [message["card"] for message in self.asked_by.messages if message["card"]]
        return [row for card in cards or [self.card or {"rows": []}] for row in card["rows"]]

    def allows(self, slot: str, value: Any) -> bool:
        """Whether the act, or something said before that takes effect now, may give the slot the value."""
        kept = [source[slot] for source in self._kept() if slot in source]
        return value in kept or self.said.allows(slot, value, self.before, self.prompts, self.told)

    def _kept(self) -> list[dict[str, Any]]:
        """Values said earlier that may take effect now: of a wish, of a reopened slot, of a pending question."""
        pending, sources = self.before.get("request_pending") or {}, []
        if self.told & _BEGIN_ANOTHER:
            sources += [one for wish in self.wishes() for one in values_of(wish)]
        if "utter_kept" in self.told:
            sources += [held["values"] for held in (self.before.get("request_former") or {}).values()]
        if pending.get("kind") == "same_meeting" and (self.act.yes or "same" in self.act.marks):
            sources += [pending["meeting"], *pending.get("more", ())]
        if pending.get("kind") == "which_meeting":
            # Values that waited for the answer to which meeting.
            sources += [{act["slot"]: act["value"]} for act in pending["acts"]]
        return sources

    def wishes(self) -> list[dict[str, Any]]:
        """The wishes for requests other than the current one."""
        waiting = self.before.get("request_waiting")
        return [*([waiting] if waiting else []), *asked_about(self.before)]


def asked_about(slots: Slots) -> list[dict[str, Any]]:
    """The wishes in `request_pending`, including those behind another open question."""
    pending, wishes = slots.get("request_pending"), []
    while pending:
        wishes += [pending["wish"]] if "wish" in pending else []
        pending = pending.get("open")
    return wishes


def values_of(wish: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The values of a wish: of the request, and of each further meeting."""
    return [{**wish["values"], "request_type": wish["kind"]}, *wish.get("more", ())]


def new_receipts(turn: Turn, before: Iterable[str]) -> list[dict[str, Any]]:
    """The messages with a receipt that was not given before ('gentag' repeats one)."""
    cards = [message for message in turn.messages if (message["card"] or {}).get("type") == "receipt"]
    return [message for message in cards if message["card"]["reference"] not in before]


def names(turn: Turn) -> set[str]:
    """The names of a turn's messages."""
    return {str(message["name"]) for message in turn.messages}


def written(slots: Slots) -> list[str]:
    """The citizen's slots that have a value."""
    return [slot for slot in SLOTS[1:] if slots.get(slot) is not None]
