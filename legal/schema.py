"""Says in Danish what is wrong with a request, by the published JSON Schema of its own version.

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
    """JSON Schema's `$` is the end of the text; Python's also stands before a last line break."""
    if isinstance(instance, str) and not patterns.search(patterns.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("pattern")


_Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _inlined(node: Any, shared: dict[str, Any]) -> Any:
    """The schema with what it refers to in its place, and without an address of its own.

    jsonschema keeps in one place, for all threads, where it is while it follows a reference: of two that follow their
    first at the same moment, one fails.
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
    """The schema's own words about the field at this path; empty for the whole."""
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
        # The deciding rule lies in `then`: which type of request it is settles what must be there.
        depends = " ved denne type anmodning" if "then" in error.absolute_schema_path else ""
        text = f"skal være {' eller '.join(_KINDS[kind] for kind in kinds)}{depends}."
    elif rule in ("enum", "const"):
        allowed = wanted if isinstance(wanted, list) else [wanted]
        text = f"skal være {' eller '.join(json.dumps(value) for value in allowed)}."
    else:
        text = f"er ikke gyldig. {_field(schema, tuple(error.absolute_path)).get('description', 'Se skemaet.')}"
    return text


def problems(payload: object) -> list[str]:
    """What keeps a payload from being a request: one Danish line a problem, empty when there is none.

    What says that it is of version 1 is judged by version 1, all else by version 2. Each line begins with
    the field's path, as in `applicant.phone`. No line repeats a value.
    """
    try:
        # A lone surrogate is JSON, but no text: it could be neither stored nor shown.
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
