"""Held-out answers to choices are understood, and seldom misunderstood."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.reading import read
from bot.nlu.choices.choice_model import NOTHING, ChoiceModel
from bot.nlu.choices.component import FOLDER, ChoiceClassifier, answers
from bot.nlu.choices.files import ChoiceFileError, read_answers
from bot.nlu.values import find_values
from common.clock import parse_now

UNSEEN = Path(__file__).parent / "choices"
NOW: datetime = parse_now("2026-12-01T10:00:00+01:00")
TODAY = date(2026, 12, 1)
# Measured when set: 0.90 and 0.04. Not understood means asked again; misunderstood must be noticed at the review.
RIGHT_AT_LEAST = 0.85
WRONG_AT_MOST = 0.05


@pytest.fixture(scope="module")
def choices(agent: Any) -> ChoiceModel:
    """The model of the trained pipeline."""
    nodes = agent.processor.graph_runner._instantiated_nodes.values()
    return next(node._component._model for node in nodes if isinstance(node._component, ChoiceClassifier))


def _message(text: str, model: ChoiceModel) -> Message:
    found = [Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in find_values(text, NOW)]
    return Message(text, "inform", 0.9, (*found, Found("answer", answers(model, text)[0])))


def _answered(text: str, slot: str, model: ChoiceModel) -> set[str]:
    value = read(_message(text, model), "recording", slot, TODAY).values.get(slot)
    return set(value) if isinstance(value, list) else {value} if value else set()


def test_held_out_answers_to_choices_are_understood(choices: ChoiceModel) -> None:
    outcomes: Counter[str] = Counter()
    report: list[str] = []
    for slot, by_value in read_answers(UNSEEN).items():
        if slot == "agreement":
            continue
        meant: dict[str, set[str]] = {}
        for value, texts in by_value.items():
            for text in texts:
                meant.setdefault(text, set()).update({value} - {NOTHING})
        for text, values in meant.items():
            got = _answered(text, slot, choices)
            outcome = "right" if got == values else "wrong" if got - values else "asked again"
            outcomes[outcome] += 1
            report += [f"{slot}: {text!r} taken for {sorted(got)}"] if outcome == "wrong" else []
    total = outcomes.total()
    assert outcomes["wrong"] <= WRONG_AT_MOST * total, "\n".join([str(outcomes), *report])
    assert outcomes["right"] >= RIGHT_AT_LEAST * total, str(outcomes)


def test_no_held_out_answer_is_a_near_copy_of_a_training_answer() -> None:
    for slot, by_value in read_answers(UNSEEN).items():
        known = [text for texts in read_answers(FOLDER)[slot].values() for text in texts if len(text.split()) > 5]
        unseen = [text for texts in by_value.values() for text in texts if len(text.split()) > 5]
        likeness = process.cdist(unseen, known, scorer=fuzz.ratio, dtype=np.float32)
        near = [(unseen[row], known[int(likeness[row].argmax())]) for row in np.flatnonzero(likeness.max(axis=1) >= 90)]
        assert near == []


def test_training_a_choice_model_is_deterministic() -> None:
    said = {
        "recording_medium": {
            "audio": ["kun lyd", "bare lyd", "lyd tak"],
            "video": ["med kamera", "kamera tak", "video"],
        }
    }
    first, second = (ChoiceModel.fit(said, ["hvad koster det", "hej med dig"]) for _ in range(2))
    assert first.probabilities("med kamera") == second.probabilities("med kamera")
    kept = ChoiceModel.of(first.state())
    for slot, values in first.probabilities("med kamera").items():
        assert kept.probabilities("med kamera")[slot] == pytest.approx(values)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("slot: [", "is not YAML"),
        ("answers: {}", "needs a 'slot'"),
        ("slot: recording_medium\nanswers:\n  audio: |\n    uden streg\n", "begins with '- '"),
    ],
)
def test_an_unreadable_choice_file_is_named(tmp_path: Path, content: str, names: str) -> None:
    (tmp_path / "lyd.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ChoiceFileError, match=r"lyd\.yml") as told:
        read_answers(tmp_path)
    assert names in str(told.value)
