"""Receives requests: POST /requests, if signed, authorized and valid (request.md, Payload)."""

import hmac
import json
import logging
from typing import Any

from flask import Blueprint, Response, jsonify, request
from standardwebhooks import Webhook, WebhookVerificationError
from werkzeug.exceptions import RequestEntityTooLarge

from common.settings import Settings
from legal.inbox.store import InboxStore
from legal.schema import SCHEMA, problems

LARGEST_REQUEST = 64 * 1024

log = logging.getLogger("indbakke")


class Refused(Exception):
    """A refused post: HTTP status, reason and remedy in Danish, and the wrong fields."""

    def __init__(self, status: int, error: str, details: list[str] | None = None) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.details = details or []


def _refusal(refused: Refused) -> tuple[Response, int]:
    return jsonify({"status": "refused", "error": refused.error, "problems": refused.details}), refused.status


def _signed(body: bytes, webhook: Webhook) -> bool:
    try:
        webhook.verify(body, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        # ValueError: headers or body that are not text, base64 or a list of signatures.
        return False
    return True


def _authorized(token: str | None) -> bool:
    given = request.headers.get("Authorization", "")
    return token is None or hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _trusted_body(webhook: Webhook, token: str | None) -> bytes:
    """The body, if its sender is authenticated; Refused otherwise."""
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise Refused(413, "Anmodningen fylder mere end 64 KB. Send en kortere tekst.") from error
    if request.mimetype != "application/json":
        raise Refused(415, "Indholdet skal være JSON. Send Content-Type: application/json.")
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Refused(415, "Indholdet må ikke være komprimeret. Send det uden Content-Encoding.")
    if not _signed(body, webhook):
        raise Refused(
            401,
            "Underskriften passer ikke, eller den er mere end fem minutter gammel. Underskriv efter Standard Webhooks "
            "med den fælles hemmelighed (LEGAL_WEBHOOK_SECRET), og se efter, at uret går rigtigt.",
        )
    if not _authorized(token):
        raise Refused(401, "Adgangsnøglen passer ikke. Send Authorization: Bearer med LEGAL_API_TOKEN.")
    return body


class _DuplicateField(ValueError):
    """An object has a field twice; readers differ in which one they take."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _DuplicateField
    return fields


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _payload(body: bytes) -> dict[str, Any]:
    """The valid request in a body; Refused otherwise."""
    try:
        payload: Any = json.loads(body, object_pairs_hook=_object, parse_constant=_no_number)
    except _DuplicateField as error:
        raise Refused(422, "Et felt står to gange. Send hvert felt én gang.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(422, "Indholdet er ikke gyldig JSON. Send ét objekt efter skemaet på /schema.") from error
    if wrong := problems(payload):
        raise Refused(422, "Anmodningen passer ikke til skemaet på /schema. Ret felterne, og send den igen.", wrong)
    if payload["id"] != request.headers["webhook-id"]:
        raise Refused(422, "Headeren webhook-id og feltet id er forskellige. De skal være ens.")
    return dict(payload)


def receive_blueprint(store: InboxStore, config: Settings) -> Blueprint:
    """POST /requests and GET /schema; both for machines, without a session."""
    blueprint = Blueprint("receiving", __name__)
    webhook = Webhook(config.legal_webhook_secret)

    def receive() -> tuple[Response, int]:
        payload = _payload(_trusted_body(webhook, config.legal_api_token))
        kept = store.add(payload)
        log.info("%s %s", payload["id"], {"new": "modtaget", "same": "modtaget igen", "other": "id er brugt"}[kept])
        if kept == "other":
            raise Refused(409, "Dette id er modtaget før med andet indhold. En ny anmodning skal have sit eget id.")
        return jsonify({"status": "received", "id": payload["id"]}), 201 if kept == "new" else 200

    def schema() -> Response:
        return Response(json.dumps(SCHEMA, ensure_ascii=False, indent=2), mimetype="application/schema+json")

    def refuse(refused: Refused) -> tuple[Response, int]:
        log.warning("en anmodning blev afvist med HTTP %d", refused.status)
        return _refusal(refused)

    blueprint.add_url_rule("/requests", view_func=receive, methods=["POST"])
    blueprint.add_url_rule("/schema", view_func=schema)
    blueprint.register_error_handler(Refused, refuse)
    return blueprint
