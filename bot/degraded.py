"""Rasa's calls of the action server; while it is down, Rasa answers on, and says honestly what it cannot do."""

from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from sanic.log import logger

_TIMEOUT_SECONDS = 10
# What a missing action is replaced by; an action that only adds to an answer is left out.
_INSTEAD = {
    "action_affirm": "utter_affirm",
    "action_check_status": "utter_status_down",
    "action_ask_back": "utter_not_understood",
    "action_deny": "utter_deny",
    "action_inform": "utter_inform_nothing",
    "action_opening_hours": None,
}


class ActionServer(EndpointConfig):
    """Rasa's way to the action server; answers in its place where it cannot be reached."""

    def __init__(self, url: str, secret: str) -> None:
        """`url` of the action server's webhook, and the secret that it asks for."""
        # In a header: an address ends up in logs. Without the whole domain in every call: no action of ours reads it.
        super().__init__(url, headers={"Authorization": f"Bearer {secret}"}, enable_selective_domain=True)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """The action server's answer as Rasa expects it."""
        kwargs["timeout"] = aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS, connect=2)
        # It takes nothing compressed, whatever COMPRESS_ACTION_SERVER_REQUEST has Rasa do.
        kwargs["compress"] = False
        try:
            return await super().request(*args, **kwargs)
        except (aiohttp.ClientError, TimeoutError, ClientResponseError, OSError) as error:
            call = kwargs.get("json") or {}
            logger.error("The action server did not run %s: %s", call.get("next_action"), _why(error))
            return _answer_instead(call)


def _why(error: Exception) -> str:
    if isinstance(error, ClientResponseError):
        hint = "; is ACTION_SECRET the same for both?" if error.status == 401 else ""
        return f"HTTP {error.status}{hint}"
    return type(error).__name__


def _answer_instead(call: dict[str, Any]) -> dict[str, Any]:
    action = call.get("next_action") or ""
    if action != "validate_request_form":
        response = _INSTEAD.get(action, "utter_actions_down")
        return {"events": [], "responses": [{"response": response}] if response else []}
    intent = str((((call.get("tracker") or {}).get("latest_message") or {}).get("intent") or {}).get("name"))
    responses = [{"response": f"utter_{intent}"}] if intent.startswith("faq_") else []
    # The form is left, its answers are kept: the request goes on from there when the citizen tries again.
    return {
        "events": [
            {"event": "slot", "name": "requested_slot", "value": None},
            {"event": "active_loop", "name": None},
        ],
        "responses": [*responses, {"response": "utter_actions_down"}],
    }
