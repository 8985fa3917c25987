"""Clauses of a text."""

import pytest

from bot.nlu.clauses import bare, clauses


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kun lyd", []),
        ("kun lyd, stop", ["kun lyd", "stop"]),
        ("kun lyd, men jeg gider ikke mere", ["kun lyd", "jeg gider ikke mere"]),
        ("nej. Og hvor mange er der igen?", ["nej", "hvor mange er der igen?"]),
        ("lyd\nstop", ["lyd", "stop"]),
        ("lyd - stop", ["lyd", "stop"]),
        ("lyd, fordi jeg glemmer det", ["lyd", "fordi jeg glemmer det"]),
    ],
)
def test_clauses_end_at_marks_and_joiners(text: str, said: list[str]) -> None:
    assert [bare(text[start:end]) for start, end in clauses(text) if bare(text[start:end])] == said


def test_a_long_text_has_twelve_at_most() -> None:
    assert len(clauses("ja, " * 40)) == 12
