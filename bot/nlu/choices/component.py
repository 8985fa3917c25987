"""Rasa's component around the choice model: what an answer would choose, for each slot."""

import zlib
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.choices.choice_model import NOTHING, ChoiceModel
from bot.nlu.choices.files import read_answers
from bot.nlu.learning.kept import KeepsModel
from bot.nlu.reading import CLAUSES, REST, read_each
from common import patterns
from common.rest import joined
from common.settings import ROOT

FOLDER = ROOT / "data" / "choices"
ENTITY = "answer"
# Labels whose lines may well be the answer to a slot; the others' lines are none.
_ANSWERING = {"inform", "correct", "skip", "affirm", "deny", "faq_special_needs", "faq_support_person"}
# And those of follow-ups, which say by themselves nothing: 'den første', 'er det et krav'.
_FOLLOW_UP = "follow_"
# Every so many of the others is enough: some 400 lines. With six times as many, a third of the answers was lost.
_EVERY = 25
_EVERY_FOR_STEERING = 10
# What is less likely is of no use to anybody.
_LEAST = 0.1
# What a reason begins with: 'for jeg', and not 'for at'.
_WHY = r"fordi\b|eftersom\b|(?:for|da) (?:jeg|vi|han|hun)\b"
_GIVES_A_REASON = patterns.compile(rf"\b(?:{_WHY})", patterns.IGNORECASE)
# '..., men min nabo går gerne med til mødet'
_BRINGS = patterns.compile(r"\b(?:gå|går|kom|kommer|komme|tag|tager|tage|være)\b.{0,40}\bmed\b", patterns.IGNORECASE)
_CLAUSE = patterns.compile(rf"(?<=[.!?;,])\s+|\s(?={_WHY}|men\b|og\b|så\b)", patterns.IGNORECASE)
_LONGEST = 1000
_MOST_CLAUSES = 12
Shares = Mapping[str, Mapping[str, float]]
# A message is heard by its clause that says it best where a phrase, a reason, or who comes along stands in it.
_PHRASED = {"meeting_kind", "recording_medium", "recording_grounds", "recording_purpose", "support_person"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ChoiceClassifier(KeepsModel, EntityExtractorMixin):
    """Adds one `answer` entity: each slot's likely values.

    `whole`: how probable the value is as the answer of the whole message; `part`: of the clause that says it best.
    Which slot was asked for is not known here: the form's action decides which answers count.
    """

    MODEL = ChoiceModel
    FILE = "choices.skops"

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on data/choices and on the intents' lines that answer nothing, and keeps the model."""
        lines = [e.get(TEXT) for e in training_data.intent_examples if _answers_nothing(e.get(INTENT)) and e.get(TEXT)]
        return self.keep(fit(lines))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the answers to each message."""
        return read_each(messages, self._add_answers)

    def _add_answers(self, message: Message) -> None:
        spans = message.get(REST)
        text = message.get(TEXT) or ""
        text = (text if spans is None else joined(text, spans))[:_LONGEST]
        named = {found["entity"] for found in message.get(ENTITIES, [])}
        by_clause = bool(named & _PHRASED or _GIVES_A_REASON.search(text) or _BRINGS.search(text))
        found, clauses = answers(self._model, text, by_clause=by_clause)
        message.set(CLAUSES, clauses)
        if found:
            entity = {"entity": ENTITY, "start": 0, "end": len(text), "value": found, "rule": "learned"}
            entity["extractor"] = "ChoiceClassifier"
            message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)


def _answers_nothing(label: str | None) -> bool:
    return label not in _ANSWERING and not (label or "").startswith(_FOLLOW_UP)


def fit(lines: list[str], folder: Path = FOLDER) -> ChoiceModel:
    """The model of a folder of answers and of lines that answer nothing (some of them are taken)."""
    answers_ = read_answers(folder)
    if "steering" in answers_:
        # What steers is short and sounds like much else: it is told apart from more.
        steering = {**answers_["steering"]}
        steering[NOTHING] = [*steering.get(NOTHING, []), *_one_of(_EVERY_FOR_STEERING, lines)]
        answers_["steering"] = steering
    return ChoiceModel.fit(answers_, _one_of(_EVERY, lines))


def _one_of(every: int, lines: list[str]) -> list[str]:
    # By the line itself, not by its place: one line more takes or leaves no other, and moves no answer elsewhere.
    return [line for line in lines if zlib.crc32(line.encode()) % every == 0]


def answers(
    model: ChoiceModel | None, text: str, by_clause: bool = True
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """For each slot's likely values `slot`, `value`, `whole` and `part`; without `by_clause` the two are the same.

    And the clauses of the text, each with its `start`, its `end` and its own `value`; none where it has but one.
    """
    if model is None or not text.strip():
        return [], []
    spans = _clauses(text)
    whole, *rest = model.all_probabilities([text, *(text[start:end] for start, end in spans)])
    parts: defaultdict[tuple[str, str], float] = defaultdict(float)
    for clause in rest if by_clause else ():
        for slot, values in clause.items():
            for value, share in values.items():
                parts[slot, value] = max(parts[slot, value], share)
    clauses = [
        {"start": start, "end": end, "value": _likely(shares, {})}
        for (start, end), shares in zip(spans, rest, strict=True)
    ]
    return _likely(whole, parts), clauses


def _clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a text stand; none where it is one."""
    marks = [0, *(mark.end() for mark in _CLAUSE.finditer(text)), len(text)]
    spans = [(start, end) for start, end in pairwise(marks) if text[start:end].strip()][:_MOST_CLAUSES]
    return spans if len(spans) > 1 else []


def _likely(whole: Shares, parts: Mapping[tuple[str, str], float]) -> list[dict[str, Any]]:
    return [
        {"slot": slot, "value": value, "whole": round(share, 3), "part": round(best, 3)}
        for slot, values in whole.items()
        for value, share in values.items()
        if (best := max(share, parts.get((slot, value), 0.0))) >= _LEAST
    ]
