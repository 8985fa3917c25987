"""The form's messages, filled in from the real responses by Rasa's own code, as the chat receives them."""

import copy
from functools import lru_cache
from typing import Any

from rasa.core.nlg.interpolator import interpolate
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn.form import Turn, ValidateRequestForm
from actions.turn.result import Result
from common.settings import ROOT
from common.yaml_files import read_yaml


@lru_cache(maxsize=1)
def _responses() -> dict[str, Any]:
    files = sorted((ROOT / "domain").glob("*.yml"))
    read = [read_yaml(file).get("responses") or {} for file in files]
    return {name: response for part in read for name, response in part.items()}


def _tracker(slots: dict[str, Any], latest: dict[str, Any], answered: str = "") -> Tracker:
    # The form reads from the events when each value was given.
    told = [{"event": "slot", "name": slot, "value": value, "timestamp": 0.0} for slot, value in slots.items()]
    events: list[dict[str, Any]] = [
        *told,
        {"event": "user", "timestamp": 0.0},
        {"event": "bot", "metadata": {"utter_action": answered}, "timestamp": 0.0},
        {"event": "user", "timestamp": 1.0},
    ]
    return Tracker("chat-1", slots, latest, events, False, None, {}, "action_listen")


def _as_sent(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    messages = []
    for said in dispatcher.messages:
        filled = interpolate(copy.deepcopy(_responses()[said["response"]][0]), said)
        buttons = [*(filled.get("buttons") or ()), *said["buttons"]]
        card = (said["custom"] or {}).get("card")
        messages.append({"text": filled["text"], "name": said["response"], "buttons": buttons, "card": card})
    return messages


def pressed(
    payload: str,
    known: dict[str, Any],
    asked: str,
    answered: str = "",
    entities: list[dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """The messages after a button, given the slots, the slot asked for, and the response said last."""
    latest = {
        "text": payload,
        "intent": {"name": payload.removeprefix("/"), "confidence": 1.0},
        "entities": entities or [],
    }
    held = {"requested_slot": asked, "request_draft": "draft-1", "privacy_shown": True, **known}
    dispatcher = CollectingDispatcher()
    ValidateRequestForm().run(dispatcher, _tracker(held, latest, answered), {})
    return _as_sent(dispatcher)


def said(decision: Result) -> list[dict[str, Any]]:
    """The messages of a result."""
    dispatcher = CollectingDispatcher()
    Turn(dispatcher, _tracker({}, {"text": ""}))._say(decision)
    return _as_sent(dispatcher)
