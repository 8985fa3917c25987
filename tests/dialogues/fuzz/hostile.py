"""A citizen who sends hostile texts at a question of a request, and then stops."""

import time
from typing import TYPE_CHECKING

from fuzz.invariants import check_no_cpr
from fuzz.moment import names
from fuzz.places import come_to
from fuzz.walk import Log
from hostile_texts import CPR, hostile_text, with_cpr
from slowest import Slowest

from bot.channel import refusals
from bot.channel.escaping import escape
from common.plain_text import cleaned
from workbench.dialogues.citizen import Broken as ChatBroken

if TYPE_CHECKING:
    from fuzz.citizen import FuzzCitizen

    from workbench.dialogues.assertions import Turn

_FAULTS = {"utter_technical_error", "utter_actions_down", "utter_send_failed"}
_UNREADABLE = refusals.unreadable().message
_FIGURES = "".join(sign for sign in CPR if sign.isdigit())


class HostileCitizen:
    """Sends the hostile texts of given numbers, and notes failures in the figures of the run."""

    def __init__(self, citizen: "FuzzCitizen", log: Log, slowest: Slowest) -> None:
        """A citizen who has just opened the chat."""
        self._citizen, self._log, self._slowest = citizen, log, slowest

    def write(self, slot: str | None, first: int, count: int) -> None:
        """Sends the texts of these numbers, the first where `slot` is asked for, and then 'stop'."""
        come_to(slot, self._citizen)
        for number in range(first, first + count):
            text = with_cpr(hostile_text(self._slowest.seed, number), number)
            # The widget sends no empty text.
            if escape(cleaned(text)).strip():
                self._turn(text, slot, number)
        self._stop(first)
        self._check_stored(first)

    def _turn(self, text: str, slot: str | None, number: int) -> None:
        self._log.lines.clear()
        started = time.process_time()
        try:
            turn = self._citizen.say(text, twice=False)
        except ChatBroken as refused:
            # A text that cannot be masked in time is refused.
            if _UNREADABLE not in str(refused):
                self._slowest.breaks(f"refused at {slot}: {refused}", text, number)
            self._slowest.counts["refused"] += 1
            return
        finally:
            self._slowest.took(f"turn, {slot}", text, number, time.process_time() - started)
        if not turn.messages or names(turn) & _FAULTS:
            self._slowest.breaks(f"answered with {sorted(names(turn))} at {slot}", text, number)
        for line in self._log.lines:
            self._slowest.breaks(f"logged at {slot}: {line[:120]}", text, number)
        check_no_cpr(turn.messages, _FIGURES, "the answer")

    def _stop(self, number: int) -> None:
        turn: Turn = self._citizen.say("stop", twice=False)
        if turn.asking:
            turn = self._citizen.say("ja", twice=False)
        if turn.asking:
            self._slowest.breaks(f"not stopped; asking for {turn.asking}", "stop", number)

    def _check_stored(self, number: int) -> None:
        check_no_cpr(self._citizen.events(), _FIGURES, "the conversation")
        check_no_cpr([one.payload for one in self._citizen.received()], _FIGURES, "what Jura has")
