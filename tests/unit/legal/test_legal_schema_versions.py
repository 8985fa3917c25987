"""Both versions of the schema: what version 2 adds, and that version 1 is unchanged."""

from collections.abc import Callable
from typing import Any

import pytest

from legal.schema import problems
from tests.unit.legal.samples import SECOND_MEETING, changed, nameless, richer

Make = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_version_2_allows_several_meetings_and_somebody_else(payload: Make, kind: str) -> None:
    assert problems(richer(payload(kind))) == []


@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_neither_version_is_valid_as_the_other(payload: Make, kind: str) -> None:
    first, second = payload(kind, 1), payload(kind)
    assert "anmodningen: mangler meeting." in " ".join(problems(second | {"schema": "legal-request/1"}))
    assert "anmodningen: mangler behalf, meetings." in " ".join(problems(first | {"schema": "legal-request/2"}))
    for unknown in ("legal-request/3", None, ["legal-request/1"], {}, 1):
        assert problems(first | {"schema": unknown})[-1] == 'schema: skal være "legal-request/2".'


def test_version_1_is_validated_as_before(payload: Make) -> None:
    assert problems(changed(payload("question", 1), "applicant.name", None))[0].startswith("applicant.name")
    documented = changed(payload("recording", 1), "recording.grounds", ["documentation"])
    assert problems(documented) == [
        'recording.grounds.0: skal være "communication_impairment" eller "memory" eller "other".'
    ]


@pytest.mark.parametrize("kind", ["recording", "notes"])
def test_a_request_has_one_to_five_meetings_and_a_question_none(payload: Make, kind: str) -> None:
    for count, fits in ((0, False), (1, True), (5, True), (6, False)):
        wrong = problems(payload(kind) | {"meetings": [dict(SECOND_MEETING)] * count})
        assert (wrong == []) == fits, wrong
        assert all(line.startswith("meetings: er ikke gyldig. ") and "1 til 5" in line for line in wrong)
    wrong = problems(payload("question") | {"meetings": [dict(SECOND_MEETING)]})
    assert len(wrong) == 1 and wrong[0].startswith("meetings: er ikke gyldig. ")


def test_only_a_question_may_have_no_name(payload: Make) -> None:
    assert problems(nameless(payload("question"))) == []
    for kind in ("recording", "notes"):
        assert problems(nameless(payload(kind))) == [
            "applicant.name: skal være en tekst ved denne type anmodning.",
        ]
