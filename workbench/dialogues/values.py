"""Reads the values of a dialogue file, checked against the domain and the schema of `request.md`."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channel.asking import QUESTION_NAMES
from common import patterns
from common.clock import parse_now
from workbench.dialogues.script import Slot
from workbench.shared.problems import Problem
from workbench.shared.vocabulary import meant, payload_keys, vocabulary
from workbench.shared.yaml_lines import line_of, plain

_UTTERED_KEYS = ("utter_name", "text_matches", "buttons")
_RECEIVER = "'receiver' er 'up', 'down', 'hang' eller en HTTP-kode som 503."


class Values:
    """Reads single values of one file; mistakes are added to `problems`."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def problem(self, line: int, what: str) -> None:
        """Adds a problem."""
        self.problems.append(Problem(self.file, line, what))

    def only(self, node: Any, known: tuple[str, ...], who: str) -> None:
        """Adds a problem for every unknown key."""
        for key in node:
            if key not in known:
                what = f"{who} har '{key}', som ikke kendes.{meant(str(key), known)} Der kan stå: {', '.join(known)}."
                self.problem(line_of(node, key), what)

    def value(self, node: Any, kind: str) -> Any:
        """The value of a step or assertion; see script.Step."""
        read = getattr(self, f"_{kind}", None)
        return read(node, kind) if read else getattr(self, kind)(node, kind)

    def moment(self, node: Any, key: str) -> datetime | None:
        """The time at a key; None when the key is missing or the time is wrong."""
        if key not in node:
            return None
        try:
            return parse_now(str(node[key]))
        except ValueError:
            what = f"'{key}: {node[key]}' er ikke et tidspunkt. Skriv det som 2026-12-01T10:00:00+01:00."
            self.problem(line_of(node, key), what)
            return None

    def receiver(self, node: Any, key: str) -> str:
        """The behaviour of Jura's system, see Receiver."""
        mode = str(node[key])
        if mode not in ("up", "down", "hang") and not patterns.fullmatch(r"[345]\d\d", mode):
            self.problem(line_of(node, key), f"'receiver: {mode}' kendes ikke. {_RECEIVER}")
            return "up"
        return mode

    def yes_no(self, node: Any, key: str) -> bool:
        """A boolean."""
        if not isinstance(node[key], bool):
            self.problem(line_of(node, key), f"'{key}' skal være true eller false.")
        return node[key] is True

    def _now(self, node: Any, key: str) -> datetime | None:
        return self.moment(node, key)

    def _silence_minutes(self, node: Any, key: str) -> int:
        return self._number(node, key, 1)

    def _number(self, node: Any, key: str, least: int) -> int:
        text = str(node[key])
        if not text.isdecimal() or int(text) < least:
            self.problem(line_of(node, key), f"'{key}' skal være et helt tal, mindst {least}. Her står: {text}")
            return least
        return int(text)

    def _text(self, node: Any, key: str) -> str:
        value = node[key]
        if isinstance(value, dict | list) or value is None or not str(value).strip():
            self.problem(line_of(node, key), f"'{key}' skal have en tekst. Skriv den i anførselstegn efter kolon.")
            return ""
        # A citizen may have typed the word true or false.
        return str(value).lower() if isinstance(value, bool) else str(value)

    _user = _button = _bot = _text

    def _name(self, node: Any, key: str, known: Iterable[str], what: str) -> str:
        name = self._text(node, key)
        if name and name not in known:
            message = f"{what} '{name}' findes ikke i domain/.{meant(name, list(known))} Ret navnet."
            self.problem(line_of(node, key), message)
        return name

    def _utter(self, node: Any, key: str) -> str:
        return self._name(node, key, vocabulary().responses, "Svaret")

    def _action_executed(self, node: Any, key: str) -> str:
        return self._name(node, key, vocabulary().actions, "Handlingen")

    def _asking(self, node: Any, key: str) -> str | None:
        known = vocabulary().slots | set(QUESTION_NAMES.values())
        return None if node[key] is None else self._name(node, key, known, "Feltet")

    def _slot_was_set(self, node: Any, key: str) -> list[Slot]:
        found: list[Slot] = []
        items = node[key] if isinstance(node[key], list) else [node[key]]
        for index, item in enumerate(items):
            line = line_of(node[key], index) if isinstance(node[key], list) else line_of(node, key)
            if isinstance(item, dict) and "name" in item and set(item) <= {"name", "value"}:
                slots = [Slot(str(item["name"]), "value" in item, plain(item.get("value")))]
            elif isinstance(item, dict):
                slots = [Slot(str(name), True, plain(value)) for name, value in item.items()]
            else:
                slots = [Slot(str(item))]
            for slot in slots:
                if slot.name not in vocabulary().slots:
                    near = meant(slot.name, vocabulary().slots)
                    self.problem(line, f"Feltet '{slot.name}' findes ikke i domain/.{near} Ret navnet.")
            found += slots
        return found

    _slot_was_not_set = _slot_was_set

    def _bot_uttered(self, node: Any, key: str) -> dict[str, Any]:
        value = node[key]
        if not isinstance(value, dict) or not value:
            self.problem(line_of(node, key), f"'{key}' skal have mindst ét af: {', '.join(_UTTERED_KEYS)}.")
            return {}
        self.only(value, _UTTERED_KEYS, f"'{key}'")
        if "utter_name" in value:
            self._utter(value, "utter_name")
        if "text_matches" in value:
            try:
                patterns.compile(self._text(value, "text_matches"))
            except patterns.error as error:
                what = f"'text_matches' er ikke et gyldigt regulært udtryk ({error}). Sæt \\ foran tegn som ( ? *."
                self.problem(line_of(value, "text_matches"), what)
        buttons = value.get("buttons") or []
        titled = isinstance(buttons, list) and all(isinstance(one, dict) and "title" in one for one in buttons)
        if not titled:
            self.problem(line_of(value, "buttons"), "'buttons' skal være en liste, hvor hver har en 'title'.")
        return dict(plain(value))

    _bot_did_not_utter = _bot_uttered

    def _card(self, node: Any, key: str) -> dict[str, str]:
        value = node[key]
        if not isinstance(value, dict) or not value:
            self.problem(line_of(node, key), "'card' skal have linjer fra kortet, for eksempel 'Navn: Li Ng'.")
            return {}
        return {label: "-" if text is None else str(text) for label, text in plain(value).items()}

    def _received(self, node: Any, key: str) -> int | list[dict[str, Any]]:
        value = node[key]
        if value == "nothing":
            return 0
        if isinstance(value, str) and value.isdecimal():
            return int(value)
        wanted = value if isinstance(value, list) else [value]
        if not wanted or not all(isinstance(part, dict) for part in wanted):
            what = "'received' skal være 'nothing', et antal, eller felter fra anmodningen, som 'type: notes'."
            self.problem(line_of(node, key), what)
            return 0
        for part in wanted:
            self._payload(part, ())
        return list(plain(wanted))

    def _payload(self, part: Any, path: tuple[str, ...]) -> None:
        known = payload_keys(path)
        for key, value in part.items():
            where = ".".join((*path, str(key)))
            if known is None or key not in known:
                near = meant(str(key), known or [])
                what = f"'{where}' er ikke et felt i det, Jura modtager.{near} Se legal/request.schema.json."
                self.problem(line_of(part, key), what)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    self._payload(one, (*path, str(key)))
