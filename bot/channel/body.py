"""Reads and validates the JSON body of a turn or of feedback; a refusal names the invalid field."""

import uuid

from sanic import Request
from sanic.exceptions import SanicException

from bot.channel import refusals
from bot.channel.escaping import escape
from common import patterns

LONGEST_TEXT = 4000
# uuid.UUID also accepts underscores, full-width digits, braces and 'urn:uuid:'.
_UUID = patterns.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")


def read_turn(request: Request) -> tuple[str, str | None, str | None]:
    """The id, text and payload of a turn, text or payload being None. Raises the 422 or 413 Refusal."""
    body = _object(request)
    turn_id = body.get("id")
    if not isinstance(turn_id, str) or not _UUID.fullmatch(turn_id):
        raise refusals.malformed("id", "det skal være et UUID.")
    _refuse_others(body, "id", "text", "payload")
    text, payload = body.get("text"), body.get("payload")
    if (text is None) == (payload is None):
        raise refusals.malformed("text", "der skal være enten 'text' eller 'payload'.")
    text, payload = _optional_text("text", text), _optional_text("payload", payload)
    if text is not None and len(text) > LONGEST_TEXT:
        raise refusals.too_long(LONGEST_TEXT)
    return str(uuid.UUID(turn_id)), text, payload


def read_feedback(request: Request) -> tuple[str, bool]:
    """The id of a message, and whether it helped. Raises the 422 Refusal."""
    body = _object(request)
    message, helped = body.get("message"), body.get("helped")
    if not isinstance(message, str) or not message:
        raise refusals.malformed("message", "det skal være en beskeds id.")
    if not isinstance(helped, bool):
        raise refusals.malformed("helped", "det skal være true eller false.")
    _refuse_others(body, "message", "helped")
    return message, helped


def _refuse_others(body: dict[str, object], *known: str) -> None:
    if extra := set(body) - set(known):
        raise refusals.malformed(_printable(sorted(extra)[0]), "det kendes ikke.")


def _optional_text(name: str, value: object) -> str | None:
    if value is None or (isinstance(value, str) and escape(value)):
        return value
    raise refusals.malformed(name, "det skal være tekst, og der skal stå noget.")


def _object(request: Request) -> dict[str, object]:
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise refusals.malformed("body", "det skal sendes som JSON (Content-Type: application/json).")
    try:
        body = request.json
    except SanicException as error:
        raise refusals.malformed("body", "det er ikke gyldig JSON.") from error
    if not isinstance(body, dict):
        raise refusals.malformed("body", "det skal være et JSON-objekt.")
    return body


def _printable(name: str) -> str:
    """A field's name that is safe to repeat in the answer: valid characters, at most 60."""
    return escape(name)[:60] or "?"
