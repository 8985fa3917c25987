"""The body of a turn, read strictly: what does not have the shape is refused, naming the field."""

import uuid

from sanic import Request
from sanic.exceptions import SanicException

from bot.channel import refusals
from bot.channel.shield import shield
from common import patterns

LONGEST_TEXT = 4000
# Python's own reading of a UUID takes '1_0', full-width digits and much else besides.
_UUID = patterns.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")


def read_turn(request: Request) -> tuple[str, str | None, str | None]:
    """The id and the text or payload of a turn, one of them None; raises the Refusal that names what is wrong."""
    body = _object(request)
    found = body.get("id")
    if not isinstance(found, str) or not _UUID.fullmatch(found):
        raise refusals.malformed("id", "det skal være et UUID.")
    if extra := set(body) - {"id", "text", "payload"}:
        raise refusals.malformed(_printable(sorted(extra)[0]), "det kendes ikke.")
    text, payload = body.get("text"), body.get("payload")
    if (text is None) == (payload is None):
        raise refusals.malformed("text", "der skal være enten 'text' eller 'payload'.")
    text, payload = _words("text", text), _words("payload", payload)
    if text is not None and len(text) > LONGEST_TEXT:
        raise refusals.too_long(LONGEST_TEXT)
    return str(uuid.UUID(found)), text, payload


def _words(name: str, value: object) -> str | None:
    if value is None or (isinstance(value, str) and shield(value)):
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
    """A field's name as an answer can carry it: whole characters, and not the length of a body."""
    return shield(name)[:60] or "?"
