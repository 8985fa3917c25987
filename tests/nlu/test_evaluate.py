"""`script/bot evaluate`: sampling lines, errors in files, and the report by topic."""

from collections import Counter

import pytest

from workbench.evaluate.report import labels
from workbench.shared.lines import Line, LinesError, read_lines, sample, write_lines
from workbench.shared.measures import Judgement


def test_a_sample_of_the_lines_keeps_the_labels_shares(training, tmp_path):
    part = sample(training, 2000)
    write_lines(part, tmp_path / "part.yml")
    assert len(part) == 2000 and part == sample(training, 2000)
    assert sorted(read_lines(tmp_path), key=str) == sorted(part, key=str)
    whole, counts = Counter(line.label for line in training), Counter(line.label for line in part)
    share = 2000 / len(training)
    assert all(abs(counts[label] - whole[label] * share) <= 1 for label in whole)


def test_too_small_a_sample_is_refused_with_the_minimum(training):
    with pytest.raises(LinesError, match="at least 122"):
        sample(training, 50)


def test_a_file_with_a_yaml_error_is_named(tmp_path):
    (tmp_path / "forkert.yml").write_text("nlu:\n  - intent: [", encoding="utf-8")
    with pytest.raises(LinesError, match=r"forkert\.yml"):
        read_lines(tmp_path)


def test_the_worst_topics_are_listed_with_what_they_were_taken_for():
    lines = [Line("a", "faq_emne"), Line("b", "faq_emne"), Line("c", "faq_notes")]
    judgements = [Judgement(label, 0.9, False, 1.0) for label in ("faq_emne", "faq_notes", "faq_notes")]
    assert "| faq_emne | 0,67 | 2 | 1 | faq_notes (1) |" in labels(lines, judgements)
