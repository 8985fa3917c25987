"""Rasa's endpoint of the action server, with answers of its own while the action server is unreachable."""

import asyncio
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from sanic.log import logger

from bot.action_answers import check_by_kind

_TIMEOUT_SECONDS = 10
# Before a call that failed is tried once more: as long as a worker takes to hand over to the next.
_PAUSE_SECONDS = 0.3
_OF_THE_SERVER = 500
# The response in place of an action's; None for an action that only adds to another answer.
_FALLBACK_RESPONSES = {
    "action_affirm": "utter_affirm",
    "action_check_status": "utter_status_down",
    "action_ask_back": "utter_not_understood",
    "action_deny": "utter_deny",
    "action_inform": "utter_inform_nothing",
    "action_opening_hours": None,
}


class ActionServer(EndpointConfig):
    """The endpoint that Rasa calls to run actions."""

    def __init__(self, url: str, secret: str) -> None:
        """`url`: the action server's webhook; `secret`: ACTION_SECRET, sent as a bearer token."""
        check_by_kind()
        # The secret in a header, since URLs end up in logs.
        super().__init__(url, headers={"Authorization": f"Bearer {secret}"}, enable_selective_domain=True)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """The action server's answer, at the second try where the first failed; the fallback when it cannot be had."""
        if "json" in kwargs:
            # No action reads the domain, and with `enable_selective_domain` Rasa still sends it to those of a form.
            kwargs["json"] = {key: value for key, value in kwargs["json"].items() if key != "domain"}
        kwargs["timeout"] = aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS, connect=2)
        # The action server accepts no compressed body; COMPRESS_ACTION_SERVER_REQUEST would have Rasa send one.
        kwargs["compress"] = False
        call = kwargs.get("json") or {}
        for is_last in (False, True):
            try:
                return await super().request(*args, **kwargs)
            except (aiohttp.ClientError, TimeoutError, ClientResponseError, OSError) as error:
                logger.error("The action server did not run %s: %s", call.get("next_action"), _reason(error))
                if is_last or not _may_pass(error):
                    return _fallback(call)
                await asyncio.sleep(_PAUSE_SECONDS)


def _may_pass(error: Exception) -> bool:
    """Whether a second try may succeed: not after a refusal, nor where the citizen has waited for the whole timeout.

    What an action has done before its answer was lost is not done twice: requests are sent under one reference.
    """
    if isinstance(error, ClientResponseError):
        return error.status >= _OF_THE_SERVER
    return not isinstance(error, TimeoutError)


def _reason(error: Exception) -> str:
    if isinstance(error, ClientResponseError):
        hint = "; is ACTION_SECRET the same for both?" if error.status == 401 else ""
        return f"HTTP {error.status}{hint}"
    return type(error).__name__


def _fallback(call: dict[str, Any]) -> dict[str, Any]:
    action = call.get("next_action") or ""
    if action != "validate_request_form":
        response = _FALLBACK_RESPONSES.get(action, "utter_actions_down")
        return {"events": [], "responses": [{"response": response}] if response else []}
    intent = str((((call.get("tracker") or {}).get("latest_message") or {}).get("intent") or {}).get("name"))
    responses = [{"response": f"utter_{intent}"}] if intent.startswith("faq_") else []
    # Ends the form and keeps its slots: the request resumes there when the citizen tries again.
    return {
        "events": [
            {"event": "slot", "name": "requested_slot", "value": None},
            {"event": "active_loop", "name": None},
        ],
        "responses": [*responses, {"response": "utter_actions_down"}],
    }
