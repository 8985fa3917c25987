"""A random walk. Its steps are abstract: the words depend on what is asked for."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from fuzz.invariants import check, check_no_cpr
from fuzz.moment import Broken, Moment, Slots, names, new_receipts
from fuzz.oracle import SLOTS, Act, Said, as_stored
from fuzz.sentences import Sentence, answers, marked, plain_answer, questions, sentences

from workbench.dialogues.assertions import Turn
from workbench.dialogues.citizen import Broken as ChatBroken

if TYPE_CHECKING:
    from fuzz.citizen import FuzzCitizen

Open = Callable[[str], "FuzzCitizen"]
SILENCE_MINUTES = 31
# With more silences, the days that the sentences name would change.
_MOST_SILENCES = 8
_STOP = Sentence("stop", marks=frozenset({"stop"}))
_YES = Sentence("ja", marks=frozenset({"yes"}))
_QUESTION = Sentence("må jeg optage et møde?", topic="may_i_record")
# A request takes at most so many answers, including questions in between.
_MOST_ANSWERS = 20


@dataclass(frozen=True)
class Step:
    """One step. The numbers select among the choices; `text`: the text of `loose`, the kind of `wish`."""

    kind: str
    first: int = 0
    second: int = 0
    text: str = ""


@dataclass
class Figures:
    """The counts of a run."""

    seed: int = 0
    walks: int = 0
    turns: int = 0
    sent: int = 0
    stopped: int = 0
    questions: int = 0
    answered: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The line of the summary."""
        return (
            f"fuzz: {self.turns} turns in {self.walks} walks from seed {self.seed}, {len(self.asked) - 1} slots asked "
            f"for, {self.sent} requests sent, stopped {self.stopped} times, "
            f"{self.answered} of {self.questions} questions answered as meant; "
            f"{len(self.broken)} broken invariants{': ' * bool(self.broken)}{'; '.join(self.broken)}"
        )


class Log(logging.Handler):
    """Collects logged errors: a failed turn may still have an answer."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()[:300]}")


class Walk:
    """A conversation whose invariants are checked after every turn."""

    def __init__(self, citizen: "FuzzCitizen", log: Log, figures: Figures) -> None:
        """A citizen who has just opened the chat."""
        self._citizen, self._log, self._figures = citizen, log, figures
        self._log.lines.clear()
        self._said = Said()
        self._last = self._citizen.greeting()
        self._slots = dict(self._citizen.slots())
        self._receipts: list[str] = []
        self._card: dict[str, Any] | None = None
        self._received: list[str] = []
        self._cpr: set[str] = set()
        self._silences = 0
        self.transcript: list[str] = []
        figures.walks += 1

    def hold(self, steps: list[Step]) -> None:
        """Runs the steps and a final stop. Raises Broken with the transcript."""
        try:
            for step in steps:
                self._do(step)
            self._stop()
            self._end()
        except (Broken, ChatBroken) as broken:
            raise Broken(f"{broken}\n\n" + "\n".join(self.transcript)) from None
        finally:
            # Requests that still wait must not reach the next walk.
            self._citizen.jura_is("up")
            self._citizen.received()
            self._citizen.leave()

    def _do(self, step: Step) -> None:
        if choose := _SENTENCES.get(step.kind):
            asked = self._slots.get("requested_slot")
            self._say(choose(step, asked), twice=step.kind == "twice")
            return
        match step.kind:
            case "press":
                self._press(step.first)
            case "loose":
                # The widget sends no empty text; tests/channel tests that it is refused.
                if as_stored(step.text):
                    self._say(Sentence(step.text, marks=frozenset({"noise"})))
            case "finish":
                self._finish()
            case "again":
                self._again()
            case "silence":
                self._wait()
            case "stop":
                self._stop()
            case _:
                raise ValueError(step.kind)

    def _finish(self) -> None:
        """Answers plainly until the request is sent; presses the first button of a question in between."""
        for _ in range(_MOST_ANSWERS):
            slot = self._slots.get("requested_slot")
            if slot is None:
                return
            if self._last.asking != slot or slot == "request_type":
                self._press(0)
            else:
                self._say(_YES if slot == "review" else plain_answer(slot))

    def _say(self, sentence: Sentence, twice: bool = False) -> None:
        if sentence.cpr:
            self._cpr.add(sentence.cpr)
        self._turn(Act(sentence), partial(self._citizen.say, sentence.text[:4000], twice))

    def _press(self, number: int) -> None:
        offered = self._citizen.offered()
        if not offered:
            return self._say(_pick(sentences(), number))
        title, payload = _pick(offered, number)
        self._turn(Act(title=title, payload=payload), partial(self._citizen.press, title, False))

    def _turn(self, act: Act, do: Any) -> None:
        self._said.acts.append(act)
        self.transcript.append(f"  Borger: {act.shown[:300]}")
        turn: Turn = do()
        self.transcript += [f"    {m['name']}: {' '.join(str(m['text']).split())[:90]}" for m in turn.messages]
        after = dict(self._citizen.slots())
        received = self._citizen.received()
        before, asked_by = self._slots, self._last
        self._slots, self._last = after, turn
        self._count(act, before, turn)
        receipts = [message["card"]["reference"] for message in new_receipts(turn, self._receipts)]
        known = frozenset(self._receipts)
        check(Moment(self._said, before, asked_by, after, turn, received, known, self._card), self._log.lines)
        cards = [message["card"] for message in turn.messages if (message["card"] or {}).get("type") == "review"]
        self._card = cards[-1] if cards else self._card
        self._figures.sent += len(receipts)
        self._receipts += receipts
        self._received += [str(one.payload["reference"]) for one in received]
        for cpr in self._cpr:
            check_no_cpr([one.payload for one in received], cpr, "what Jura has")
            check_no_cpr(turn.messages, cpr, "the answer")

    def _count(self, act: Act, before: Slots, turn: Turn) -> None:
        asked = before.get("requested_slot")
        self._figures.turns += 1
        self._figures.asked[str(asked)] += 1
        # At this slot, a question is the text for Jura.
        if act.sentence and act.sentence.topic and act.sentence is not _QUESTION and asked != "question_text":
            self._figures.questions += 1
            self._figures.answered += f"utter_faq_{act.sentence.topic}" in names(turn)

    def _again(self) -> None:
        """Repeats the last message: the same answer, and no other effect."""
        self.transcript.append("  (den samme besked igen)")
        self._figures.turns += 1
        if not self._citizen.again():
            raise Broken("again: another answer")
        if dict(self._citizen.slots()) != self._slots or self._citizen.received():
            raise Broken("again: something happened twice")

    def _wait(self) -> None:
        if self._silences < _MOST_SILENCES:
            self._silences += 1
            self.transcript.append(f"  ({SILENCE_MINUTES} minutters stilhed)")
            self._citizen.wait(SILENCE_MINUTES)

    def _stop(self) -> None:
        """'stop', confirmed with 'ja' if asked, ends the form; then a question is answered."""
        self._say(_STOP)
        if "utter_confirm_stop" in names(self._last):
            self._say(_YES)
        left = {slot: self._slots[slot] for slot in (*SLOTS, "requested_slot") if self._slots.get(slot) is not None}
        if self._slots.get("requested_slot") is not None or "request_type" in left:
            raise Broken(f"stop: did not stop; left {left}")
        self._figures.stopped += 1
        self._say(_QUESTION)

    def _end(self) -> None:
        if sorted(set(self._received)) != sorted(self._received):
            raise Broken("sent: one request twice")
        self._citizen.jura_is("up")
        late = self._citizen.received()
        missing = set(self._receipts) ^ {*self._received, *(str(one.payload["reference"]) for one in late)}
        if missing:
            raise Broken(f"sent: receipts and what Jura has differ: {missing}")
        for cpr in self._cpr:
            check_no_cpr(self._citizen.events(), cpr, "the conversation")
            check_no_cpr([one.payload for one in late], cpr, "what Jura has")


def _pick(choices: Any, number: int) -> Any:
    return choices[number % len(choices)]


def _answer(step: Step, asked: str | None) -> Sentence:
    return _pick(answers(asked) or questions(), step.first)


def _wish(step: Step, _: str | None) -> Sentence:
    """A wish for a request of a type, for several meetings, or for somebody else."""
    found = [one for one in sentences() if "request_type" in one.fills]
    marks = ("several", "behalf")
    if step.text in marks:
        return _pick([one for one in found if step.text in one.marks], step.first)
    plain = [one for one in found if not one.marks and set(one.fills) == {"request_type"}]
    return _pick([one for one in plain if step.text in one.fills["request_type"]], step.first)


# The sentence of a step, by its kind.
_SENTENCES: dict[str, Callable[[Step, str | None], Sentence]] = {
    "wish": _wish,
    "answer": _answer,
    "twice": _answer,
    "say": lambda step, _: _pick(sentences(), step.first),
    "both": lambda step, _: _pick(sentences(), step.first) + _pick(sentences(), step.second),
    "meeting": lambda step, _: _pick(marked("meeting", "several"), step.first),
    "second": lambda step, _: _pick(marked("second", "behalf", "myself"), step.first),
    "ask": lambda step, _: _pick(questions(), step.first),
}
