"""One signed POST to Jura's system, bounded in time and size, and what its answer means (request.md, Payload).

The signature (Standard Webhooks) uses the machine's clock, never `NOW`: the receiver checks its age.
"""

import json
import queue
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import requests
from standardwebhooks import Webhook
from urllib3.exceptions import NewConnectionError

from common.settings import Settings
from legal.outcome import Outcome
from legal.schedule import LONGEST_RETRY_AFTER

_CONNECT_SECONDS = 3.0
_ANSWER_BYTES = 64 * 1024
_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def retry_after(text: str | None) -> float | None:
    """The seconds of a Retry-After header (number or HTTP date), from 0 to a day; None if there are none."""
    if not text:
        return None
    try:
        seconds = float(text) if text.strip().isdecimal() else _until(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _until(text: str) -> float:
    moment = parsedate_to_datetime(text)
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _meaning(status: int, wait: float | None) -> Outcome:
    if 200 <= status < 300:
        return Outcome("delivered", status, "modtaget")
    if status == HTTPStatus.CONFLICT:
        return Outcome("delivered", status, "modtaget før")
    if 400 <= status < 500 and status not in _LATER:
        return Outcome("refused", status, f"afvist med HTTP {status}")
    return Outcome("retry", status, f"svarede HTTP {status}", wait)


def _headers(id: str, body: str, settings: Settings) -> dict[str, str]:
    moment = datetime.now(UTC)
    headers = {
        "Content-Type": "application/json",
        # No compression: a small answer could decompress to a huge one.
        "Accept-Encoding": "identity",
        "webhook-id": id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(settings.legal_webhook_secret).sign(id, moment, body),
    }
    if settings.legal_api_token:
        headers["Authorization"] = f"Bearer {settings.legal_api_token}"
    return headers


def _never_connected(error: requests.ConnectionError) -> bool:
    """Whether no connection was made at all, so that nothing was sent."""
    inner = error.args[0] if error.args else None
    return isinstance(getattr(inner, "reason", None), NewConnectionError)


def _exchange(payload: Mapping[str, Any], settings: Settings, timeout: float) -> Outcome:
    body = json.dumps(payload, ensure_ascii=False)
    try:
        with requests.Session() as session:
            # No proxy or password from the environment or ~/.netrc.
            session.trust_env = False
            with session.post(
                settings.legal_api_url,
                data=body.encode(),
                headers=_headers(payload["id"], body, settings),
                timeout=(min(_CONNECT_SECONDS, timeout), timeout),
                allow_redirects=False,
                stream=True,
            ) as answer:
                outcome = _meaning(answer.status_code, retry_after(answer.headers.get("Retry-After")))
                if outcome.kind == "delivered":
                    # Only a complete answer counts; at most so much of it is read.
                    read = 0
                    for piece in answer.iter_content(8192):
                        read += len(piece)
                        if read > _ANSWER_BYTES:
                            break
                return outcome
    except requests.ConnectTimeout:
        return Outcome("retry", None, "svarede ikke i tide", reached=False)
    except requests.Timeout:
        return Outcome("retry", None, "svarede ikke i tide")
    except requests.ConnectionError as error:
        return Outcome("retry", None, "ingen forbindelse", reached=not _never_connected(error))
    except Exception as error:  # The request is kept and tried again. Only the error's name: no content.
        return Outcome("retry", None, f"svaret kunne ikke læses ({type(error).__name__})")


def post(payload: Mapping[str, Any], settings: Settings, timeout: float) -> Outcome:
    """Posts one request to `settings.legal_api_url` and returns the outcome; raises nothing.

    `timeout` bounds the whole, in seconds. An exchange that takes longer (a hanging name server, a very slow answer) is
    left to end by itself; the id makes a late arrival harmless.
    """
    result: queue.Queue[Outcome] = queue.Queue(1)
    threading.Thread(target=lambda: result.put(_exchange(payload, settings, timeout)), daemon=True, name="post").start()
    try:
        return result.get(timeout=timeout)
    except queue.Empty:
        return Outcome("retry", None, "svarede ikke i tide")
