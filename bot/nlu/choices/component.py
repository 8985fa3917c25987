"""Rasa component of the choice model: the likely values of each slot, by message and by clause."""

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.choices.choice_model import NOTHING, ChoiceModel
from bot.nlu.choices.files import read_answers
from bot.nlu.clauses import UNBROKEN, WHY, clauses
from bot.nlu.learning.model_component import ModelComponent
from bot.nlu.reading import CLAUSES, REST, read_each
from common import patterns
from common.acts import CHECK_NOTED, CHECK_STATUS, WILL_ASK
from common.rest import in_rest, joined
from common.settings import ROOT
from common.slots import ORDER

FOLDER = ROOT / "data" / "choices"
ENTITY = "answer"
# Labels whose training lines may answer a slot; the others' lines are counterexamples.
_ANSWERING = {"inform", "correct", "skip", "affirm", "deny", "faq_special_needs", "faq_support_person"}
# The lines of follow-ups are no counterexamples either, as they mean nothing by themselves: 'den første'.
_FOLLOW_UP = "follow_"
_OF_THE_REQUEST = (CHECK_NOTED, CHECK_STATUS)
# What is said in place of an answer leads up to a question or came after one of these.
_ASKED_FOR = {slot for slots in ORDER.values() for slot in slots} | {"review"}
# One in this many counterexamples is used; more of them cost answers (docs/decisions/0008-learnt-choices.md).
_EVERY = 25
_EVERY_FOR_STEERING = 10
_EVERY_FOR_TOLD = 3
# Of data/choices/told_of.yml: what adds to the reason or changes it.
_MORE = "recording_explanation"
# Less likely values are left out.
_LEAST = 0.1
_GIVES_A_REASON = patterns.compile(rf"\b(?:{WHY})", patterns.IGNORECASE)
# '..., men min nabo går gerne med til mødet'
_BRINGS = patterns.compile(r"\b(?:gå|går|kom|kommer|komme|tag|tager|tage|være)\b.{0,40}\bmed\b", patterns.IGNORECASE)
_LONGEST = 1000
Shares = Mapping[str, Mapping[str, float]]
# With one of these entities, a reason, or somebody who comes along in it, a message is also read by clause.
_PHRASED = {"meeting_kind", "recording_medium", "recording_grounds", "recording_purpose", "support_person"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ChoiceClassifier(ModelComponent, EntityExtractorMixin):
    """Adds one `answer` entity with the likely values of each slot, whichever slot is asked for.

    `whole`: the probability for the whole message; `part`: that for the clause where it is highest.
    """

    MODEL = ChoiceModel
    FILE = "choices.skops"

    def train(self, training_data: TrainingData) -> Resource:
        """Train on data/choices and on intent examples that answer no slot, and store the model."""
        examples = [e for e in training_data.intent_examples if _answers_nothing(e.get(INTENT)) and e.get(TEXT)]
        breaks_off = [e.get(TEXT) for e in examples if _breaks_off(e)]
        return self.keep(fit([e.get(TEXT) for e in examples], breaks_off))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the `answer` entity to each message."""
        return read_each(messages, self._add_answers)

    def _add_answers(self, message: Message) -> None:
        spans = message.get(REST)
        text = message.get(TEXT) or ""
        text = (text if spans is None else joined(text, spans))[:_LONGEST]
        values = message.get(ENTITIES, [])
        named = {found["entity"] for found in values}
        by_clause = bool(named & _PHRASED or _GIVES_A_REASON.search(text) or _BRINGS.search(text))
        unbroken = [one for one in values if one["entity"] in UNBROKEN]
        within = [(_place(one["start"], spans), _place(one["end"], spans)) for one in unbroken]
        found, of_clauses = answers(self._model, text, by_clause=by_clause, unbroken=within)
        message.set(CLAUSES, of_clauses)
        if self._model is not None and text.strip():
            # Also where no value is likely: what reads it then knows that the model was asked.
            entity = {"entity": ENTITY, "start": 0, "end": len(text), "value": found, "rule": "learned"}
            entity["extractor"] = "ChoiceClassifier"
            message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)


def _place(place: int, spans: Sequence[Sequence[int]] | None) -> int:
    return place if spans is None else in_rest(place, spans)


def _answers_nothing(label: str | None) -> bool:
    return label not in _ANSWERING and not (label or "").startswith(_FOLLOW_UP)


def _breaks_off(example: Message) -> bool:
    """Whether an example is said in place of an answer; questions about the request are read apart from answers."""
    label = example.get(INTENT)
    return label == WILL_ASK or (_after(example) in _ASKED_FOR and label not in _OF_THE_REQUEST)


def _after(example: Message) -> str | None:
    """What an example of data/nlu came after: a topic, or the slot asked for."""
    after: str | None = (example.get(METADATA) or {}).get(METADATA_INTENT, {}).get("after")
    return after


def fit(lines: list[str], breaks_off: Sequence[str] = (), folder: Path = FOLDER) -> ChoiceModel:
    """Train on a folder of answers, and on messages that answer no slot: some of `lines`, and all of `breaks_off`.

    `breaks_off`: what is said in place of an answer where a slot is asked for.
    """
    answers_ = read_answers(folder)
    if "steering" in answers_:
        # Steering is short and sounds like much else, so it gets more counterexamples.
        steering = {**answers_["steering"]}
        steering[NOTHING] = [*steering.get(NOTHING, []), *_sample(_EVERY_FOR_STEERING, lines)]
        answers_["steering"] = steering
    if grounds := answers_.get("recording_grounds"):
        # Whatever its ground, a reason is told; what gives none is the same.
        of_grounds = [line for value, said in grounds.items() if value != NOTHING for line in said]
        reason = answers_.get("reason", {})
        none = [*reason.get(NOTHING, []), *grounds.get(NOTHING, []), *_sample(_EVERY_FOR_STEERING, lines)]
        answers_["reason"] = {"told": [*reason.get("told", []), *of_grounds], NOTHING: none}
    if told := answers_.get("told_of"):
        answers_ |= _told_of(told, answers_.get("reason", {}).get("told", []), answers_.get("taken_back", {}))
    return ChoiceModel.fit(answers_, list(dict.fromkeys([*_sample(_EVERY, lines), *breaks_off])))


def _told_of(
    told: Mapping[str, list[str]], reasons: list[str], taken_back: Mapping[str, list[str]]
) -> dict[str, dict[str, list[str]]]:
    """What a clause tells or takes back of the request, and whether it adds to the reason; a reason may do or not."""
    others = {value: said for value, said in told.items() if value != _MORE}
    more = told[_MORE]
    # A reason tells of days and places that are not those of the request.
    nothing = [*others[NOTHING], *more, *_sample(_EVERY_FOR_TOLD, reasons)]
    gone = [line for what, said in taken_back.items() if what != NOTHING for line in said]
    return {
        "told_of": {**others, NOTHING: nothing},
        "reason_added": {"added": more, NOTHING: [*gone, *(line for said in others.values() for line in said)]},
        **({"taken_back": {**taken_back, NOTHING: [*taken_back.get(NOTHING, []), *more]}} if taken_back else {}),
    }


def _sample(every: int, lines: list[str]) -> list[str]:
    # By the line's checksum, not its index, so that one line more does not change which others are taken.
    return [line for line in lines if zlib.crc32(line.encode()) % every == 0]


def answers(
    model: ChoiceModel | None, text: str, by_clause: bool = True, unbroken: Sequence[tuple[int, int]] = ()
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the likely values of each slot as `slot`, `value`, `whole` and `part`, and the clauses of the text.

    Without `by_clause`, `part` equals `whole`. A clause has `start`, `end` and its own likely values as `value`; a text
    of one clause gives none. `unbroken`: spans in which no clause ends: 'Sundhed og Omsorg'.
    """
    if model is None or not text.strip():
        return [], []
    spans = clauses(text, unbroken)
    whole, *rest = model.all_probabilities([text, *(text[start:end] for start, end in spans)])
    parts: defaultdict[tuple[str, str], float] = defaultdict(float)
    for clause in rest if by_clause else ():
        for slot, values in clause.items():
            for value, share in values.items():
                parts[slot, value] = max(parts[slot, value], share)
    of_clauses = [
        {"start": start, "end": end, "value": _likely(shares, {})}
        for (start, end), shares in zip(spans, rest, strict=True)
    ]
    return _likely(whole, parts), of_clauses


def _likely(whole: Shares, parts: Mapping[tuple[str, str], float]) -> list[dict[str, Any]]:
    return [
        {"slot": slot, "value": value, "whole": round(share, 3), "part": round(best, 3)}
        for slot, values in whole.items()
        for value, share in values.items()
        if (best := max(share, parts.get((slot, value), 0.0))) >= _LEAST
    ]
