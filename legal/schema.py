"""Validates a request by the JSON Schema of its version; messages are Danish.

A message names the field and the remedy, never a value: values are personal data, and messages are logged.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from email_validator import EmailNotValidError, validate_email
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from common import patterns
from legal.reference import display, normalize


def _read(name: str) -> dict[str, Any]:
    return dict(json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8")))


SCHEMA = _read("request.schema.json")
SCHEMA_1 = _read("request-1.schema.json")
VERSION_1, VERSION_2 = "legal-request/1", "legal-request/2"

_KINDS = {"object": "et objekt", "array": "en liste", "string": "en tekst", "null": "null"}
_formats = FormatChecker(formats=["uuid"])


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


def _is_email(value: object) -> bool:
    return not isinstance(value, str) or bool(validate_email(value, check_deliverability=False))


def _is_reference(value: object) -> bool:
    return not isinstance(value, str) or display(normalize(value) or "") == value


_formats.checks("date-time", raises=ValueError)(_is_moment)
_formats.checks("date", raises=ValueError)(_is_date)
_formats.checks("email", raises=EmailNotValidError)(_is_email)
_formats.checks("legal-reference")(_is_reference)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """JSON Schema's `$` is the end of the text; Python's also matches before a last line break."""
    if isinstance(instance, str) and not patterns.search(patterns.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("pattern")


_Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _inlined(node: Any, shared: dict[str, Any]) -> Any:
    """The schema with references replaced by what they refer to, without `$id`.

    jsonschema resolves references in state shared by all threads, which fails if two threads start at once.
    """
    if isinstance(node, list):
        return [_inlined(one, shared) for one in node]
    if not isinstance(node, dict):
        return node
    own = {name: _inlined(value, shared) for name, value in node.items() if name not in ("$id", "$ref", "$defs")}
    return shared[node["$ref"].removeprefix("#/$defs/")] | own if "$ref" in node else own


def _validator(schema: dict[str, Any]) -> Any:
    return _Validator(_inlined(schema, schema["$defs"]), format_checker=_formats)


_SECOND = _validator(SCHEMA)
_FIRST = _validator(SCHEMA_1)


def _field(schema: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    """The schema of the field at this path; empty for the whole."""
    place = schema
    for step in path:
        place = place.get("items", {}) if isinstance(step, int) else place.get("properties", {}).get(step, {})
    return place if path else {}


def _remedy(error: ValidationError, schema: dict[str, Any]) -> str:
    rule = error.validator
    instance: Any = error.instance
    wanted: Any = error.validator_value
    if rule == "required":
        missing = [key for key in wanted if key not in instance]
        text = f"mangler {', '.join(missing)}. Tag feltet med, og skriv null, hvor det ikke gælder."
    elif rule == "additionalProperties":
        text = "har felter, som skemaet ikke kender. Fjern dem."
    elif rule == "anyOf":
        text = "mangler både e-mail og telefon. Udfyld mindst én af dem."
    elif rule == "type":
        kinds = [wanted] if isinstance(wanted, str) else list(wanted)
        # A rule under `then` holds for this type of request only.
        depends = " ved denne type anmodning" if "then" in error.absolute_schema_path else ""
        text = f"skal være {' eller '.join(_KINDS[kind] for kind in kinds)}{depends}."
    elif rule in ("enum", "const"):
        allowed = wanted if isinstance(wanted, list) else [wanted]
        text = f"skal være {' eller '.join(json.dumps(value) for value in allowed)}."
    else:
        text = f"er ikke gyldig. {_field(schema, tuple(error.absolute_path)).get('description', 'Se skemaet.')}"
    return text


def problems(payload: object) -> list[str]:
    """What is wrong with a payload: one Danish line per problem, empty if it is valid.

    A payload that says that it is of version 1 is checked by version 1, all others by version 2. Each line begins with
    the field's path, such as `applicant.phone`, and repeats no value.
    """
    try:
        # A lone surrogate is valid JSON but cannot be stored.
        json.dumps(payload, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return ["anmodningen: indeholder tegn, som ikke er gyldig Unicode. Fjern dem."]
    except (RecursionError, TypeError, ValueError):
        return ["anmodningen: er ikke gyldig JSON. Send ét objekt efter skemaet."]
    validator = _FIRST if isinstance(payload, dict) and payload.get("schema") == VERSION_1 else _SECOND
    found: dict[str, None] = {}
    for error in sorted(validator.iter_errors(payload), key=lambda error: [str(step) for step in error.absolute_path]):
        path = ".".join(str(step) for step in error.absolute_path) or "anmodningen"
        found[f"{path}: {_remedy(error, validator.schema)}"] = None
    return list(found)
