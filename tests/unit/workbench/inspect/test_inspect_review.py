"""`script/bot inspect`: the file of lines that staff marked as misunderstood."""

from pathlib import Path

import pytest

from common.settings import ROOT
from workbench.inspect.review import Review, ReviewError
from workbench.shared.lines import read_lines


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return Review(tmp_path / "gennemsyn" / "review.yml")


def test_reviewed_lines_are_valid_training_data(review: Review) -> None:
    review.note("Er det nok, at jeg ringer dagen før?", "faq_timing")
    review.note("min hukommelse svigter", "faq_special_needs")
    review.note("hvor sent: dagen før?", "faq_timing")
    lines = {(line.text, line.label) for line in read_lines(review.file.parent)}
    assert lines == {
        ("Er det nok, at jeg ringer dagen før?", "faq_timing"),
        ("hvor sent: dagen før?", "faq_timing"),
        ("min hukommelse svigter", "faq_special_needs"),
    }
    assert "Der bliver ikke trænet på filen" in review.file.read_text(encoding="utf-8")


def test_a_line_is_written_once(review: Review) -> None:
    assert review.note("dagen før?", "faq_timing").outcome == "new"
    assert review.note("Dagen før?", "faq_timing").outcome == "known"
    assert review.file.read_text(encoding="utf-8").lower().count("dagen før?") == 1


def test_a_line_keeps_its_last_label(review: Review) -> None:
    review.note("dagen før?", "faq_opening_hours")
    assert review.note("dagen før?", "faq_timing").outcome == "moved"
    assert review.labels() == {"dagen før?": "faq_timing"}


def test_the_review_file_holds_no_cpr_number(review: Review) -> None:
    review.note("mit cpr er 010190-1234, må jeg optage?", "faq_may_i_record")
    assert "1234" not in review.file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "to\nlinjer",
        "- en streg først",
        "[ord](date) i kantede parenteser",
        '{"a": 1}',
        "kolon: og # og 'citat' \"her\"",
        "nul\x00tegn",
        "emoji 😀 og æøå",
        "| > & * ! %",
    ],
)
def test_any_text_becomes_one_valid_line(review: Review, text: str) -> None:
    noted = review.note(text, "out_of_scope")
    assert [(line.text, line.label) for line in read_lines(review.file.parent)] == [(noted.line, "out_of_scope")]
    assert not set("[]{}") & set(noted.line), "Rasa reads brackets as annotated values"


def test_a_damaged_review_file_is_not_overwritten(review: Review) -> None:
    review.note("dagen før?", "faq_timing")
    damaged = review.file.read_text(encoding="utf-8") + "\n  - [skæv: indrykning\n"
    review.file.write_text(damaged, encoding="utf-8")
    with pytest.raises(ReviewError, match="kan ikke læses"):
        review.note("en ny", "faq_timing")
    assert review.file.read_text(encoding="utf-8") == damaged


def test_the_review_file_is_outside_the_training_data() -> None:
    # Rasa trains on all of data/; the review file lies in DATA_DIR, which git ignores.
    from workbench.inspect.command import REVIEW_FILE

    assert "/" not in REVIEW_FILE
    assert "/var/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
