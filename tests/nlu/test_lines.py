"""Training and development lines: enough of each label, no contradictions, no overlap."""

import re
from collections import Counter, defaultdict

import numpy as np
from rapidfuzz import fuzz, process

from bot.nlu.text import fold

_WIDE = {"out_of_scope": 300, "faq_not_on_page": 300}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text))) or text


def test_every_label_has_enough_lines(training, limits):
    counts = Counter(line.label for line in training)
    few = {name: n for name, n in counts.items() if n < _WIDE.get(name, limits.lines_per_label_at_least)}
    assert few == {}


def test_both_sets_have_the_same_labels(training, development):
    assert {line.label for line in development} == {line.label for line in training}


def test_no_development_line_is_a_near_copy_of_a_training_line(training, development, limits):
    likeness = process.cdist(
        [_plain(line.text) for line in development],
        [_plain(line.text) for line in training],
        scorer=fuzz.ratio,
        dtype=np.float32,
    )
    near = [
        (development[row].text, training[int(likeness[row].argmax())].text)
        for row in np.flatnonzero(likeness.max(axis=1) >= limits.likeness_below)
    ]
    assert near == []


def test_no_training_line_has_two_labels(training):
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for line in training:
        labels[line.text.lower().rstrip("?!. ")].add(line.label)
    assert {text: found for text, found in labels.items() if len(found) > 1} == {}


def test_lines_can_be_read_by_rasa(training, development):
    # Rasa reads brackets and braces as entities, a slash as a payload.
    odd = [line.text for line in [*training, *development] if re.search(r"[\[\]{}\\]|^[/-]", line.text)]
    assert odd == []
