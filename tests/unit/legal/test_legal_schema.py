"""The request schema follows request.md; errors are Danish and do not repeat values."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from legal import schema
from legal.schema import SCHEMA, SCHEMA_1, problems
from legal.upgrade import upgraded
from tests.unit.legal.samples import BEHALF, MISSING, changed, richer

Json = dict[str, Any]
Make = Callable[..., Json]


def fields(node: Json, path: str = "") -> list[tuple[str, Json]]:
    """Every field of the schema with its path; lists count by their first item."""
    found = []
    for name, field in node.get("properties", {}).items():
        here = f"{path}.{name}".strip(".")
        found += [(here, field), *fields(field, here), *fields(field.get("items", {}), f"{here}.0")]
    return found


@pytest.mark.parametrize("schema, number", [(SCHEMA, 2), (SCHEMA_1, 1)])
def test_both_schemas_are_draft_2020_12_with_their_version(schema: Json, number: int) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:legal-request:{number}"
    assert schema["properties"]["schema"]["const"] == f"legal-request/{number}"


@pytest.mark.parametrize("path, field", [*fields(SCHEMA), *fields(SCHEMA_1)])
def test_each_field_has_a_danish_description(path: str, field: Json) -> None:
    assert len(field["title"]) > 1 and len(field["description"]) > 10, path


@pytest.mark.parametrize("version", [2, 1])
@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_the_sample_requests_are_valid(payload: Make, kind: str, version: int) -> None:
    assert problems(payload(kind, version)) == []


def test_a_recording_from_before_who_comes_along_had_a_field_is_read_with_none(payload: Make) -> None:
    earlier = changed(payload(), "recording.support_person_text", MISSING)
    assert problems(earlier) == []
    recording = upgraded(earlier)["recording"]
    assert recording is not None and recording["support_person_text"] is None


@pytest.mark.parametrize(
    "kind, path",
    # The first requests of version 2 have no `remarks` and no `support_person_text`.
    [
        ("recording", path)
        for path, _ in fields(SCHEMA)
        if not path.startswith(("notes.", "question.", "remarks", "recording.support_person_text"))
    ]
    + [("notes", "notes.wanted"), ("question", "question.text")],
)
def test_no_key_may_be_missing(payload: Make, kind: str, path: str) -> None:
    parent, _, name = path.rpartition(".")
    wrong = problems(changed(payload(kind) | {"behalf": dict(BEHALF)}, path, MISSING))
    assert any(line.startswith(f"{parent or 'anmodningen'}: mangler {name}") for line in wrong), wrong


@pytest.mark.parametrize(
    "where", ["", "applicant", "behalf", "meetings.0", "recording", "recording.terms", "assistant"]
)
def test_no_key_may_be_added(payload: Make, where: str) -> None:
    wrong = problems(changed(richer(payload()), f"{where}.0101701234".strip("."), "x"))
    assert len(wrong) == 1 and wrong[0].startswith(f"{where or 'anmodningen'}: har felter")
    assert "0101701234" not in wrong[0]


@pytest.mark.parametrize(
    "kind, needed, forbidden",
    [
        ("recording", ["recording"], ["notes", "question"]),
        ("notes", ["notes"], ["recording", "question"]),
        ("question", ["question"], ["recording", "notes"]),
    ],
)
def test_the_type_decides_which_fields_are_null(
    payload: Make, kind: str, needed: list[str], forbidden: list[str]
) -> None:
    for part in needed:
        wrong = problems(changed(payload(kind), part, None))
        assert wrong == [f"{part}: skal være et objekt ved denne type anmodning."]
    others = payload("recording") | {"notes": payload("notes")["notes"], "question": payload("question")["question"]}
    for part in forbidden:
        wrong = problems(changed(payload(kind), part, others[part]))
        assert wrong == [f"{part}: skal være null ved denne type anmodning."]


GOOD: list[tuple[str, object]] = [
    ("applicant.name", "Li"),
    ("applicant.name", "O'Brien"),
    ("applicant.name", "Zoë von Ærø-Þórsdóttir"),
    ("applicant.name", "x" * 200),
    ("applicant.email", None),
    ("applicant.email", "søren@blåbær.dk"),
    ("applicant.phone", None),
    ("applicant.phone", "+4915112345678"),
    ("meetings.0.department", "unknown"),
    ("meetings.0.department_text", None),
    ("meetings.0.department_text", "Ydelsesservice,\n2. sal"),
    ("meetings.0.kind", "phone_call"),
    ("meetings.0.kind", "video_call"),
    ("meetings.0.date", None),
    ("meetings.0.date", "2028-02-29"),
    ("meetings.0.time", None),
    ("meetings.0.time", "00:00"),
    ("meetings.0.time", "23:59"),
    ("meetings.0.recurrence", "hver anden tirsdag"),
    ("meetings.0.recurrence", "x" * 200),
    ("behalf", None),
    ("behalf.name", None),
    ("behalf.name", "O'Brien"),
    ("behalf.relation", "guardian"),
    ("behalf.relation", "representative"),
    ("behalf.relation", "other"),
    ("behalf.words", "Jeg er partsrepræsentant.\nDet er for Li."),
    ("behalf.words", "x" * 500),
    ("recording.medium", "video"),
    ("recording.grounds", ["other"]),
    ("recording.grounds", ["documentation"]),
    ("recording.explanation", None),
    ("recording.explanation", "æ" * 2000),
    ("recording.support_person_possible", "yes"),
    ("recording.support_person_possible", "unsure"),
    ("recording.purpose", "other"),
    ("submitted_at", "2026-07-01T10:00:00+02:00"),
    ("submitted_at", "2026-07-01T10:00:00.123456+02:00"),
]


@pytest.mark.parametrize("path, value", GOOD)
def test_allowed_values(payload: Make, path: str, value: object) -> None:
    assert problems(changed(richer(payload()), path, value)) == []


BAD: list[tuple[str, object]] = [
    ("schema", "legal-request/3"),
    ("id", "01936f2e-7c00-4abc-8def-0123456789ab"),
    ("id", "01936F2E-7C00-7ABC-8DEF-0123456789AB"),
    ("id", "01936f2e7c007abc8def0123456789ab"),
    ("id", None),
    ("reference", "K7QF3MXP"),
    ("reference", "AAAA-AAAA"),
    ("reference", "2222-2222"),
    ("type", "complaint"),
    ("type", None),
    ("submitted_at", "2026-11-30T11:00:00"),
    ("submitted_at", "2026-12-01T09:00:00Z"),
    ("submitted_at", "2026-13-01T10:00:00+01:00"),
    ("submitted_at", "2026-12-01 10:00:00+01:00"),
    ("submitted_at", "i går"),
    ("applicant", None),
    ("applicant.name", ""),
    ("applicant.name", "   "),
    ("applicant.name", None),
    ("applicant.name", "x" * 201),
    ("applicant.name", "Li\nNg"),
    ("applicant.name", "Li\x00"),
    ("applicant.name", 7),
    ("applicant.email", ""),
    ("applicant.email", "anne@"),
    ("applicant.email", "anne.example.dk"),
    ("applicant.email", "anne@example.dk\n"),
    ("applicant.email", "a" * 250 + "@example.dk"),
    ("applicant.phone", ""),
    ("applicant.phone", "38210000"),
    ("applicant.phone", "+45 38 21 42 36"),
    ("applicant.phone", "+4538210000\n"),
    ("applicant.phone", "+0038214236"),
    ("applicant.phone", "+1234567890123456"),
    ("meetings.0.department", "Jobcenter"),
    ("meetings.0.department", "a"),
    ("meetings.0.department", "x" * 41),
    ("meetings.0.department", "jobcenter\n"),
    ("meetings.0.department", None),
    ("meetings.0.department_text", ""),
    ("meetings.0.department_text", "x" * 501),
    ("meetings.0.kind", "hybrid"),
    ("meetings.0.kind", None),
    ("meetings.0.date", "2026-02-29"),
    ("meetings.0.date", "20261203"),
    ("meetings.0.date", "3/12"),
    ("meetings.0.date", "2026-12-04\n"),
    ("meetings.0.time", "24:00"),
    ("meetings.0.time", "9:30"),
    ("meetings.0.time", "14.30"),
    ("meetings.0.recurrence", ""),
    ("meetings.0.recurrence", "x" * 201),
    ("meetings.0.recurrence", True),
    ("meetings", None),
    ("meetings", {}),
    ("behalf", "min mor"),
    ("behalf.name", ""),
    ("behalf.name", "  "),
    ("behalf.name", "Li\nNg"),
    ("behalf.name", "x" * 201),
    ("behalf.relation", "neighbour"),
    ("behalf.relation", None),
    ("behalf.words", ""),
    ("behalf.words", None),
    ("behalf.words", "x" * 501),
    ("behalf.words", "x\x1b[2J"),
    ("recording.medium", "photo"),
    ("recording.grounds", []),
    ("recording.grounds", ["memory", "memory"]),
    ("recording.grounds", ["because"]),
    ("recording.grounds", "memory"),
    ("recording.explanation", ""),
    ("recording.explanation", "x" * 2001),
    ("recording.explanation", "x\x1b[2J"),
    ("recording.support_person_possible", True),
    ("recording.purpose", "evidence"),
    ("recording.terms", None),
    ("recording.terms.text_version", ""),
    ("recording.terms.accepted_at", None),
    ("recording.terms.accepted_at", "2026-11-30"),
    ("assistant", None),
    ("assistant.version", ""),
    ("assistant.conversation", ""),
    ("assistant.conversation", "a b"),
]


@pytest.mark.parametrize("path, value", BAD)
def test_a_refused_value_is_named_by_its_field_and_not_repeated(payload: Make, path: str, value: object) -> None:
    wrong = problems(changed(richer(payload()), path, value))
    assert wrong and all(line.startswith(path) for line in wrong), wrong
    if isinstance(value, str) and len(value.strip()) > 4 and value != "video":
        assert not any(value.strip() in line.removeprefix(path) for line in wrong), wrong


@pytest.mark.parametrize("kind, path, longest", [("notes", "notes.wanted", 2000), ("question", "question.text", 4000)])
def test_free_text_has_a_maximum_length(payload: Make, kind: str, path: str, longest: int) -> None:
    assert problems(changed(payload(kind), path, "ø" * longest)) == []
    assert problems(changed(payload(kind), path, "ø" * (longest + 1)))[0].startswith(path)
    assert problems(changed(payload(kind), path, ""))[0].startswith(path)


def test_notes_may_have_no_text_but_a_question_must(payload: Make) -> None:
    assert problems(changed(payload("notes"), "notes.wanted", None)) == []
    assert problems(changed(payload("question"), "question.text", None))[0].startswith("question.text")


def test_one_of_email_and_telephone_is_required(payload: Make) -> None:
    for gone in ("email", "phone"):
        assert problems(changed(payload(), f"applicant.{gone}", None)) == []
    neither = changed(changed(payload(), "applicant.email", None), "applicant.phone", None)
    assert problems(neither) == ["applicant: mangler både e-mail og telefon. Udfyld mindst én af dem."]


def test_all_errors_are_named_at_once(payload: Make) -> None:
    both = changed(changed(payload(), "applicant.name", ""), "meetings.0.time", "25:00")
    assert {line.split(":")[0] for line in problems(both)} == {"applicant.name", "meetings.0.time"}


@pytest.mark.parametrize("thing", [None, [], "x", 7, {}, [[[[]]]], {"schema": float("nan")}, {1, 2}])
def test_anything_else_is_refused_without_an_exception(thing: object) -> None:
    assert problems(thing)


@pytest.mark.parametrize("version", [2, 1])
def test_concurrent_first_validations_do_not_disturb_each_other(
    payload: Make, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A validator resolves its references at the first use, when threads could interfere."""
    good, wrong = payload(version=version), changed(payload(version=version), "assistant.version", "")
    real = schema.patterns.search

    def search(*given: Any) -> Any:
        # Lets another thread run in the middle of a field.
        time.sleep(0.0005)
        return real(*given)

    monkeypatch.setattr(schema.patterns, "search", search)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            monkeypatch.setattr(schema, "_FIRST", schema._validator(SCHEMA_1))
            monkeypatch.setattr(schema, "_SECOND", schema._validator(SCHEMA))
            found = list(pool.map(problems, [good, wrong] * 8))
            assert found == [[], ["assistant.version: er ikke gyldig. 1 til 60 tegn på én linje."]] * 8


def test_text_that_cannot_be_encoded_is_refused(payload: Make) -> None:
    assert "Unicode" in problems(changed(payload("question"), "question.text", "\ud800"))[0]
