"""What a citizen wrote is masked once more on its way into the outbox, and nothing else of a request is touched."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from common.cpr import MASK
from legal.masking import FIELDS, masked
from legal.outbox import Outbox
from legal.schema import SCHEMA, SCHEMA_1
from tests.unit.legal.samples import at, changed, richer

Make = Callable[..., dict[str, Any]]
CPR = "010270-1234"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("recording", "applicant.name"),
        ("recording", "behalf.name"),
        ("question", "behalf.words"),
        ("recording", "meetings.0.department_text"),
        ("notes", "meetings.1.department_text"),
        ("notes", "meetings.1.recurrence"),
        ("recording", "recording.explanation"),
        ("notes", "notes.wanted"),
        ("question", "question.text"),
    ],
)
@pytest.mark.parametrize("written", [CPR, "0102701234", "nul en nul to halvfjerds tolv fireogtredive"])
def test_a_cpr_number_is_not_stored(outbox: Outbox, draft: Make, kind: str, path: str, written: str) -> None:
    entry = outbox.store(changed(richer(draft(kind)), path, f"Li {written} Ng"), "o", "c")
    assert at(outbox.get(entry.id).payload, path) == f"Li {MASK} Ng"


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("recording", "applicant.name"),
        ("recording", "meeting.department_text"),
        ("recording", "recording.explanation"),
        ("notes", "notes.wanted"),
        ("question", "question.text"),
    ],
)
def test_nor_is_it_in_a_request_of_version_1(outbox: Outbox, draft: Make, kind: str, path: str) -> None:
    entry = outbox.store(changed(draft(kind, 1), path, f"Li {CPR} Ng"), "o", "c")
    assert at(outbox.get(entry.id).payload, path) == f"Li {MASK} Ng"


def test_an_address_with_a_cpr_number_in_it_is_left_out(outbox: Outbox, draft: Make) -> None:
    """Masked it would be nobody's address, or somebody else's."""
    entry = outbox.store(changed(draft(), "applicant.email", f"li.{CPR}@example.dk"), "o", "c")
    assert entry.payload["applicant"]["email"] is None and entry.payload["applicant"]["phone"] == "+4538214236"
    assert CPR not in json.dumps(outbox.get(entry.id).payload)


def test_without_another_way_to_reach_the_citizen_it_is_refused(outbox: Outbox, draft: Make) -> None:
    alone = changed(changed(draft(), "applicant.phone", None), "applicant.email", f"{CPR}@example.dk")
    with pytest.raises(ValueError, match="applicant: mangler både e-mail og telefon") as error:
        outbox.store(alone, "o", "c")
    assert CPR not in str(error.value) and not outbox.entries()


@pytest.mark.parametrize(
    ("kind", "path", "most"), [("recording", "recording.explanation", 2000), ("question", "question.text", 4000)]
)
def test_a_text_that_masking_makes_too_long_is_stored_and_not_lost(
    outbox: Outbox, draft: Make, kind: str, path: str, most: int
) -> None:
    text = "æ" * (most - 11) + " 0102701234"
    stored = at(outbox.store(changed(draft(kind), path, text), "o", "c").payload, path)
    assert len(stored) == most and "0102701234" not in stored and stored.startswith("æ" * 1900)


@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_nothing_else_is_touched(draft: Make, payload: Make, kind: str) -> None:
    for whole in (payload(kind), richer(payload(kind)), payload(kind, 1)):
        assert masked(whole) == whole


def test_numbers_that_are_no_words_of_the_citizens_stay(payload: Make) -> None:
    whole = payload()
    # By their figures alone all of these could be CPR numbers.
    whole["applicant"]["phone"] = "+450102701234"
    whole["meetings"][0]["date"], whole["meetings"][0]["time"] = "2001-02-03", "12:34"
    whole["assistant"]["conversation"] = "0102701234"
    whole["id"], whole["submitted_at"] = "01936f2e-0102-7012-8340-010270123456", "2001-02-03T12:34:56+01:00"
    assert masked(whole) == whole


def test_what_is_no_text_is_left_to_the_schema(outbox: Outbox, draft: Make) -> None:
    for path, value in (
        ("applicant", None),
        ("applicant.name", 7),
        ("recording", []),
        ("recording.explanation", [CPR]),
        ("meetings", CPR),
        ("meetings", [CPR]),
        ("behalf", [CPR]),
        ("behalf", {"words": [CPR]}),
    ):
        with pytest.raises(ValueError, match=path.split(".")[0]) as error:
            outbox.store(changed(draft(), path, value), "o", "c")
        assert CPR not in str(error.value)
    assert not outbox.entries()


def test_a_text_that_cannot_be_looked_through_in_time_is_not_stored(
    outbox: Outbox, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from common.patterns import OutOfTime

    def slow(text: str) -> tuple[str, int]:
        raise OutOfTime("x", len(text))

    monkeypatch.setattr("legal.masking.mask", slow)
    with pytest.raises(ValueError, match=r"applicant\.name: kunne ikke læses igennem for CPR-numre i tide"):
        outbox.store(draft(), "o", "c")
    assert not outbox.entries()


def _free(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> set[str]:
    """The fields of the schema in which any words may stand."""
    found: set[str] = set()
    for name, field in node.get("properties", {}).items():
        here = f"{path}.{name}".strip(".")
        own = {**schema["$defs"][field["$ref"].rpartition("/")[2]], **field} if "$ref" in field else field
        kinds = own.get("type", [])
        fixed = own.get("format") not in (None, "email") or {"enum", "const"} & own.keys()
        # A pattern that names the characters that may stand, and not those that may not, leaves no room for words.
        narrow = own.get("pattern", "^[^").startswith("^[^") is False
        if "string" in kinds and not fixed and not narrow:
            found.add(here)
        found |= _free(schema, own, here) | _free(schema, own.get("items", {}), f"{here}.*")
    return found


def test_every_field_for_words_is_listed() -> None:
    ours = {"assistant.version", "recording.terms.text_version"}
    assert (_free(SCHEMA, SCHEMA) | _free(SCHEMA_1, SCHEMA_1)) - ours == set(FIELDS)


@pytest.mark.parametrize(("path", "most"), FIELDS.items())
def test_the_limits_are_the_schemas(path: str, most: int) -> None:
    limits = []
    for schema in (SCHEMA, SCHEMA_1):
        node: dict[str, Any] = schema
        for step in path.split("."):
            node = node.get("items", {}) if step == "*" else node.get("properties", {}).get(step, {})
        # Only one of both versions knows a field of meetings, or of somebody else.
        if node:
            limits.append(node.get("maxLength"))
    assert limits and set(limits) == {most}


@pytest.mark.parametrize(
    "terms",
    [
        None,
        {},
        {"text_version": "2026-11"},
        {"text_version": "2026-11", "accepted_at": None},
        {"text_version": "2026-11", "accepted_at": ""},
        {"text_version": "2026-11", "accepted_at": "ja"},
        {"text_version": "2026-11", "accepted_at": True},
        {"text_version": None, "accepted_at": "2026-12-01T09:59:00+01:00"},
        {"accepted_at": "2026-12-01T09:59:00+01:00"},
    ],
)
def test_a_recording_without_a_yes_to_the_terms_is_not_stored(outbox: Outbox, draft: Make, terms: Any) -> None:
    with pytest.raises(ValueError, match=r"recording\.terms"):
        outbox.store(changed(draft(), "recording.terms", terms), "o", "c")
    assert not outbox.entries()
