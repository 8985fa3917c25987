"""Jura's room: the address that requests are posted to: signature, token, size and schema are checked, then it is kept."""

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


def _refusal(status: int, error: str, details: list[str] | None = None) -> tuple[Response, int]:
    return jsonify({"status": "refused", "error": error, "problems": details or []}), status


def _signed(body: bytes, webhook: Webhook) -> bool:
    try:
        webhook.verify(body, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        # ValueError: headers or a body that are not even text, base64 or a list of signatures.
        return False
    return True


def _authorized(token: str | None) -> bool:
    given = request.headers.get("Authorization", "")
    return token is None or hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def receiving(store: InboxStore, config: Settings) -> Blueprint:
    """POST /requests, and GET /schema, which tells what it takes; both open to machines, without a session."""
    blueprint = Blueprint("receiving", __name__)
    webhook = Webhook(config.legal_webhook_secret)

    def receive() -> tuple[Response, int]:
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            return _refusal(413, "Anmodningen fylder mere end 64 KB. Send en kortere tekst.")
        if request.mimetype != "application/json":
            return _refusal(415, "Indholdet skal være JSON. Send Content-Type: application/json.")
        if not _signed(body, webhook):
            return _refusal(
                401,
                "Underskriften passer ikke, eller den er mere end fem minutter gammel. "
                "Underskriv efter Standard Webhooks med den fælles hemmelighed (LEGAL_WEBHOOK_SECRET), og se efter, at uret går rigtigt.",
            )
        if not _authorized(config.legal_api_token):
            return _refusal(401, "Adgangsnøglen passer ikke. Send Authorization: Bearer med LEGAL_API_TOKEN.")
        try:
            payload: Any = json.loads(body)
        except (ValueError, RecursionError):
            return _refusal(422, "Indholdet er ikke gyldig JSON. Send ét objekt efter skemaet på /schema.")
        if wrong := problems(payload):
            log.warning("en anmodning passede ikke til skemaet (%d fejl)", len(wrong))
            return _refusal(422, "Anmodningen passer ikke til skemaet på /schema. Ret felterne, og send den igen.", wrong)
        if payload["id"] != request.headers["webhook-id"]:
            return _refusal(422, "Headeren webhook-id og feltet id er forskellige. De skal være ens.")
        kept = store.add(payload)
        log.info("%s %s", payload["id"], {"new": "modtaget", "same": "modtaget igen", "other": "id er brugt"}[kept])
        if kept == "other":
            return _refusal(409, "Dette id er modtaget før med et andet indhold. En ny anmodning skal have sit eget id.")
        return jsonify({"status": "received", "id": payload["id"]}), 201 if kept == "new" else 200

    def schema() -> Response:
        return Response(json.dumps(SCHEMA, ensure_ascii=False, indent=2), mimetype="application/schema+json")

    blueprint.add_url_rule("/requests", view_func=receive, methods=["POST"])
    blueprint.add_url_rule("/schema", view_func=schema)
    return blueprint
