"""A message inside a request: text, label, values, and regular-expression cues."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from bot.nlu.acts.request.limits import CERTAIN, SURE, SURE_IN_A_REQUEST
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.certainty import UNDERSTOOD
from bot.nlu.clauses import UNBROKEN, bare
from bot.nlu.reading import LABEL_OF
from common import patterns
from common.acts import CHECK_NOTED
from common.rest import in_rest, joined
from common.settings import ROOT
from common.yaml_files import read_yaml


class Parsed(Protocol):
    """Rasa's Message or a parse result."""

    def get(self, key: str, /) -> Any:
        """The value under a key; None where there is none."""


_COMMAND = patterns.compile(r"/\w*\s*(?:[{(].*)?", patterns.DOTALL)
_CUES = ROOT / "data" / "values" / "cues.yml"
# Entity of learnt answers (bot/nlu/choices/component.py).
ANSWER = "answer"
# The kind of request that a label wishes for.
TYPE_OF_INTENT = {"request_recording": "recording", "request_notes": "notes", "request_question": "question"}


@dataclass(frozen=True)
class Found:
    """A value found by bot/nlu/values, with its place in the text."""

    entity: str
    value: Any
    start: int = 0
    end: int = 0
    negated: bool = False
    rule: str = ""


@dataclass(frozen=True)
class Answer:
    """Probability (0 to 1) of a learnt answer, for the whole message and for its best clause."""

    whole: float = 0.0
    part: float = 0.0


@dataclass(frozen=True)
class Message:
    """Text, label and values of a message."""

    text: str
    intent: str
    confidence: float
    found: tuple[Found, ...] = ()
    # Whether its questions are answered before the form runs.
    answered: bool = False
    # Its clauses with their own learnt answers (bot/nlu/choices/component.py).
    clauses: tuple[Found, ...] = ()
    # The label of each of its bare clauses and that label's probability, by the clause's text.
    labels: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    # What was answered before its first words.
    before: str = ""
    # Whether it is a part of what was written.
    apart: bool = False

    @classmethod
    def of(cls, latest: Parsed, *, whole: bool = False, days: Collection[str] = ()) -> "Message":
        """The message as the earlier components read it.

        `whole`: with the questions answered before the form runs; `days`: those of the known meetings.
        """
        raw = str(latest.get("text") or "")
        spans = None if whole else latest.get("rest")
        # Without the questions that are answered already.
        text = (raw if spans is None else joined(raw, spans)).removeprefix("\N{WORD JOINER}").strip()
        name, confidence = _label(latest) if spans is None else _label_of_the_rest(latest, spans)
        found = tuple(
            Found(
                entity=e["entity"],
                value=e.get("value"),
                start=_place(e.get("start"), spans),
                end=_place(e.get("end"), spans),
                negated=bool(e.get("negated")),
                rule=e.get("rule") or "",
            )
            for e in latest.get("entities") or ()
            # Values about something else: the day of a letter, the number of a husband.
            if not e.get("aside") or _is_one_of(days, e)
        )
        clauses = tuple(Found(ANSWER, e["value"], e["start"], e["end"]) for e in latest.get("clauses") or ())
        before = raw[: spans[0][0]] if spans else ""
        return cls(text, name, confidence, found, spans is not None, clauses, latest.get(LABEL_OF) or {}, before)

    @property
    def like_a_command(self) -> bool:
        """Whether a citizen typed text in the form of a payload."""
        return bool(_COMMAND.fullmatch(self.text))

    def cue(self, name: str) -> bool:
        """Whether the text matches that pattern of data/values/cues.yml."""
        return bool(cues()[name].search(self.text.lower()))

    def cue_in(self, name: str, part: str) -> bool:
        """Whether a part of the text matches that pattern."""
        return bool(cues()[name].search(part.lower()))

    def part(self, cue: str) -> str | None:
        """The text of the cue's group `text` (or `text2`, ...); None where the cue does not match."""
        found = cues()[cue].search(self.text.lower())
        named = next(
            (name for name, said in (found.groupdict() if found else {}).items() if said and name.startswith("text")),
            "",
        )
        return self.text[slice(*found.span(named))].strip() if found and named else None

    @property
    def yes(self) -> bool:
        """Whether this says yes explicitly."""
        # 'Det kan jeg ikke' starts like 'det kan jeg'.
        return self.cue("affirm") and not self.cue("torn") and not self.cue("deny")

    def within(self, start: int, end: int) -> "Message":
        """The part of the message from `start` to `end`, as a message."""
        found = tuple(
            replace(one, start=one.start - start, end=one.end - start)
            for one in self.found
            if one.entity == ANSWER or (start <= one.start and one.end <= end)
        )
        clauses = tuple(
            replace(one, start=one.start - start, end=one.end - start)
            for one in self.clauses
            if one.start < end and start < one.end
        )
        apart = self.apart or (start, end) != (0, len(self.text))
        before = "" if start else self.before
        return replace(self, text=self.text[start:end], found=found, clauses=clauses, before=before, apart=apart)

    def question_before(self) -> "Message":
        """The question that was answered before its first words, as a message."""
        return Message(self.before, self.intent, self.confidence)

    def values(self, *entities: str) -> list[Found]:
        """The values of these kinds that are not negated."""
        return [f for f in self.found if f.entity in entities and not f.negated]

    def named_slots(self) -> list[str]:
        """The slots that the citizen names."""
        text = self.text.lower()
        return [slot for slot, pattern in slot_names().items() if pattern.search(text)]

    def answers(self, slot: str) -> dict[str, "Answer"]:
        """Learnt answers to a slot by value (bot/nlu/choices/component.py); of several clauses, the highest."""
        answers: dict[str, Answer] = {}
        for one in (one for found in self.found if found.entity == ANSWER for one in found.value):
            if one["slot"] == slot:
                other = answers.get(one["value"], Answer())
                answers[one["value"]] = Answer(max(one["whole"], other.whole), max(one["part"], other.part))
        return answers

    @property
    def asks_what_is_noted(self) -> bool:
        """Whether a clause asks what is noted: 'og fik I min mail med?'"""
        label, certainty = self.labels.get(bare(self.text), ("", 0.0))
        return label == CHECK_NOTED and certainty >= UNDERSTOOD

    @property
    def unbroken(self) -> list[tuple[int, int]]:
        """Spans of values in which no sentence ends."""
        return [(one.start, one.end) for one in self.found if one.entity in UNBROKEN]

    @property
    def sentences(self) -> list[str]:
        """The sentences without their end marks."""
        said = (self.text[start:end].rstrip(".!?\n ") for start, end in sentence_spans(self.text, self.unbroken))
        return [one for one in said if one.strip()]

    @property
    def has_values(self) -> bool:
        """Whether values were found in it, the learnt answers apart."""
        return any(one.entity != ANSWER for one in self.found)

    def is_labelled(self, intent: str) -> bool:
        """Whether it surely has that label."""
        return self.intent == intent and self.confidence >= SURE

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())

    @property
    def is_question(self) -> bool:
        """Whether it has the form of a question, or a sure topic label and a sentence with that form."""
        topic = self.intent.startswith("faq_") and self.confidence >= CERTAIN
        return self.cue("question") or (topic and any(self.cue_in("question", one.strip()) for one in self.sentences))


def _is_one_of(days: Collection[str], entity: Mapping[str, Any]) -> bool:
    """Whether a date names one of these days."""
    if entity["entity"] != "date":
        return False
    said: Mapping[str, Any] = entity["value"]
    return not {*said["future"], *said["past"]}.isdisjoint(days)


def _label(latest: Parsed) -> tuple[str, float]:
    """Name and confidence of the label."""
    intent = latest.get("intent") or {}
    name, confidence = intent.get("name") or "nlu_fallback", float(intent.get("confidence") or 0.0)
    if name == "nlu_fallback":
        for label in latest.get("intent_ranking") or ():
            if label["name"] != name and label["confidence"] >= SURE_IN_A_REQUEST:
                return str(label["name"]), float(label["confidence"])
    return str(name), confidence


def _label_of_the_rest(latest: Parsed, spans: Sequence[Sequence[int]]) -> tuple[str, float]:
    """Label of the text left for the form: a wish for a request, else the surest part."""
    left = [act for act in latest.get("acts") or () if any(act["start"] == start for start, _ in spans)]
    best = max(left, key=lambda act: (act["act"] == "start", act["certainty"]), default=None)
    return (best["label"], float(best["certainty"])) if best else ("nlu_fallback", 0.0)


def _place(place: int | None, spans: Sequence[Sequence[int]] | None) -> int:
    return (place or 0) if spans is None else in_rest(place or 0, spans)


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return dict(read_yaml(Path(_CUES)))


@lru_cache(maxsize=1)
def cues() -> dict[str, patterns.Pattern]:
    """The compiled patterns of data/values/cues.yml, by name."""
    return {name: patterns.compile(pattern) for name, pattern in _file().items() if name != "slot_names"}


@lru_cache(maxsize=1)
def slot_names() -> dict[str, patterns.Pattern]:
    """Compiled patterns of the words that name a slot."""
    return {slot: patterns.compile(pattern) for slot, pattern in _file()["slot_names"].items()}
