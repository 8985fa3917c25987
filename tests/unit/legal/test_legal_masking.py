"""CPR numbers in a request's free texts are masked before it is stored; other values stay."""

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
def test_a_cpr_number_is_not_stored_in_a_version_1_request(outbox: Outbox, draft: Make, kind: str, path: str) -> None:
    entry = outbox.store(changed(draft(kind, 1), path, f"Li {CPR} Ng"), "o", "c")
    assert at(outbox.get(entry.id).payload, path) == f"Li {MASK} Ng"


def test_an_email_address_with_a_cpr_number_is_removed(outbox: Outbox, draft: Make) -> None:
    """A masked address would reach nobody, or somebody else."""
    entry = outbox.store(changed(draft(), "applicant.email", f"li.{CPR}@example.dk"), "o", "c")
    assert entry.payload["applicant"]["email"] is None and entry.payload["applicant"]["phone"] == "+4538214236"
    assert CPR not in json.dumps(outbox.get(entry.id).payload)


def test_a_request_whose_only_contact_was_removed_is_refused(outbox: Outbox, draft: Make) -> None:
    alone = changed(changed(draft(), "applicant.phone", None), "applicant.email", f"{CPR}@example.dk")
    with pytest.raises(ValueError, match="applicant: mangler både e-mail og telefon") as error:
        outbox.store(alone, "o", "c")
    assert CPR not in str(error.value) and not outbox.entries()


@pytest.mark.parametrize(
    ("kind", "path", "most"), [("recording", "recording.explanation", 2000), ("question", "question.text", 4000)]
)
def test_a_text_made_too_long_by_masking_is_shortened_and_stored(
    outbox: Outbox, draft: Make, kind: str, path: str, most: int
) -> None:
    text = "æ" * (most - 11) + " 0102701234"
    stored = at(outbox.store(changed(draft(kind), path, text), "o", "c").payload, path)
    assert len(stored) == most and "0102701234" not in stored and stored.startswith("æ" * 1900)


@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_masking_changes_nothing_else(draft: Make, payload: Make, kind: str) -> None:
    for whole in (payload(kind), richer(payload(kind)), payload(kind, 1)):
        assert masked(whole) == whole


def test_numbers_outside_free_text_are_not_masked(payload: Make) -> None:
    whole = payload()
    # The digits of all of these could be CPR numbers.
    whole["applicant"]["phone"] = "+450102701234"
    whole["meetings"][0]["date"], whole["meetings"][0]["time"] = "2001-02-03", "12:34"
    whole["assistant"]["conversation"] = "0102701234"
    whole["id"], whole["submitted_at"] = "01936f2e-0102-7012-8340-010270123456", "2001-02-03T12:34:56+01:00"
    assert masked(whole) == whole


def test_values_that_are_no_text_are_left_to_the_schema(outbox: Outbox, draft: Make) -> None:
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


def test_a_text_that_cannot_be_masked_in_time_is_not_stored(
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
    """The schema's fields that allow free text."""
    found: set[str] = set()
    for name, field in node.get("properties", {}).items():
        here = f"{path}.{name}".strip(".")
        own = {**schema["$defs"][field["$ref"].rpartition("/")[2]], **field} if "$ref" in field else field
        kinds = own.get("type", [])
        fixed = own.get("format") not in (None, "email") or {"enum", "const"} & own.keys()
        # A pattern that lists the allowed characters leaves no room for free text.
        narrow = own.get("pattern", "^[^").startswith("^[^") is False
        if "string" in kinds and not fixed and not narrow:
            found.add(here)
        found |= _free(schema, own, here) | _free(schema, own.get("items", {}), f"{here}.*")
    return found


def test_every_free_text_field_is_listed_for_masking() -> None:
    ours = {"assistant.version", "recording.terms.text_version"}
    assert (_free(SCHEMA, SCHEMA) | _free(SCHEMA_1, SCHEMA_1)) - ours == set(FIELDS)


@pytest.mark.parametrize(("path", "most"), FIELDS.items())
def test_the_masking_limits_are_the_schemas(path: str, most: int) -> None:
    limits = []
    for schema in (SCHEMA, SCHEMA_1):
        node: dict[str, Any] = schema
        for step in path.split("."):
            node = node.get("items", {}) if step == "*" else node.get("properties", {}).get(step, {})
        # Some fields exist in one version only.
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
