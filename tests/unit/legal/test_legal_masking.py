"""What a citizen wrote is masked once more on its way into the outbox, and nothing else of a request is touched."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from common.cpr import MASK
from legal.masking import FIELDS, masked
from legal.outbox import Outbox
from legal.schema import SCHEMA

Make = Callable[..., dict[str, Any]]
CPR = "010270-1234"


def _with(payload: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    *way, last = path.split(".")
    place = payload
    for step in way:
        place = place[step]
    place[last] = value
    return payload


def _at(payload: dict[str, Any], path: str) -> Any:
    for step in path.split("."):
        payload = payload[step]
    return payload


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
@pytest.mark.parametrize("written", [CPR, "0102701234", "nul en nul to halvfjerds tolv fireogtredive"])
def test_a_cpr_number_is_not_stored(outbox: Outbox, draft: Make, kind: str, path: str, written: str) -> None:
    entry = outbox.store(_with(draft(kind), path, f"Li {written} Ng"), "o", "c")
    assert _at(outbox.get(entry.id).payload, path) == f"Li {MASK} Ng"


def test_an_address_with_a_cpr_number_in_it_is_left_out(outbox: Outbox, draft: Make) -> None:
    """Masked it would be nobody's address, or somebody else's."""
    entry = outbox.store(_with(draft(), "applicant.email", f"li.{CPR}@example.dk"), "o", "c")
    assert entry.payload["applicant"]["email"] is None and entry.payload["applicant"]["phone"] == "+4538214236"
    assert CPR not in json.dumps(outbox.get(entry.id).payload)


def test_without_another_way_to_reach_the_citizen_it_is_refused(outbox: Outbox, draft: Make) -> None:
    alone = _with(_with(draft(), "applicant.phone", None), "applicant.email", f"{CPR}@example.dk")
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
    stored = _at(outbox.store(_with(draft(kind), path, text), "o", "c").payload, path)
    assert len(stored) == most and "0102701234" not in stored and stored.startswith("æ" * 1900)


@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_nothing_else_is_touched(draft: Make, payload: Make, kind: str) -> None:
    whole = payload(kind)
    assert masked(whole) == whole


def test_numbers_that_are_no_words_of_the_citizens_stay(payload: Make) -> None:
    whole = payload()
    # By their figures alone all of these could be CPR numbers.
    whole["applicant"]["phone"] = "+450102701234"
    whole["meeting"]["date"], whole["meeting"]["time"] = "2001-02-03", "12:34"
    whole["assistant"]["conversation"] = "0102701234"
    whole["id"], whole["submitted_at"] = "01936f2e-0102-7012-8340-010270123456", "2001-02-03T12:34:56+01:00"
    assert masked(whole) == whole


def test_what_is_no_text_is_left_to_the_schema(outbox: Outbox, draft: Make) -> None:
    for path, value in (
        ("applicant", None),
        ("applicant.name", 7),
        ("recording", []),
        ("recording.explanation", [CPR]),
    ):
        with pytest.raises(ValueError, match=path.split(".")[0]) as error:
            outbox.store(_with(draft(), path, value), "o", "c")
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


def _free(node: dict[str, Any], path: str = "") -> set[str]:
    """The fields of the schema in which any words may stand."""
    found: set[str] = set()
    for name, field in node.get("properties", {}).items():
        here = f"{path}.{name}".strip(".")
        own = {**SCHEMA["$defs"][field["$ref"].rpartition("/")[2]], **field} if "$ref" in field else field
        kinds = own.get("type", [])
        fixed = own.get("format") not in (None, "email") or {"enum", "const"} & own.keys()
        # A pattern that names the characters that may stand, and not those that may not, leaves no room for words.
        narrow = own.get("pattern", "^[^").startswith("^[^") is False
        if "string" in kinds and not fixed and not narrow:
            found.add(here)
        found |= _free(own, here) | _free(own.get("items", {}), here)
    return found


def test_every_field_for_words_is_listed() -> None:
    ours = {"assistant.version", "recording.terms.text_version"}
    assert _free(SCHEMA) - ours == set(FIELDS)


@pytest.mark.parametrize(("path", "most"), FIELDS.items())
def test_the_limits_are_the_schemas(path: str, most: int) -> None:
    node: dict[str, Any] = SCHEMA
    for step in path.split("."):
        node = node["properties"][step]
    assert node["maxLength"] == most


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
        outbox.store(_with(draft(), "recording.terms", terms), "o", "c")
    assert not outbox.entries()
