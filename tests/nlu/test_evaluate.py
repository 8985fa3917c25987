"""What staff see when they measure: lines taken in their shares, mistakes in a file named."""

from collections import Counter

import pytest

from workbench.evaluate.report import labels
from workbench.shared.lines import Line, LinesError, read_lines, sample, write_lines
from workbench.shared.measures import Judgement


def test_a_part_of_the_lines_has_each_label_in_its_share(training, tmp_path):
    part = sample(training, 2000)
    write_lines(part, tmp_path / "part.yml")
    assert len(part) == 2000 and part == sample(training, 2000)
    assert sorted(read_lines(tmp_path), key=str) == sorted(part, key=str)
    whole, counts = Counter(line.label for line in training), Counter(line.label for line in part)
    share = 2000 / len(training)
    assert all(abs(counts[label] - whole[label] * share) <= 1 for label in whole)


def test_too_few_lines_are_refused_with_the_least_number(training):
    with pytest.raises(LinesError, match="at least 118"):
        sample(training, 50)


def test_a_file_that_is_no_yaml_is_named(tmp_path):
    (tmp_path / "forkert.yml").write_text("nlu:\n  - intent: [", encoding="utf-8")
    with pytest.raises(LinesError, match=r"forkert\.yml"):
        read_lines(tmp_path)


def test_a_topic_of_ones_own_is_found_with_what_it_was_taken_for():
    lines = [Line("a", "faq_emne"), Line("b", "faq_emne"), Line("c", "faq_notes")]
    judgements = [Judgement(label, 0.9, False, 1.0) for label in ("faq_emne", "faq_notes", "faq_notes")]
    assert "| faq_emne | 0,67 | 2 | 1 | faq_notes (1) |" in labels(lines, judgements)
