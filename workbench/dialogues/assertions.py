"""Checks a turn against a step of a dialogue; a failed check says what was expected and what was there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from common import patterns
from workbench.dialogues.script import Slot, Step
from workbench.shared.receiver import Received

Message = dict[str, Any]


class Wrong(Exception):
    """A failed step: what was expected and what was there instead, in Danish."""

    def __init__(self, expected: str, actual: str) -> None:
        super().__init__(f"ventet: {expected}; fik: {actual}")
        self.expected = expected
        self.actual = actual


@dataclass
class Turn:
    """The assistant's answer to what the citizen said (None for the greeting).

    Messages are the channel's, as in `chat-api.md`; the first `passed` of them are matched by earlier steps.
    """

    said: str | None
    messages: list[Message]
    asking: str | None
    passed: int = field(default=0)


class Backend(Protocol):
    """What a citizen does not see of a conversation; a Citizen provides it."""

    def slots(self) -> Mapping[str, Any]:
        """All slots."""

    def actions(self) -> list[str]:
        """The actions of the last turn, in order."""

    def received(self) -> list[Received]:
        """What Jura received since the last call."""


def check(step: Step, turn: Turn, backend: Backend) -> None:
    """Raises Wrong when the step does not hold."""
    _CHECKS[step.kind](step.value, turn, backend)


def check_deliveries(received: list[Received]) -> None:
    """Raises Wrong for a delivery whose signature, headers or payload break `request.md`."""
    for one in received:
        if one.problems:
            raise Wrong("en anmodning efter aftalen med Jura", "; ".join(one.problems))


def same(expected: Any, actual: Any) -> bool:
    """Compares a value with the one in the dialogue: numbers as text, lists in any order, lists of objects in order."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(key in actual and same(expected[key], actual[key]) for key in expected)
    if isinstance(expected, list):
        if _are_objects(expected) and _are_objects(actual):
            return len(expected) == len(actual) and all(map(same, expected, actual))
        return isinstance(actual, list) and sorted(map(str, expected)) == sorted(map(str, actual))
    if expected is None or isinstance(expected, bool) or actual is None or isinstance(actual, bool):
        return expected is actual
    return str(expected) == str(actual)


def _bot(text: str, turn: Turn, backend: Backend) -> None:
    _next(turn, lambda message: message["text"].strip() == text.strip(), f"beskeden {text.strip()!r}")


def _utter(name: str, turn: Turn, backend: Backend) -> None:
    _next(turn, lambda message: message["name"] == name, name)


def _next(turn: Turn, fits: Callable[[Message], bool], expected: str) -> None:
    """Searches behind the messages matched so far: steps stand in the order of the messages."""
    for index in range(turn.passed, len(turn.messages)):
        if fits(turn.messages[index]):
            turn.passed = index + 1
            return
    after = f" (efter besked {turn.passed})" if turn.passed else ""
    raise Wrong(expected + after, _shown(turn.messages[turn.passed :]))


def _bot_uttered(wanted: dict[str, Any], turn: Turn, backend: Backend) -> None:
    if not any(_fits(wanted, message) for message in turn.messages):
        raise Wrong(_described(wanted), _shown(turn.messages, whole=True))


def _bot_did_not_utter(wanted: dict[str, Any], turn: Turn, backend: Backend) -> None:
    found = [message for message in turn.messages if _fits(wanted, message)]
    if found:
        raise Wrong(f"ingen besked med {_described(wanted)}", _shown(found, whole=True))


def _fits(wanted: dict[str, Any], message: Message) -> bool:
    if wanted.get("utter_name") not in (None, message["name"]):
        return False
    if "text_matches" in wanted and not patterns.search(wanted["text_matches"], message["text"]):
        return False
    return all(any(button.items() <= offered.items() for offered in message["buttons"]) for button in _buttons(wanted))


def _buttons(wanted: dict[str, Any]) -> list[dict[str, str]]:
    return wanted.get("buttons") or []


def _described(wanted: dict[str, Any]) -> str:
    parts = [wanted["utter_name"]] if "utter_name" in wanted else []
    if "text_matches" in wanted:
        parts.append(f"teksten /{wanted['text_matches']}/")
    if _buttons(wanted):
        parts.append("knapperne " + ", ".join(f"[{button['title']}]" for button in _buttons(wanted)))
    return " med ".join(parts)


def _shown(messages: list[Message], whole: bool = False) -> str:
    if not messages:
        return "ingen besked"
    limit = 600 if whole else 80
    return "; ".join(
        f"{message['name']}: {_short(message['text'], limit)}"
        + "".join(f" [{button['title']}]" for button in message["buttons"])
        for message in messages
    )


def _short(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def _slot_was_set(wanted: list[Slot], turn: Turn, backend: Backend) -> None:
    slots = backend.slots()
    for slot in wanted:
        actual = slots.get(slot.name)
        if slot.valued and not same(slot.value, actual):
            raise Wrong(f"{slot.name} = {slot.value!r}", f"{slot.name} = {actual!r}")
        if not slot.valued and actual is None:
            raise Wrong(f"{slot.name} har en værdi", f"{slot.name} er tomt")


def _slot_was_not_set(wanted: list[Slot], turn: Turn, backend: Backend) -> None:
    slots = backend.slots()
    for slot in wanted:
        actual = slots.get(slot.name)
        if actual is not None and (not slot.valued or same(slot.value, actual)):
            expected = f"{slot.name} er ikke {slot.value!r}" if slot.valued else f"{slot.name} er tomt"
            raise Wrong(expected, f"{slot.name} = {actual!r}")


def _asking(slot: str | None, turn: Turn, backend: Backend) -> None:
    if turn.asking != slot:
        raise Wrong(f"der spørges om {slot or 'ingenting'}", f"der spørges om {turn.asking or 'ingenting'}")


def _action_executed(name: str, turn: Turn, backend: Backend) -> None:
    actions = backend.actions()
    if name not in actions:
        raise Wrong(name, ", ".join(actions) or "ingen handlinger")


def _card(wanted: dict[str, str], turn: Turn, backend: Backend) -> None:
    cards = [message["card"] for message in turn.messages if message.get("card")]
    if not cards:
        raise Wrong("et kort", _shown(turn.messages))
    rows = {row["label"]: row["value"] for row in cards[-1]["rows"]}
    for label, value in wanted.items():
        if rows.get(label) != value:
            actual = f"{label}: {rows[label]}" if label in rows else f"{label} er ikke på kortet ({', '.join(rows)})"
            raise Wrong(f"{label}: {value}", actual)


def _received(wanted: int | list[dict[str, Any]], turn: Turn, backend: Backend) -> None:
    received = backend.received()
    check_deliveries(received)
    count = wanted if isinstance(wanted, int) else len(wanted)
    if len(received) != count:
        kinds = ", ".join(str(one.payload.get("type")) for one in received)
        raise Wrong(f"Jura har modtaget {count}", f"Jura har modtaget {len(received)}" + (f" ({kinds})" * bool(kinds)))
    if not isinstance(wanted, int):
        for part, one in zip(wanted, received, strict=True):
            _subset(part, one.payload, "")


def _subset(wanted: Any, actual: Any, path: str) -> None:
    if isinstance(wanted, dict) and isinstance(actual, dict):
        for key, value in wanted.items():
            _subset(value, actual.get(key), f"{path}.{key}" if path else key)
    elif _are_objects(wanted) and _are_objects(actual) and len(wanted) == len(actual):
        for place, (one, other) in enumerate(zip(wanted, actual, strict=True)):
            _subset(one, other, f"{path}.{place}")
    elif not same(wanted, actual):
        raise Wrong(f"Jura modtager {path} = {wanted!r}", f"{path} = {actual!r}")


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


_CHECKS: dict[str, Callable[[Any, Turn, Backend], None]] = {
    "bot": _bot,
    "utter": _utter,
    "bot_uttered": _bot_uttered,
    "bot_did_not_utter": _bot_did_not_utter,
    "slot_was_set": _slot_was_set,
    "slot_was_not_set": _slot_was_not_set,
    "asking": _asking,
    "action_executed": _action_executed,
    "card": _card,
    "received": _received,
}
